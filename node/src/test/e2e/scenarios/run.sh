### run-echo
docker run --rm bb echo hello
### run-stderr
docker run --rm bb sh -c 'echo out; echo err >&2; exit 3'
### run-default-command
echo 'echo from stdin' | docker run --rm -i bb
### run-not-found
docker run --rm bb nosuch
### run-not-executable
docker run --rm bb /etc/passwd
### run-no-such-path
docker run --rm bb /no/such
### run-directory
docker run --rm bb /etc
### run-unknown-image
docker run --rm --pull=never nosuch:1 true
### run-unknown-flag-value
docker run --rm -m 1k bb true
### run-exit-codes
for c in 0 1 2 125 126 127 128 255; do docker run --rm bb sh -c "exit $c"; echo $?; done
### run-killed-by-signal
docker run --rm bb sh -c 'kill -TERM $$'; echo $?
docker run --rm bb sh -c 'sh -c "kill -9 \$\$"'; echo $?
### run-environment
docker run --rm -e A=1 -e B=two --env C= -h box bb env | sort
### run-environment-terminal
on_terminal docker run --rm -t -h box bb env | sort
### run-hostname
docker run --rm --hostname box bb sh -c 'hostname; cat /etc/hostname; grep box /etc/hosts | wc -l'
docker run --rm --hostname box.example.org bb sh -c 'hostname; cat /etc/hostname; grep box /etc/hosts'
docker run --rm --hostname box --domainname example.org bb sh -c 'hostname; cat /etc/hostname; grep box /etc/hosts; cat /proc/sys/kernel/domainname'
### run-hostname-bad
docker run --rm --hostname 'a b' bb true
### run-hosts
docker run --rm --hostname box --add-host one:1.2.3.4 --add-host two:::1 bb cat /etc/hosts
docker run --rm --hostname box --network none bb cat /etc/hosts
### run-resolv
docker run --rm --dns 9.9.9.9 --dns-search example.org --dns-option ndots:2 bb cat /etc/resolv.conf
docker run --rm --network none bb cat /etc/resolv.conf
### run-name-files-modes
docker run --rm bb stat -c '%n %a %u %g' /etc/hosts /etc/hostname /etc/resolv.conf
### run-capabilities
docker run --rm bb grep Cap /proc/self/status
docker run --rm --cap-add NET_ADMIN --cap-drop CHOWN bb grep Cap /proc/self/status
docker run --rm --cap-drop ALL bb grep Cap /proc/self/status
docker run --rm --cap-drop ALL --cap-add net_bind_service bb grep Cap /proc/self/status
docker run --rm -u 99 bb grep Cap /proc/self/status
docker run --rm -u 99 --cap-add NET_ADMIN bb grep Cap /proc/self/status
### run-capabilities-all
docker run --rm --cap-add ALL --cap-drop SYS_ADMIN bb grep Cap /proc/self/status
### run-capability-unknown
docker run --rm --cap-add NOSUCH bb true
docker run --rm --cap-drop NOSUCH bb true
### run-seccomp
docker run --rm bb grep -E 'Seccomp|NoNewPrivs' /proc/self/status
docker run --rm --security-opt no-new-privileges bb grep -E 'Seccomp|NoNewPrivs' /proc/self/status
docker run --rm --security-opt seccomp=unconfined bb grep -E 'Seccomp:|NoNewPrivs' /proc/self/status
docker run --rm bb unshare -U true
docker run --rm bb mount -t tmpfs none /tmp
### run-security-opt-bad
docker run --rm --security-opt nosuch=1 bb true
### run-privileged
docker run --rm --privileged bb sh -c 'grep -E "Cap|Seccomp:|NoNewPrivs" /proc/self/status; test -e /dev/kmsg && echo kmsg; grep -c proc /proc/self/mountinfo'
### run-mounts
docker run --rm bb awk '{print $5, $6, $(NF-2), ($(NF-2) == "overlay" ? "" : $NF)}' /proc/self/mountinfo | sed 's#index=off.*##; s#/docker/[^ ]*##' | grep -v -E "^/sys/fs/cgroup|/etc/|$kernels_own" | sort
### run-mounts-etc
docker run --rm bb awk '$5 ~ "/etc/" {print $5, $6}' /proc/self/mountinfo | sort
### run-mounts-cgroup
needs_version_1
docker run --rm bb awk '$5 ~ "cgroup" {print $6, $(NF-2)}' /proc/self/mountinfo | sort -u
### run-mounts-read-only
docker run --rm --read-only bb awk '{print $5, $6, ($5 ~ "^/etc/" ? "" : $(NF-2))}' /proc/self/mountinfo | grep -v -E "cgroup|$kernels_own" | sort
### run-masked
docker run --rm bb sh -c 'for f in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug /proc/scsi /sys/firmware /proc/acpi /proc/latency_stats /proc/asound; do test -d $f && ls $f; test -f $f && cat $f; done; for f in /proc/sys/kernel/hostname /proc/irq/default_smp_affinity /sys/kernel/uevent_seqnum; do (echo x > $f) 2>&1; done'
### run-dev
docker run --rm bb ls -l /dev | awk 'NR > 1 {print $1, $3, $4, ($(NF-1) == "->" ? $(NF-2) " -> " : "") $NF}' | sort
docker run --rm bb sh -c 'stat -c "%n %F %a %t:%T" /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/ptmx'
docker run --rm bb sh -c 'df -h /dev /dev/shm | awk "NR>1{print \$1,\$2,\$6}"'
on_terminal docker run --rm -t bb sh -c 'ls -l /dev/console | cut -c1-24; tty'
### run-shm-size
docker run --rm --shm-size 128m bb df -m /dev/shm
### run-device
docker run --rm --device /dev/null:/dev/mynull:r bb sh -c 'ls -l /dev/mynull | cut -c1-10; (echo x > /dev/mynull) 2>&1; mknod /tmp/z b 7 99 && cat /tmp/z'
docker run --rm --device /dev/nosuch bb true
### run-umask
docker run --rm bb sh -c 'umask; touch /tmp/a; mkdir /tmp/b; stat -c %a /tmp/a /tmp/b'
### run-ulimits
docker run --rm --ulimit nofile=1000:2000 --ulimit core=0 bb sh -c 'ulimit -Sn; ulimit -Hn; ulimit -c'
docker run --rm --ulimit nosuch=1 bb true
### run-user
docker run --rm bb id
docker run --rm -u nobody bb id
docker run --rm -u 99 bb id
docker run --rm -u 1234 bb id
docker run --rm -u 1234:5678 bb id
docker run --rm -u nobody:root bb id
docker run --rm -u member bb id
docker run --rm -u member:member bb id
docker run --rm -u :staff bb id
docker run --rm -u 1000 bb id
docker run --rm --group-add staff --group-add 777 bb id
docker run --rm -u nosuch bb id
docker run --rm -u root:nosuch bb id
docker run --rm --group-add nosuch bb id
docker run --rm -u -1 bb id
docker run --rm -u 4294967296 bb id
### run-user-home
docker run --rm -u member bb sh -c 'echo $HOME'
docker run --rm -u 4321 bb sh -c 'echo $HOME'
docker run --rm -e HOME=/else bb sh -c 'echo $HOME'
### run-workdir
docker run --rm -w /a/b/c bb sh -c 'pwd; stat -c "%a %u" .'
docker run --rm -w /a/b/c -u 99 bb sh -c 'pwd; stat -c "%a %u" .'
docker run --rm -w relative bb pwd
docker run --rm -w /etc/passwd bb pwd
### run-entrypoint
docker run --rm --entrypoint echo bb one two
docker run --rm --entrypoint '' bb echo one
docker run --rm --entrypoint /nosuch bb one
docker run --rm entry
docker run --rm entry other
docker run --rm --entrypoint ls entry /data
docker run --rm --entrypoint '' entry echo bare
docker run --rm --entrypoint '' entry
### run-no-command
docker run --rm empty
docker create empty
### run-image-configuration
docker run --rm --entrypoint sh entry -c 'id -u; pwd; echo $COLOUR; ls /data'
docker run --rm -e COLOUR=blue -w / -u 0 --entrypoint sh entry -c 'id -u; pwd; echo $COLOUR'
### run-read-only
docker run --rm --read-only bb sh -c 'touch /a; touch /dev/shm/a && echo shm; touch /etc/hosts && echo hosts'
docker run --rm --read-only --tmpfs /tmp bb sh -c 'touch /tmp/a && echo tmp'
### run-tmpfs
docker run --rm --tmpfs /t bb sh -c 'grep " /t " /proc/mounts; stat -c "%a %u" /t'
docker run --rm --tmpfs /t:size=1m,mode=700,uid=99,exec bb sh -c 'grep " /t " /proc/mounts; stat -c "%a %u" /t'
docker run --rm --tmpfs relative bb true
docker run --rm --tmpfs /t:nosuch bb true
### run-memory
needs_version_1
docker run --rm -m 64m bb cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes
docker run --rm -m 64m --memory-swap 128m --memory-reservation 32m bb cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes /sys/fs/cgroup/memory/memory.soft_limit_in_bytes
docker run --rm -m 64m --memory-swap 32m bb true
docker run --rm -m 64m --memory-reservation 128m bb true
docker run --rm --memory-swap 128m bb true
docker run --rm -m 64m --memory-swap -1 bb cat /sys/fs/cgroup/memory/memory.memsw.limit_in_bytes
docker run --rm -m 5m bb true
### run-cpus
needs_version_1
docker run --rm --cpus 0.5 bb cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us
docker run --rm --cpu-shares 512 --cpuset-cpus 0 bb cat /sys/fs/cgroup/cpu/cpu.shares /sys/fs/cgroup/cpuset/cpuset.cpus
docker run --rm --cpu-quota 30000 --cpu-period 60000 bb cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us
docker run --rm --cpus 1000 bb true
docker run --rm --cpus 0.001 bb true
docker run --rm --cpuset-cpus 900 bb true
docker run --rm --cpuset-cpus nosuch bb true
docker run --rm --cpus 1 --cpu-quota 1000 bb true
### run-pids
needs_version_1
docker run --rm --pids-limit 10 bb cat /sys/fs/cgroup/pids/pids.max
docker run --rm --pids-limit 20 bb sh -c 'for i in $(seq 30); do sleep 1 & done; wait' 2>&1 | head -n 1
### run-out-of-memory
docker run --name oom -m 16m bb sh -c 'x=$(head -c 200000000 /dev/zero | tr "\0" a); echo ${#x}'; echo $?
docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}} {{.State.Status}}' oom
### run-detached
docker run -d --name cd bb sleep 100 | wc -c
status_of cd
docker kill cd
docker run -d bb nosuch; echo $?
docker ps -a --format '{{.Status}}'
### run-cidfile
f=$(mktemp -u); docker run --rm --cidfile "$f" bb true; wc -c < "$f"; rm -f "$f"
### run-labels
docker run -d --name cl --label a=1 --label b bb true >/dev/null
docker inspect -f '{{json .Config.Labels}}' cl
docker create --name l2 entry >/dev/null
docker inspect -f '{{json .Config.Labels}}' l2
### run-name-clash
docker create --name same bb >/dev/null
docker create --name same bb
docker run --name same bb true
### run-bad-names
for n in / a/b 'a b' a -x .x _x 'ä' "$(printf 'a%.0s' $(seq 300))"; do docker create --name "$n" bb 2>&1 | cut -c1-200; done
### run-network-host
docker run --rm --network host bb sh -c 'ls /sys/class/net | sort | tr "\n" " "' | grep -c lo
docker run --rm --network host -p 80:80 bb true
docker run --rm --network host bb sh -c 'test "$(hostname)" = "$(cat /etc/hostname)" && echo same'
### run-network-none
docker run --rm --network none bb sh -c 'ls /sys/class/net; ip -o -4 addr | wc -l'
### run-network-bridge
docker run --rm bb sh -c 'ls /sys/class/net | sort; ip route | sed "s/172.*//"; cat /sys/class/net/eth0/mtu; ip -o link show eth0 | grep -o "<.*>"'
docker run --rm bb cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range
### run-network-unknown
docker run --rm --network nosuch bb true
### run-network-container
docker run -d --name first --hostname first bb sleep 100 >/dev/null
docker run --rm --network container:first bb hostname
docker run --rm --network container:first -p 80:80 bb true
docker run --rm --network container:nosuch bb true
### run-pid-and-ipc
docker run --rm bb sh -c 'ps | grep -c "sleep [0-9]"'
docker run --rm --pid host bb sh -c 'test -d /proc/1 && test "$$" != 1 && echo host'
docker run -d --name first bb sleep 100 >/dev/null
docker run --rm --pid container:first bb sh -c 'ps | grep -c "[s]leep 100"'
docker run --rm --ipc host bb true; echo $?
docker run --rm --ipc none bb sh -c 'df /dev/shm | tail -n 1 | cut -d" " -f1'
docker run --rm --ipc nosuch bb true
docker run --rm --uts host bb true; echo $?
docker run --rm --pid nosuch bb true
### run-init
docker run --rm --init bb sh -c 'cat /proc/1/comm'
### run-sysctl
docker run --rm --sysctl net.ipv4.ip_forward=0 bb cat /proc/sys/net/ipv4/ip_forward
docker run --rm --sysctl kernel.nosuch=1 bb true
### run-oom-score
docker run --rm --oom-score-adj 500 bb cat /proc/self/oom_score_adj
docker run --rm --oom-score-adj 5000 bb true
### run-stop-signal
docker run -d --name cs --stop-signal USR1 bb sh -c 'trap "exit 9" USR1; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log cs ready
docker stop cs
docker inspect -f '{{.State.ExitCode}}' cs
docker run --rm --stop-signal NOSUCH bb true
### run-restart-policy
docker run -d --name cr --restart on-failure:2 bb sh -c 'exit 5' >/dev/null
within 20 is cr exited
docker inspect -f '{{.RestartCount}} {{.State.ExitCode}} {{json .HostConfig.RestartPolicy}}' cr
docker run --rm --restart always bb true
docker run -d --restart nosuch bb true
docker run -d --restart always:3 bb true
### run-platform
docker run --rm --platform linux/s390x bb true
### run-runtime
docker run --rm --runtime nosuch bb true
### run-log-driver
docker run --name cn --log-driver none bb echo x
docker logs cn
docker run --rm --log-driver nosuch bb true
docker run --rm --log-opt nosuch=1 bb true
### run-health
docker run -d --name ch --health-cmd 'test -e /ok' --health-interval 1s --health-retries 1 bb sh -c 'sleep 2; touch /ok; sleep 100' >/dev/null
within 10 sh -c 'docker inspect -f "{{.State.Health.Status}}" ch | grep -w healthy'
docker inspect -f '{{.State.Health.Status}}' ch
docker run -d --name h2 --no-healthcheck bb sleep 100 >/dev/null
docker inspect -f '{{json .State.Health}} {{json .Config.Healthcheck}}' h2
### health-overdue
docker run -d --name ho --health-cmd 'echo so far; sleep 60' --health-interval 1s --health-timeout 1s --health-retries 1 bb sleep 100 >/dev/null
within 10 sh -c 'docker inspect -f "{{range .State.Health.Log}}{{.Output}}{{end}}" ho | grep -F "(1s): so far"'
docker inspect -f '{{(index .State.Health.Log 0).Output}}' ho
### joined-before-it-is-there
docker create --name ca --network container:later bb sh -c 'hostname; cat /etc/hostname' >/dev/null; docker inspect -f '{{.HostConfig.NetworkMode}}' ca; api POST /v1.48/containers/ca/start
docker create --name later --hostname box bb sleep 60 >/dev/null; api POST /v1.48/containers/ca/start | head -n 1; docker start later >/dev/null; docker start -a ca
docker create --name cb --network container:cb bb true >/dev/null; api POST /v1.48/containers/cb/start
docker run --rm --pid container:nobody bb true; docker run --rm --ipc container:nobody bb true
docker create --name idle --ipc shareable bb true >/dev/null; docker create --name cp --pid container:idle bb true >/dev/null; docker create --name ci --ipc container:idle bb true >/dev/null
api POST /v1.48/containers/cp/start; api POST /v1.48/containers/ci/start
docker create --name cu -u nosuch bb true >/dev/null; api POST /v1.48/containers/cu/start
