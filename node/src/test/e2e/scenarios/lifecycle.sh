### create-start
docker create --name ca bb sh -c 'echo hi; exit 2' | wc -c
status_of ca
docker start ca; docker wait ca
docker start -a ca; echo $?
docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Running}} {{.State.Pid}} {{.State.Error}}' ca
docker start nosuch; echo $?
### start-running
docker run -d --name ca bb sleep 100 >/dev/null
docker start ca; echo $?
code POST /v1.41/containers/ca/start
### stop
docker run -d --name ca bb sh -c 'trap "exit 4" TERM; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log ca ready
docker stop ca
docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' ca
docker stop ca; echo $?
code POST /v1.41/containers/ca/stop
docker stop nosuch; echo $?
api POST '/v1.41/containers/ca/stop?t=x'
docker run -d --name cb bb sleep 100 >/dev/null
docker stop -t 1 cb; docker inspect -f '{{.State.ExitCode}}' cb
### stop-signal-option
docker run -d --name ca bb sh -c 'trap "exit 4" USR2; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log ca ready
docker kill -s USR2 ca
docker wait ca
### kill
docker run -d --name ca bb sleep 100 >/dev/null
docker kill ca; docker wait ca
docker kill ca; echo $?
docker kill nosuch; echo $?
docker run -d --name cb bb sleep 100 >/dev/null
docker kill -s NOSUCH cb; echo $?
docker kill -s 0 cb; echo $?
docker kill -s 9 cb; docker wait cb
### pause
docker run -d --name ca bb sleep 100 >/dev/null
docker pause ca; status_of ca
docker ps --format '{{.Status}}'
docker pause ca; echo $?
docker stop -t 1 ca; echo $?; status_of ca
docker unpause ca; echo $?
docker start ca; docker unpause ca; echo $?
docker pause nosuch; echo $?
docker kill ca >/dev/null; docker pause ca; echo $?
### restart
docker run -d --name ca bb sh -c 'echo start; sleep 100' >/dev/null
within 10 has_log ca start; docker restart -t 0 ca; within 10 sh -c 'test $(docker logs ca | wc -l) = 2'; docker logs ca
docker stop -t 0 ca >/dev/null; docker restart -t 0 ca; status_of ca
docker restart nosuch; echo $?
docker run -d --name cf --restart always bb false >/dev/null; within 20 sh -c 'test "$(docker inspect -f "{{.State.Status}} {{gt .RestartCount 4}}" cf)" = "restarting true"'; docker kill cf; status_of cf; sleep 2; status_of cf
### wait
docker run -d --name ca bb sh -c 'sleep 1; exit 6' >/dev/null
docker wait ca
docker wait ca
docker wait nosuch; echo $?
docker create --name cc bb sh -c 'exit 3' >/dev/null
docker wait cc
(sleep 1; docker start cc >/dev/null) & api POST '/v1.41/containers/cc/wait?condition=next-exit'; wait
api POST '/v1.41/containers/cc/wait?condition=nosuch'
(sleep 1; docker rm cc >/dev/null) & api POST '/v1.41/containers/cc/wait?condition=removed'; wait
### rm
docker create --name ca bb >/dev/null; docker rm ca; docker rm ca; echo $?
docker run -d --name cb bb sleep 100 >/dev/null
docker rm cb 2>&1; echo $?
docker rm -f cb; docker rm -f cb; echo $?
docker run -d --name cp bb sleep 100 >/dev/null; docker pause cp >/dev/null
docker rm cp; docker rm -f cp
docker run -d --rm --name cq bb sleep 100 >/dev/null; docker kill cq; within 5 sh -c '! docker inspect cq'; echo $?
### rename
docker create --name ca bb >/dev/null; docker create --name cb bb >/dev/null
docker rename ca cx; docker rename cx cb; docker rename nosuch xx; docker rename cx "x y"; docker rename cx cx; docker rename cx ""
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
for f in exited=3 before=two since=one; do echo "running $f: $(docker ps --filter $f --format '{{.Names}}' | sort | tr '\n' ' ')"; done
docker commit one made:1 >/dev/null; docker create --name child made:1 >/dev/null; docker ps -a --filter ancestor=bb --filter name=child --format '{{.Names}} {{.Image}}'
docker tag entry made:1; docker ps -a --no-trunc --filter name=child --format '{{.Image}}'; docker rm child >/dev/null
docker ps --filter before=nosuch
docker ps -s --format '{{.Size}}'
docker ps --no-trunc -q | wc -c
### inspect
docker run -d --name one -p 127.0.0.1:18080:80 -v "$scratch/host:/there:ro" -v vol:/vol -m 64m --cpus 1 -e A=1 -w /tmp -u 99 --label k=v --restart unless-stopped bb sleep 100 >/dev/null
docker inspect one | jq -S '.[0] | .HostConfig.MaskedPaths -= (.HostConfig.MaskedPaths | map(select(test("thermal_throttle")))) | .HostConfig.Binds |= sort | .Mounts |= sort_by(.Destination) | del(.HostConfig.CgroupnsMode, .Id, .Created, .State.Pid, .State.StartedAt, .ResolvConfPath, .HostnamePath, .HostsPath, .LogPath, .GraphDriver, .Image, .HostConfig.KernelMemory, .HostConfig.KernelMemoryTCP, .Config.Hostname, .AppArmorProfile) | del(.NetworkSettings.SandboxID, .NetworkSettings.SandboxKey, .NetworkSettings.EndpointID, .NetworkSettings.MacAddress) | del(.NetworkSettings.Networks.bridge | .NetworkID, .EndpointID, .MacAddress)'
docker inspect nosuch; echo $?
docker inspect --type volume nosuch; echo $?
docker inspect -s -f '{{.SizeRw}}' one | grep -c '^[0-9]*$'
### top
docker run -d --name ca bb sleep 100 >/dev/null
docker top ca -eo pid,comm | awk '{print $2}'
docker top ca | head -n 1
docker top ca -o nosuch; echo $?
docker top nosuch; echo $?
docker create --name cc bb >/dev/null; docker top cc; echo $?
### events
sleep 1; since=$(date +%s); docker run --name ev --rm bb true; docker create --name ev2 bb >/dev/null; docker rename ev2 ev3; docker rm ev3 >/dev/null; sleep 1
docker events --since "$since" --until "$(date +%s)" --format '{{.Type}} {{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.exitCode}}' | grep -v '^network' 
docker events --since "$since" --until "$(date +%s)" --filter type=container --filter event=create --format '{{.Action}} {{.Actor.Attributes.image}}'
docker events --since nosuch
### diff-commit
docker run --name ca bb sh -c 'echo x > /etc/new; rm /etc/group; echo y >> /etc/passwd; mkdir /dir'
docker diff ca | sort
docker commit -m note -a me -c 'ENV X=1' ca made:1 | cut -c1-7
docker run --rm made:1 sh -c 'cat /etc/new; echo $X; test -e /etc/group; echo $?'
docker inspect -f '{{.Comment}} {{.Author}}' made:1
docker rmi made:1 | head -n 1
docker diff nosuch; echo $?
### update
docker run -d --name ca -m 64m bb sleep 100 >/dev/null
docker update -m 32m --memory-swap 64m ca; docker exec ca cat /sys/fs/cgroup/memory/memory.limit_in_bytes
docker update --restart always ca; docker inspect -f '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Memory}}' ca
docker update nosuch -m 32m; echo $?
### stats
docker run -d --name ca -m 64m bb sleep 100 >/dev/null
docker stats --no-stream --format '{{.Name}} {{.PIDs}}' ca
docker stats --no-stream nosuch; echo $?
api GET '/v1.41/containers/ca/stats?stream=0&one-shot=1' | head -n 1 | jq '(.cpu_stats.cpu_usage.percpu_usage // [1]) | add > 0'
api GET '/v1.41/containers/ca/stats?stream=0&one-shot=1' | head -n 1 | jq -c 'keys'
### export-import
docker run --name ca bb sh -c 'echo x > /new'
docker export ca | tar -tf - | grep -v -E '^bin/' | sort
docker export ca | docker import -c 'CMD ["cat","/new"]' -m note - again:1 | cut -c1-7
docker run --rm again:1
docker rmi again:1 | head -n 1
docker export nosuch; echo $?
### create-checks
docker create --cpu-shares -1 bb; docker create --link nosuch:x bb; docker create --network cknet --link nosuch:x bb >/dev/null; echo $?
for body in '{"Image":"bb","HostConfig":{"Annotations":{"":"a"}}}' '{"Image":"bb","HostConfig":{"Mounts":[{"Type":"bind","Source":"/tmp","Target":"/t","BindOptions":{"ReadOnlyNonRecursive":true}}]}}' '{"Image":"bb","HostConfig":{"Mounts":[{"Type":"bind","Source":"/tmp","Target":"/t","BindOptions":{"ReadOnlyForceRecursive":true}}]}}' '{"Image":"bb","HostConfig":{"Mounts":[{"Type":"bind","Source":"/tmp","Target":"/t","ReadOnly":true,"BindOptions":{"ReadOnlyNonRecursive":true,"ReadOnlyForceRecursive":true}}]}}' '{"Image":"bb"} {}' '{Image:1}'; do curl -sS --unix-socket "$socket" -H 'Content-Type: application/json' -d "$body" -w '%{http_code}\n' http://d/v1.48/containers/create; done
curl -sS --unix-socket "$socket" -H 'Content-Type: application/json' -d '{}x' -w '%{http_code}\n' http://d/v1.48/containers/nosuch/update
curl -sS --unix-socket "$socket" -H 'Content-Type: application/json' -d '{"Image":"bb"}' -w '%{http_code}\n' 'http://d/v1.48/containers/create?platform=a/b/c/d'
### told-of-containers
docker create --name t1 --annotation a=b -w /tmp/ --tmpfs /t/ --mount type=tmpfs,dst=/u bb >/dev/null; docker create --name t2 --link t1:al --link t1 bb >/dev/null
docker inspect -f '{{.Config.WorkingDir}} {{json .HostConfig.Tmpfs}} {{range .Mounts}}{{.Destination}}{{end}}' t1; docker inspect -f '{{json .HostConfig.Links}}' t2
for v in 1.45 1.46; do curl -sS --unix-socket "$socket" "http://d/v$v/containers/json?all=1&filters=%7B%22name%22%3A%5B%22t1%22%5D%7D" | jq -c '.[0].HostConfig'; done
### quota-taken-away
docker run -d --name qt --cpu-quota 50000 bb sleep 100 >/dev/null; docker update --cpu-quota -1 qt; docker inspect -f '{{.HostConfig.CpuQuota}}' qt
docker exec qt sh -c 'cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cut -d" " -f1 /sys/fs/cgroup/cpu.max' | sed 's/^max$/-1/'
docker restart -t 0 qt; docker exec qt sh -c 'cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cut -d" " -f1 /sys/fs/cgroup/cpu.max' | sed 's/^max$/-1/'
