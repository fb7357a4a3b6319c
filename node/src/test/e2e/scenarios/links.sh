# shellcheck shell=bash disable=SC2016,SC2034
# Links on the default bridge, names and modes of networks, volumes of others. See engine.sh for what may be called.
### links
docker run -d --name db -h dbhost -e A=1 -e B=x=y --expose 80 --expose 81 --expose 53/udp bb sleep 100 >/dev/null
docker run -d --name web-1 --link db:my-db --link db bb sleep 100 >/dev/null
shown() { sed -E 's/[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/ADDRESS/g'; }
docker exec web-1 env | grep -E '^(MY_DB|DB)_' | shown | sort
docker exec web-1 grep -E 'db' /etc/hosts | shown; docker inspect -f '{{json .HostConfig.Links}}' web-1 db
docker ps --no-trunc --format '{{.Names}}'; docker ps --filter name=my-db --format '{{.Names}}'
docker inspect -f '{{.Name}}' web-1/my-db /web-1/db; docker inspect -f '{{.Name}}' web-1/nosuch; docker stop -t 0 web-1/db
docker start db >/dev/null; docker rename web-1 web; docker inspect -f '{{json .HostConfig.Links}}' web
docker rm --link web/my-db; docker rm --link db; docker rm --link web/my-db; docker inspect -f '{{json .HostConfig.Links}}' web; docker ps --no-trunc --format '{{.Names}}'
### links-follow
told() { docker exec web awk '$2 == "it" { print $1 }' /etc/hosts; }
place() { docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' db; }
docker run -d --name db bb sleep 100 >/dev/null; docker run -d --name web --link db:it bb sleep 100 >/dev/null; first=$(place); test "$(told)" = "$first" && echo told
docker stop -t 0 db >/dev/null; docker run -d --name other bb sleep 100 >/dev/null; docker start db >/dev/null; test "$(place)" != "$first" && echo moved; test "$(told)" = "$(place)" && echo told
### links-refused
docker run -d --name db --network host bb sleep 100 >/dev/null; docker create --link db:x bb
docker create --name off bb sleep 100 >/dev/null; docker create --name web --link off:x bb true >/dev/null; docker start web; status_of web
docker network create ln >/dev/null; docker run -d --name away --network ln bb sleep 100 >/dev/null; docker create --name far --link away:x bb true >/dev/null; docker start far 2>&1
docker rm -f off >/dev/null; docker start web; docker inspect -f '{{json .HostConfig.Links}}' web
docker run -d --name own bb sleep 100 >/dev/null; docker run -d --name in --network container:own bb sleep 100 >/dev/null; docker run -d --name deep --network container:in bb sleep 100 >/dev/null; docker run --rm --link deep:d bb grep -c ' *d' /etc/hosts >/dev/null && echo linked; docker exec deep hostname
### modes-of-networks
for options in '--network container:nosuch -h x' '--network container:nosuch --link a:b' '--network container:nosuch --dns 1.1.1.1' '--network container:nosuch --add-host a:1.1.1.1' '--network container:nosuch -p 80' '--network container:nosuch --expose 80' '--network container' '--network container:nosuch'; do docker create $options bb; done
docker create --name hh --network host bb sleep 9 >/dev/null; docker create --name bbb bb sleep 9 >/dev/null; docker create --name nn --network none bb sleep 9 >/dev/null; docker network create mn >/dev/null
docker network connect host bbb; docker network connect mn hh; docker network disconnect host hh; docker network connect mn nn; docker network connect --alias x bridge bbb; docker network connect --alias x --ip 1.2.3.4 none nn
for v in 1.43 1.44; do api POST "/v$v/containers/create?name=m$v" '{"Image":"bb","MacAddress":"02:00:00:00:00:01","HostConfig":{"NetworkMode":"none"}}' | sed -E 's/"Id":"[^"]*"/ID/'; done
### networks-found
one=$(docker network create n1); docker network create "$one" >/dev/null; docker network create "${one:0:12}" >/dev/null
docker network inspect -f '{{.Name}}' "$one"; docker network inspect -f '{{.Name}}' "${one:0:12}" | sed "s/${one:0:12}/prefix/"; docker network rm "$one" >/dev/null; docker network ls -q --filter name=n1 | wc -l; code GET /v1.48/networks/; code GET /networks/
### names-with-networks
for n in n1 n.2; do docker network create "$n" >/dev/null; done
docker run -d --name aa -h host --network n1 bb sleep 100 >/dev/null; docker run -d --name b.c --network n1 --link aa:one bb sleep 100 >/dev/null; docker network connect n.2 aa; docker network connect --link aa:two n.2 b.c
asked() { docker exec b.c nslookup -type=a "$1" 2>/dev/null | sed -n 's/^Address: //p'; }
at() { docker inspect -f "{{(index .NetworkSettings.Networks \"$1\").IPAddress}}" aa; }
leads() { local found; found=$(asked "$1"); if [ -z "$found" ]; then echo "$1: nowhere"; elif [ "$found" = "$(at "$2")" ]; then echo "$1: $2"; else echo "$1: elsewhere"; fi; }
leads aa.n1 n1; leads aa.n.2 n.2; leads one n1; leads two n.2; leads aa.n3 n1
docker network disconnect n1 aa; leads one n1; leads aa.n1 n1; leads two n.2; leads aa n.2
for v in 1.44 1.45; do api GET "/v$v/containers/aa/json" | head -n 1 | jq -c '.NetworkSettings.Networks["n.2"].Aliases' | sed -E 's/"[0-9a-f]{12}"/SHORT/'; done
### bindings-of-both
[ -f /proc/net/if_inet6 ] || exit 77
docker run -d --name ca -p 18300:80 -p 127.0.0.1:18301:81 bb sh -c 'echo hello > /index.html; httpd -f -p 80 -h /' >/dev/null
docker port ca | sort; docker inspect -f '{{json .NetworkSettings.Ports}}' ca; docker ps --format '{{.Ports}}'; within 5 curl -s 'http://[::1]:18300/'; curl -s 'http://[::1]:18300/'
docker network create --internal in >/dev/null; docker run -d --name ci --network in -p 18302:80 bb sleep 100 >/dev/null; docker port ci | wc -l; docker network create out >/dev/null; docker network connect out ci; docker port ci
### volumes-of-others
docker run --name d1 -v /data bb true; docker run --name d2 -v /data bb true; volume() { docker inspect -f '{{(index .Mounts 0).Name}}' "$1"; }
docker run --name both --volumes-from d1 --volumes-from d2 bb true; test "$(volume both)" = "$(volume d2)" && echo the last
docker rm -fv d1 d2 >/dev/null; docker volume ls -q | wc -l; docker rm -v both >/dev/null; docker volume ls -q | wc -l
docker run --name e1 -v /home bb rm -r /home/member; docker run --rm --volumes-from e1 bb ls -A /home; docker create --name e2 -v /home bb >/dev/null; docker run --rm --volumes-from e2 bb ls -A /home
for mode in bar copy nocopy shared ''; do docker create --volumes-from "e1:$mode" bb >/dev/null && echo made; done; true; docker create -v /tmp:/t:nocopy bb; docker create -v v:/t:shared bb
### volume-without-folder
for force in -f ''; do docker volume create gone >/dev/null; rm -rf "$(dirname "$(docker volume inspect -f '{{.Mountpoint}}' gone)")"; docker volume rm $force gone; docker volume ls -q; docker volume create gone; docker volume rm gone; done
### session-upgrades
raw 'POST /session HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' | tail -n 1
raw 'POST /session HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\nUpgrade: foo\r\nConnection: close\r\n\r\n' | tail -n 1
raw 'POST /session HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\nUpgrade: h2c\r\nX-Docker-Expose-Session-Uuid: s1\r\n\r\n' | head -c 300 | tr -d '\0' | grep -aE '^(HTTP|Upgrade)'
