### bind
mkdir -p "$scratch/b"; echo x > "$scratch/b/f"
docker run --rm -v "$scratch/b:/b" bb sh -c 'cat /b/f; echo y > /b/g'; cat "$scratch/b/g"
docker run --rm -v "$scratch/b:/b:ro" bb sh -c 'echo z > /b/g'; echo $?
docker run --rm -v "$scratch/b/f:/etc/f" bb cat /etc/f
docker run --rm -v "$scratch/made:/b" bb true; test -d "$scratch/made" && stat -c '%a %u' "$scratch/made"
docker run --rm --mount "type=bind,src=$scratch/nosuch,dst=/b" bb true; echo $?
docker run --rm --mount "type=bind,src=$scratch/b,dst=/b,readonly" bb touch /b/x; echo $?
rm -rf "$scratch/b" "$scratch/made"
### bind-read-only-below
docker run --rm -v /dev:/d:ro bb sh -c 'touch /d/shm/below 2>&1'; echo $?
docker run --rm --mount type=bind,src=/dev,dst=/d,ro,bind-recursive=writable bb sh -c 'touch /d/shm/below && rm /d/shm/below'; echo $?
docker run --rm --mount type=bind,src=/dev,dst=/d,ro,bind-recursive=readonly,bind-propagation=rprivate bb sh -c 'touch /d/shm/below 2>&1'; echo $?
DOCKER_API_VERSION=1.43 docker run --rm -v /dev:/d:ro bb sh -c 'touch /d/shm/below && rm /d/shm/below'; echo $?
### hidden-paths
docker create --name hi bb >/dev/null; docker inspect -f '{{index .HostConfig.MaskedPaths 0}} {{.HostConfig.ReadonlyPaths}}' hi
docker create --name op --security-opt systempaths=unconfined bb >/dev/null; docker inspect -f '{{json .HostConfig.MaskedPaths}} {{json .HostConfig.ReadonlyPaths}}' op
docker create --name pr --privileged bb >/dev/null; docker inspect -f '{{json .HostConfig.MaskedPaths}} {{json .HostConfig.ReadonlyPaths}}' pr
### bind-bad
docker run --rm -v relative/path:/b bb true
docker run --rm -v /tmp:relative bb true
docker run --rm -v /tmp:/ bb true
docker run --rm -v /tmp:/b:nosuch bb true
docker run --rm -v /tmp:/b:ro,rw bb true
docker run --rm -v /tmp:/b -v /var:/b bb true
docker run --rm -v '/tmp:/b:/c:/d' bb true
docker run --rm -v ':/b' bb true
docker run --rm -v 'a b:/b' bb true
docker run --rm -v '/tmp/../etc:/b' bb ls /b/passwd
docker run --rm -v '/tmp:/../../b' bb ls -d /b
docker run --rm -v xx:/b:nocopy bb ls -d /b
docker run --rm -v ../x:/b bb true
docker run --rm -v '/tmp:/proc' bb true
docker run --rm -v '/tmp:/proc/1/x' bb true
docker run --rm -v '/proc/self/cwd/../nosuch:/b' bb ls /b
### volume
docker volume create vol; docker volume create vol; docker volume ls --format '{{.Name}} {{.Driver}}'
docker run --rm -v vol:/data bb sh -c 'echo x > /data/f'; docker run --rm -v vol:/data bb cat /data/f
docker volume inspect vol | jq -c '.[0] | del(.CreatedAt, .Mountpoint)'
docker create --name user -v vol:/data bb >/dev/null
docker volume rm vol; echo $?
docker rm user; docker volume rm vol; docker volume rm vol; echo $?
docker volume rm -f vol; echo $?
docker volume create 'a/b'; docker volume create --driver nosuch ww; docker volume inspect nosuch
### volume-copy-up
docker run --rm -v cup:/etc bb sh -c 'head -n 1 /etc/passwd; stat -c "%a %u" /etc'
docker run --rm -v cup:/x bb sh -c 'ls /x | grep -E "passwd|group"'
docker run --rm -v c2:/etc:nocopy bb ls /etc | grep passwd
docker run --rm -v c3:/home/member bb stat -c '%a %u %g' /home/member
docker run --rm -v c3:/y bb cat /y/file
### volume-anonymous
docker run -d --name ca entry sleep 100 >/dev/null
docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}} {{.Driver}} {{.Mode}} {{.Propagation}}{{end}}' ca
docker volume ls -q | wc -l; docker rm -f ca >/dev/null; docker volume ls -q | wc -l
docker run --rm entry true; docker volume ls -q | wc -l
docker volume ls -q --filter dangling=true | wc -l
docker volume ls -q | xargs docker volume rm | wc -l
### volumes-from
docker create --name src -v vf:/data -v /tmp:/t:ro bb >/dev/null
docker run --rm --volumes-from src bb sh -c 'grep -E " /(data|t) " /proc/mounts | cut -d" " -f2 | sort; touch /t/x'
docker run --rm --volumes-from nosuch bb true
### read-only-volumes
docker run --rm --read-only -v rv:/data bb sh -c 'touch /data/x && echo ok'
docker run --rm -v rv:/data:ro bb touch /data/x
### published-tcp
docker run -d --name web -p 18081:80 -p 127.0.0.1:18082:81 bb httpd -f -p 80 -h /data >/dev/null
docker port web | grep -v ::
docker port web 80 | grep -v ::; docker port web 99
within 10 curl -sf http://127.0.0.1:18081/seed; curl -s http://127.0.0.1:18081/seed
docker ps --format '{{.Ports}}' | sed "s/, \[::\]:18081->80\/tcp//"
docker run --rm -p 18081:80 bb true 2>&1 | sed 's/on endpoint [a-z0-9_]*/on endpoint/'
docker rm -f web >/dev/null
docker run --rm -p 18081:80 bb echo freed
### published-udp
docker run -d --name cu -p 18083:53/udp bb sh -c 'nc -u -l -p 53 > /got' >/dev/null
docker port cu | grep -v ::
within 10 docker exec cu grep ':0035' /proc/net/udp; echo packet > /dev/udp/127.0.0.1/18083; within 10 docker exec cu grep packet /got && echo reached
### published-random
docker run -d --name cr -p 80 -p 81/udp bb sleep 100 >/dev/null; docker port cr | grep -v :: | sed -E 's/:[0-9]{5}$/:N/'
docker run -d --name ce -P entry sleep 100 >/dev/null; docker port ce | grep -v :: | sed -E 's/:[0-9]{5}$/:N/'
docker run -d --name rg -p 18090-18092:80-82 bb sleep 100 >/dev/null; docker port rg | grep -v :: | sort
docker run --rm -p 99999:80 bb true; docker run --rm -p 80:x bb true; docker run --rm -p 1.2.3.4:18085:80 bb true 2>&1 | sed 's/on endpoint [a-z0-9_]*/on endpoint/'
### networks
docker network ls --format '{{.Name}} {{.Driver}} {{.Scope}}' | sort
docker network create n1 | wc -c; docker network create n1; docker network rm nosuch
docker run -d --name ca --network n1 --network-alias other bb sleep 100 >/dev/null
docker run --rm --network n1 bb ping -c 1 -w 3 ca | grep -o '1 packets received'
docker run --rm --network n1 bb ping -c 1 -w 3 other | grep -o '1 packets received'
docker run --rm --network n1 bb sh -c 'grep nameserver /etc/resolv.conf'
docker run --rm bb ping -c 1 -w 2 ca
docker network rm n1 2>&1 | sed 's/id [0-9a-f]*//'
docker network connect bridge ca; docker exec ca ls /sys/class/net | sort; docker network disconnect bridge ca; docker network disconnect bridge ca
docker network rm bridge; docker network connect nosuch ca
docker rm -f ca >/dev/null; docker network rm n1
### ping-between
docker run -d --name ca bb sleep 100 >/dev/null
docker run --rm bb ping -c 1 -w 3 "$(docker inspect -f '{{.NetworkSettings.IPAddress}}' ca)" | grep -o '1 packets received'
