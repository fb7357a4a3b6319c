# shellcheck shell=bash disable=SC2016,SC2034
### top-ps-options
docker run -d --name ca -u 99 bb sh -c 'sleep 100 & sleep 101' >/dev/null; within 5 sh -c 'docker top ca | grep -q 101'
docker top ca aux | awk '{print $1, $11, $12}'
docker top ca -ef | awk '{print $1, $8, $9}'
docker top ca -o pid,ppid,user,comm,args | awk '{print $3, $4, $5, $6}'
docker top ca -eo pid,user,group,tty,time,args | awk '{print $2,$3,$4,$6,$7}'
docker top ca -eo pid,stat,pcpu,pmem,rss,vsz,nice,nlwp,comm | head -n 1
docker top ca axo uid,comm | sort
docker top ca -eo comm; echo $?
### exec-more
docker run -d --name ca -e A=1 -w /tmp -u 99 --label x=y bb sleep 100 >/dev/null
docker exec ca sh -c 'id -u; pwd; echo $A $HOME'; docker exec -u 1000:50 -w /data -e A=2 -e B=3 ca sh -c 'id -u; id -g; pwd; echo $A $B'
printf 'C=4\n# no\nD\n' > "$scratch/envs"; D=5 docker exec --env-file "$scratch/envs" ca env | grep -E '^[CD]='
docker exec -d ca sh -c 'echo done > /tmp/d'; within 5 docker exec ca cat /tmp/d; docker exec ca cat /tmp/d
docker exec ca grep -E '^(Cap|NoNew|Seccomp)' /proc/self/status | grep -v Bnd
docker exec -u 0 ca grep -E '^(CapEff|NoNew|Seccomp:)' /proc/self/status
docker exec ca nosuch; echo $?; docker exec ca /etc/passwd; echo $?; docker exec ca sh -c 'exit 7'; echo $?; docker exec ca sh -c 'kill -9 $$'; echo $?; docker exec ca sh -c 'kill -15 $$'; echo $?
echo in | docker exec -i ca cat; docker exec nosuch true; echo $?; docker exec ca; echo $?
docker pause ca >/dev/null; docker exec ca true; echo $?; docker unpause ca >/dev/null; docker stop -t 0 ca >/dev/null; docker exec ca true; echo $?
docker inspect -f '{{.ExecIDs}}' ca
### exec-missed
docker run -d --name ea bb sleep 100 >/dev/null
exec_of() { api POST /v1.48/containers/ea/exec '{"Cmd":["true"]}' | sed -n 's/.*"Id":"\([0-9a-f]*\)".*/\1/p'; }
missed=$(exec_of); docker stop -t 0 ea >/dev/null; code POST "/v1.48/exec/$missed/start" '{"Detach":true}'
docker start ea >/dev/null; code POST "/v1.48/exec/$missed/start" '{"Detach":true}'; code GET "/v1.48/exec/$missed/json"
taken=$(exec_of); code POST "/v1.48/exec/$taken/start" '{"Detach":true}'; docker stop -t 0 ea >/dev/null; code GET "/v1.48/exec/$taken/json"
### resources-more
needs_version_1
docker run --rm --cpu-shares 512 --cpuset-cpus 0 --cpu-quota 50000 --cpu-period 100000 bb sh -c 'cat /sys/fs/cgroup/cpu/cpu.shares /sys/fs/cgroup/cpuset/cpuset.cpus /sys/fs/cgroup/cpu/cpu.cfs_quota_us'
docker run --rm -m 64m --memory-reservation 32m --memory-swap 128m --oom-kill-disable bb sh -c 'cd /sys/fs/cgroup/memory; cat memory.limit_in_bytes memory.soft_limit_in_bytes memory.memsw.limit_in_bytes; grep oom_kill_disable memory.oom_control'
docker run --rm -m 1k bb true; echo $?; docker run --rm -m 64m --memory-swap 32m bb true; echo $?; docker run --rm --cpus 1000 bb true; echo $?; docker run --rm --cpuset-cpus 99 bb true; echo $?; docker run --rm --cpuset-cpus x bb true; echo $?
docker run --rm --pids-limit -1 bb cat /sys/fs/cgroup/pids/pids.max; docker run --rm --pids-limit 5 bb sh -c 'for i in 1 2 3 4 5 6; do sleep 1 & done; wait' 2>&1 | tail -n 1
docker run --rm --ulimit nofile=100:200 --ulimit core=0 bb sh -c 'ulimit -n; ulimit -Hn; ulimit -c'; docker run --rm --ulimit nosuch=1 bb true; echo $?; docker run --rm --ulimit nofile=200:100 bb true; echo $?
docker run --rm --oom-score-adj 500 bb cat /proc/self/oom_score_adj; docker run --rm --oom-score-adj 5000 bb true; echo $?
docker run --rm --group-add 50 --group-add wheel bb id; docker run --rm --group-add nosuch bb id; echo $?
docker run --rm --sysctl net.ipv4.ip_forward=0 --sysctl kernel.msgmax=1000 bb cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax; docker run --rm --sysctl kernel.nosuch=1 bb true; echo $?
docker run --rm --device /dev/zero:/dev/z:r bb sh -c 'head -c 3 /dev/z | od -c; echo > /dev/z'; docker run --rm --device-cgroup-rule 'c 1:3 rwm' bb echo ok; docker run --rm --device-cgroup-rule bad bb echo ok; echo $?
docker run --rm --shm-size 1m bb sh -c 'df -k /dev/shm | tail -n 1 | awk "{print \$2}"'; docker run --rm --shm-size x bb true; echo $?
### cgroup-parent
needs_version_1
place() { sed -n "s/$(docker inspect -f '{{.Id}}' ca)/ID/; s/^.*:pids://p" "/proc/$(docker inspect -f '{{.State.Pid}}' ca)/cgroup"; }
for parent in /mn-diff /mn-diff/deep mn-diff mn-diff.slice / ''; do docker run -d --name ca --cgroup-parent "$parent" -m 64m bb sleep 100 >/dev/null; docker inspect -f '[{{.HostConfig.CgroupParent}}]' ca; [ -z "$parent" ] || place; docker pause ca; docker unpause ca; docker stats --no-stream --format '{{.MemUsage}}' ca | cut -d / -f 2; docker rm -f ca; done
docker run -d --name ca --cgroup-parent /mn-diff --device /dev/zero bb sleep 100 >/dev/null; place; docker rm -f ca
find /sys/fs/cgroup -depth -type d -path '*/mn-diff*' -exec rmdir {} +
### stop-options
docker run -d --name ca --stop-signal INT --stop-timeout 1 bb sh -c 'trap "exit 9" INT; while :; do sleep 0.1; done' >/dev/null; sleep 0.5; docker stop ca; docker inspect -f '{{.State.ExitCode}} {{.Config.StopSignal}} {{.Config.StopTimeout}}' ca
docker run -d --name cb --stop-timeout 1 bb sleep 100 >/dev/null; time=$SECONDS; docker stop cb; test $((SECONDS - time)) -lt 5 && echo quick; docker inspect -f '{{.State.ExitCode}}' cb
docker run --stop-signal NOSUCH bb true; echo $?
docker run -d --name cc --init bb sleep 100 >/dev/null; docker stop -t 5 cc; docker inspect -f '{{.State.ExitCode}}' cc
docker run -d --name cd bb sleep 100 >/dev/null; docker stop -t 0 cd nosuch ca; echo $?
docker kill -s SIGHUP nosuch; docker start ca >/dev/null; docker kill -s INT ca; docker wait ca
docker run --rm -d --name ce bb sleep 100 >/dev/null; docker restart -t 0 ce; status_of ce
### port-ranges
docker run -d --name ca -p 18100-18102:80-82 -p 18103:83/udp bb sleep 100 >/dev/null; docker port ca | grep -v :: | sort
docker run -d --name cb -p 18110-18112:80 bb sleep 100 >/dev/null; docker port cb | grep -v :: ; docker run -d --name cc -p 18110-18112:80 bb sleep 100 >/dev/null; docker port cc | grep -v ::
docker run -d --name cd -p 18100:80 bb sleep 100; echo $?; status_of cd; docker rm cd; docker run -p 99999:80 bb true; echo $?; docker run -p 80-81:80-82 bb true; echo $?; docker run -p x:80 bb true; echo $?
docker run -d --name ce -p 18103:83/tcp bb sleep 100 >/dev/null && docker port ce | grep -v ::; docker run -d --name cf --expose 7000-7002 -P bb sleep 100 >/dev/null; docker port cf | grep -v :: | sed 's/:[0-9]*$//'
docker run -d --name cg -p 127.0.0.1::80 bb sleep 100 >/dev/null; docker port cg | grep -v :: | sed 's/:[0-9]*$//'; docker run -d --name ch -p 1.2.3.4:18120:80 bb true; echo $?
### reach-ports
docker run -d --name web -p 18200:80 bb sh -c 'echo hello > /index.html; httpd -f -p 80 -h /' >/dev/null; within 5 curl -s http://127.0.0.1:18200/
curl -s http://127.0.0.1:18200/; curl -s http://localhost:18200/; ip=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' web); gw=$(docker inspect -f '{{.NetworkSettings.Gateway}}' web); curl -s "http://$ip/"; curl -s "http://$gw:18200/"
docker run --rm bb wget -qO- "http://$ip/"; docker run --rm bb wget -qO- "http://$gw:18200/"; docker run --rm --network host bb wget -qO- http://127.0.0.1:18200/; docker exec web wget -qO- "http://$gw:18200/"
docker run -d --name udp -p 18201:53/udp bb sh -c 'while :; do echo pong | nc -u -l -p 53 -w 1; done' >/dev/null; sleep 0.5; for i in 1 2 3; do echo ping | timeout 2 nc -u -w 1 127.0.0.1 18201 2>/dev/null | head -n 1; sleep 1; done | sort -u
### network-notes
docker network create 'two words' >/dev/null; docker network inspect -f '{{.Name}}' 'two words'
docker run -d --name noted --network name=bridge,driver-opt=maker=us bb sleep 100 >/dev/null
docker network connect --driver-opt colour=red --driver-opt size=2 'two words' noted
docker inspect -f '{{range $name, $on := .NetworkSettings.Networks}}{{$name}} {{json $on.DriverOpts}} {{end}}' noted
docker rm -f noted; docker network rm 'two words'
### user-network-names
docker network create un >/dev/null; docker run -d --name srv --hostname other --network un --network-alias alias1 bb sh -c 'echo hi > /index.html; httpd -f -p 80 -h /' >/dev/null; sleep 0.5
docker run --rm --network un bb wget -qO- http://srv/; docker run --rm --network un bb wget -qO- http://alias1/; docker run --rm --network un bb sh -c 'wget -qO- http://'"$(docker inspect -f '{{.Id}}' srv | cut -c1-12)"
for name in srv.un alias1.un; do docker run --rm --network un bb wget -qO- http://$name/; done
docker run --rm --network un bb ping -c 1 -w 2 nosuch; echo $?; docker run --rm --network un bb nslookup srv | grep -c Address; docker run --rm --network un bb cat /etc/resolv.conf | grep -c nameserver
docker run --rm bb ping -c1 -w 1 srv >/dev/null 2>&1; echo $?
### prunes
docker run --name ca --label keep=1 bb true; docker run --name cb bb true; docker container prune -f --filter label!=keep | grep -c -E '^[0-9a-f]{64}'; docker ps -a --format '{{.Names}}'; docker container prune -f | tail -n 1
docker volume create pv >/dev/null; docker run --rm -v /anon bb true; docker create -v /anon2 --name an bb >/dev/null; docker rm an >/dev/null; docker volume prune -f | grep -v pv | sed -E 's/^[0-9a-f]{64}$/ANON/'; docker volume ls -q | grep pv; docker volume prune -af | grep pv
docker network create pn >/dev/null; docker network prune -f; docker tag bb pr:1; docker image prune -f; docker images -q pr | wc -l; docker rmi pr:1 >/dev/null; docker system prune -f | tail -n 1 | sed -E 's/[0-9.]+ ?[kMG]?B/SIZE/'; docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}}'
### hardening
docker run --rm bb sh -c 'grep -E "^(Cap|NoNew|Seccomp)" /proc/self/status'; docker run --rm --cap-drop ALL --cap-add NET_BIND_SERVICE bb grep -E '^Cap' /proc/self/status; docker run --rm -u 99 bb grep -E '^Cap' /proc/self/status; docker run --rm --security-opt no-new-privileges bb grep NoNew /proc/self/status; docker run --rm --security-opt seccomp=unconfined bb grep Seccomp: /proc/self/status
docker run --rm bb sh -c 'for f in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug /proc/scsi /sys/firmware; do test -e $f && { head -c 1 $f 2>/dev/null | wc -c; ls -A $f | wc -l; }; done; echo 1 > /proc/sys/kernel/sysrq; echo b > /proc/sysrq-trigger; mount -t tmpfs x /tmp; unshare -m true; mknod /tmp/d b 8 0; cat /tmp/d; chroot / true; echo $?; dmesg | head -n 1; date -s 2020-01-01 >/dev/null; hostname x; ip link add d0 type dummy; swapoff -a; insmod x; reboot -f 2>&1; ls /proc/1/root >/dev/null; cat /proc/1/environ >/dev/null; echo $?; touch /sys/x; echo > /proc/irq/0/smp_affinity'
docker run --rm --security-opt seccomp=/nosuch bb true; echo $?; printf '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO"}]}' > "$scratch/s.json"; docker run --rm --security-opt seccomp="$scratch/s.json" bb mkdir /x; echo $?; echo junk > "$scratch/j.json"; docker run --rm --security-opt seccomp="$scratch/j.json" bb true; echo $?; docker run --rm --security-opt nosuch bb true; echo $?; docker run --rm --security-opt apparmor=unconfined bb echo ok; docker run --rm --security-opt label=disable bb echo ok; docker run --rm --security-opt systempaths=unconfined bb sh -c 'grep -c /proc/ /proc/mounts'
### mount-option
docker volume create mv >/dev/null; mkdir -p "$scratch/src"; echo host > "$scratch/src/f"
docker run --rm --mount type=bind,source="$scratch/src",target=/m,readonly bb sh -c 'cat /m/f; touch /m/x'; echo $?
docker run --rm --mount type=volume,source=mv,target=/m bb sh -c 'echo v > /m/v; ls /m'; docker run --rm --mount type=volume,src=mv,dst=/m,ro bb sh -c 'cat /m/v; touch /m/y'
docker run --rm --mount type=tmpfs,target=/m,tmpfs-size=1m,tmpfs-mode=0700 bb sh -c 'grep " /m " /proc/mounts; stat -c %a /m; dd if=/dev/zero of=/m/x bs=1k count=2000 2>&1 | head -n 1'
docker run --rm --mount type=bind,source=/nosuch,target=/m bb true; echo $?; docker run --rm --mount type=nosuch,target=/m bb true; echo $?; docker run --rm --mount type=bind,target=/m bb true; echo $?; docker run --rm --mount type=volume,target=m bb true; echo $?
docker run --rm -v "$scratch/src:/m" --mount type=tmpfs,target=/m bb true; echo $?
docker run --rm --mount type=volume,target=/data,volume-nocopy bb ls /data; docker run --rm --mount type=volume,target=/data bb ls /data
docker run --rm -v "$scratch/new/deep:/m" bb true; ls -d "$scratch/new/deep" | sed "s,$scratch,S,"
docker run --rm -v "$scratch/src/f:/etc/thefile:ro" bb cat /etc/thefile
docker run --rm --tmpfs /t:rw,size=65536k,mode=1770,exec bb sh -c 'grep " /t " /proc/mounts; stat -c %a /t'
### mount-fields
docker create --name none bb >/dev/null
try() { api POST /v1.41/containers/create "{\"Image\":\"bb\",\"HostConfig\":{\"Mounts\":[$1]}}" | sed 's/"[0-9a-f]\{64\}"/ID/'; }
try '{"Type":"bind","Source":"/tmp","Target":"/m","VolumeOptions":{}}'; try '{"Type":"volume","Source":"v","Target":"/m","BindOptions":{}}'
try '{"Type":"tmpfs","Target":"/m","BindOptions":{}}'; try '{"Type":"bind","Source":"/tmp","Target":"/m","BindOptions":{}}'
### limits-refused
for o in '--cpuset-mems 99' '--cpuset-mems 1,-' '--cpuset-cpus 1-42,,' '--memory-reservation 1m' '--memory-swappiness 101'; do docker create $o bb; echo $?; done
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"NanoCpus":500000000,"CpuPeriod":50000}}'; api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"NanoCpus":500000000,"CpuQuota":50000}}'
### swappiness
docker run --name ca --memory-swappiness 7 bb sh -c 'cat /sys/fs/cgroup/memory/memory.swappiness 2>/dev/null || echo 7' 2>/dev/null; docker inspect -f '{{.HostConfig.MemorySwappiness}}' ca
### device-paths
d=$(mktemp -d); ln -s /dev/zero "$d/link"; docker run --rm --device "$d/link:/dev/linked" bb sh -c 'head -c 4 /dev/linked | wc -c; ls -l /dev/linked | cut -c1'
mkdir -p "$d/devs/below"; mknod "$d/devs/one" c 1 5; mknod "$d/devs/below/two" c 1 3
docker run --rm --device "$d/devs:/dev/many:r" bb sh -c 'find /dev/many -type c | sort; head -c 4 /dev/many/one | wc -c'
mkdir "$d/empty"; docker run --rm --device "$d/empty:/dev/none" bb true 2>&1 | grep -c 'not a device node'
### home-left-empty
docker run --rm -e HOME= bb sh -c 'echo $HOME'; docker run --rm -e HOME=/x bb sh -c 'echo $HOME'; docker run -d --name ca -e HOME= bb sleep 100 >/dev/null; docker exec ca sh -c 'echo $HOME'; docker exec -u 99 -e HOME= ca sh -c 'echo $HOME'
### not-yet
docker search x; docker push reg.example/x
### host-namespaces
test "$(docker run --rm --pid host bb readlink /proc/self/ns/pid)" = "$(readlink /proc/self/ns/pid)" && echo same
test "$(docker run --rm --uts host bb hostname)" = "$(hostname)" && echo same; docker run --rm --uts host --hostname x bb true; echo $?
test "$(docker run --rm --ipc host bb readlink /proc/self/ns/ipc)" = "$(readlink /proc/self/ns/ipc)" && echo same
for o in '--ipc shareable' '--ipc private' '--ipc nosuch' '--pid nosuch' '--cgroupns host' '--userns host'; do docker run --rm $o bb echo ok; echo $?; done
