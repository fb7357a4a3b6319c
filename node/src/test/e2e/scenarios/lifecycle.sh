### create-start
docker create --name a bb sh -c 'echo hi; exit 2' | wc -c
status_of a
docker start a; docker wait a
docker start -a a; echo $?
docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Running}} {{.State.Pid}} {{.State.Error}}' a
docker start nosuch; echo $?
### start-running
docker run -d --name a bb sleep 100 >/dev/null
docker start a; echo $?
code POST /v1.41/containers/a/start
### stop
docker run -d --name a bb sh -c 'trap "exit 4" TERM; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log a ready
docker stop a
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' a
docker stop a; echo $?
code POST /v1.41/containers/a/stop
docker stop nosuch; echo $?
api POST '/v1.41/containers/a/stop?t=x'
docker run -d --name b bb sleep 100 >/dev/null
docker stop -t 1 b; docker inspect -f '{{.State.ExitCode}}' b
### stop-signal-option
docker run -d --name a bb sh -c 'trap "exit 4" USR2; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log a ready
docker kill -s USR2 a
docker wait a
### kill
docker run -d --name a bb sleep 100 >/dev/null
docker kill a; docker wait a
docker kill a; echo $?
docker kill nosuch; echo $?
docker run -d --name b bb sleep 100 >/dev/null
docker kill -s NOSUCH b; echo $?
docker kill -s 0 b; echo $?
docker kill -s 9 b; docker wait b
### pause
docker run -d --name a bb sleep 100 >/dev/null
docker pause a; status_of a
docker ps --format '{{.Status}}'
docker pause a; echo $?
docker stop -t 1 a; echo $?; status_of a
docker unpause a; echo $?
docker start a; docker unpause a; echo $?
docker pause nosuch; echo $?
docker kill a >/dev/null; docker pause a; echo $?
### restart
docker run -d --name a bb sh -c 'echo start; sleep 100' >/dev/null
docker restart -t 0 a; within 10 sh -c 'test $(docker logs a | wc -l) = 2'; docker logs a
docker stop -t 0 a >/dev/null; docker restart -t 0 a; status_of a
docker restart nosuch; echo $?
### wait
docker run -d --name a bb sh -c 'sleep 1; exit 6' >/dev/null
docker wait a
docker wait a
docker wait nosuch; echo $?
docker create --name c bb sh -c 'exit 3' >/dev/null
docker wait c
(sleep 1; docker start c >/dev/null) & api POST '/v1.41/containers/c/wait?condition=next-exit'; wait
api POST '/v1.41/containers/c/wait?condition=nosuch'
(sleep 1; docker rm c >/dev/null) & api POST '/v1.41/containers/c/wait?condition=removed'; wait
### rm
docker create --name a bb >/dev/null; docker rm a; docker rm a; echo $?
docker run -d --name b bb sleep 100 >/dev/null
docker rm b 2>&1; echo $?
docker rm -f b; docker rm -f b; echo $?
docker run -d --name p bb sleep 100 >/dev/null; docker pause p >/dev/null
docker rm p; docker rm -f p
docker run -d --rm --name q bb sleep 100 >/dev/null; docker kill q; within 5 sh -c '! docker inspect q'; echo $?
### rename
docker create --name a bb >/dev/null; docker create --name b bb >/dev/null
docker rename a c; docker rename c b; docker rename nosuch x; docker rename c 'x y'; docker rename c c; docker rename c ''
docker ps -a --format '{{.Names}}' | sort
### ps
docker run -d --name one --label k=v bb sleep 100 >/dev/null
docker run --name two bb sh -c 'exit 3'
docker create --name three entry >/dev/null
docker ps --format '{{.Names}} {{.Image}} {{.Command}} {{.Status}} {{.Ports}} {{.Labels}} {{.Networks}} {{.Mounts}}'
docker ps -a --format '{{.Names}} {{.Image}} {{.Command}} {{.Status}} {{.State}}'
docker ps -a -n 2 --format '{{.Names}}'
docker ps -l --format '{{.Names}}'
for f in status=exited status=created exited=3 label=k label=k=v label=k=w name=t name=^two$ ancestor=bb ancestor=entry status=running,exited before=two since=one volume=/data network=bridge health=none is-task=false; do echo "$f: $(docker ps -a --filter $f --format '{{.Names}}' | sort | tr '\n' ' ')"; done
docker ps --filter nosuch=1
docker ps --filter status=nosuch
docker ps --filter exited=x
docker ps --filter before=nosuch
docker ps -s --format '{{.Size}}'
docker ps --no-trunc -q | wc -c
### inspect
docker run -d --name one -p 127.0.0.1:18080:80 -v /host:/there:ro -v vol:/vol -m 64m --cpus 1 -e A=1 -w /tmp -u 99 --label k=v --restart unless-stopped bb sleep 100 >/dev/null
docker inspect one | jq -S '.[0] | del(.Id, .Created, .State.Pid, .State.StartedAt, .ResolvConfPath, .HostnamePath, .HostsPath, .LogPath, .GraphDriver, .Image, .Config.Hostname, .AppArmorProfile) | del(.NetworkSettings.SandboxID, .NetworkSettings.SandboxKey, .NetworkSettings.EndpointID, .NetworkSettings.MacAddress) | del(.NetworkSettings.Networks.bridge | .NetworkID, .EndpointID, .MacAddress)'
docker inspect nosuch; echo $?
docker inspect --type volume nosuch; echo $?
docker inspect -s -f '{{.SizeRw}}' one
### top
docker run -d --name a bb sleep 100 >/dev/null
docker top a -eo pid,comm | awk '{print $2}'
docker top a | head -n 1
docker top a -o nosuch; echo $?
docker top nosuch; echo $?
docker create --name c bb >/dev/null; docker top c; echo $?
### events
since=$(date +%s); docker run --name ev --rm bb true; docker create --name ev2 bb >/dev/null; docker rename ev2 ev3; docker rm ev3 >/dev/null; sleep 1
docker events --since "$since" --until "$(date +%s)" --format '{{.Type}} {{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.exitCode}}' | grep -v '^network' 
docker events --since "$since" --until "$(date +%s)" --filter type=container --filter event=create --format '{{.Action}} {{.Actor.Attributes.image}}'
docker events --since nosuch
### diff-commit
docker run --name a bb sh -c 'echo x > /etc/new; rm /etc/group; echo y >> /etc/passwd; mkdir /dir'
docker diff a | sort
docker commit -m note -a me -c 'ENV X=1' a made:1 | cut -c1-7
docker run --rm made:1 sh -c 'cat /etc/new; echo $X; test -e /etc/group; echo $?'
docker inspect -f '{{.Comment}} {{.Author}}' made:1
docker rmi made:1 | head -n 1
docker diff nosuch; echo $?
### update
docker run -d --name a -m 64m bb sleep 100 >/dev/null
docker update -m 32m --memory-swap 64m a; docker exec a cat /sys/fs/cgroup/memory/memory.limit_in_bytes
docker update --restart always a; docker inspect -f '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Memory}}' a
docker update nosuch -m 32m; echo $?
### stats
docker run -d --name a -m 64m bb sleep 100 >/dev/null
docker stats --no-stream --format '{{.Name}} {{.PIDs}}' a
docker stats --no-stream nosuch; echo $?
api GET '/v1.41/containers/a/stats?stream=0&one-shot=1' | head -n 1 | jq -c 'keys'
### export-import
docker run --name a bb sh -c 'echo x > /new'
docker export a | tar -tf - | grep -v -E '^bin/' | sort
docker export a | docker import -c 'CMD ["cat","/new"]' -m note - again:1 | cut -c1-7
docker run --rm again:1
docker rmi again:1 | head -n 1
docker export nosuch; echo $?
