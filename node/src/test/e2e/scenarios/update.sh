# docker update; the memory of a running container is read from inside.
### update-running
needs_version_1
docker run -d --name ca -m 64m --memory-swap 128m bb sleep 100 >/dev/null; group() { docker exec ca cat /sys/fs/cgroup/$1; }
docker update -m 32m ca; group memory/memory.limit_in_bytes; group memory/memory.memsw.limit_in_bytes
docker update -m 128m ca
docker update -m 128m --memory-swap 256m ca; group memory/memory.limit_in_bytes; group memory/memory.memsw.limit_in_bytes
docker update --memory-swap -1 ca; docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}' ca
docker update --memory-reservation 16m ca; group memory/memory.soft_limit_in_bytes
docker update -c 300 ca; group cpu/cpu.shares; docker update --cpus 0.5 ca; group cpu/cpu.cfs_quota_us
docker update --cpu-period 50000 ca; docker update --cpuset-cpus 0 ca; group cpuset/cpuset.cpus
docker update --pids-limit 20 ca; group pids/pids.max; docker update --pids-limit -1 ca; group pids/pids.max
docker inspect -f '{{json .HostConfig}}' ca | jq -c '{Memory,MemoryReservation,MemorySwap,NanoCpus,CpuShares,CpuPeriod,CpuQuota,CpusetCpus,PidsLimit}'
docker update --restart on-failure:3 ca; docker inspect -f '{{json .HostConfig.RestartPolicy}}' ca
docker restart -t 0 ca; group memory/memory.limit_in_bytes; group cpu/cpu.shares; group cpuset/cpuset.cpus
### update-stopped
docker create --name ca bb sh -c 'exit 3' >/dev/null; docker create --name cc -m 64m bb >/dev/null
docker update -m 32m ca; docker update -m 32m --memory-swap 64m ca cc; docker update -m 200m cc
docker update --restart always ca; docker update -c 100 --pids-limit 7 ca; docker inspect -f '{{json .HostConfig}}' ca | jq -c '{Memory,MemorySwap,CpuShares,PidsLimit,RestartPolicy}'
docker update --restart no ca; docker start -a ca; echo $?
### update-refused
docker run -d --rm --name ca bb sleep 100 >/dev/null
docker update --restart always ca; docker update -m 1m ca; docker update --cpus 1000 ca; docker update --cpuset-cpus 900 ca
docker update --memory-swap 10m ca; docker update -c -1 ca; docker update nosuch; docker update; docker update --restart nosuch ca; docker update --restart always:3 ca
docker update --cpus 0.5 ca; docker update --cpu-quota 5000 ca; docker update --blkio-weight 5 ca
api POST /v1.41/containers/ca/update '{'; api POST /v1.41/containers/ca/update '{"Memory":"x"}'; api POST /v1.41/containers/ca/update ''; api POST /v1.41/containers/ca/update '{}'
api POST /v1.41/containers/nosuch/update '{}'; api POST /v1.41/containers/ca/update '{"Unknown":1,"CpuShares":64}'
### update-below-usage
needs_version_1
docker run -d --name ca -m 256m --memory-swap 256m --tmpfs /t bb sh -c 'dd if=/dev/zero of=/t/x bs=1M count=100 2>/dev/null; echo full; sleep 100' >/dev/null; within 10 has_log ca full
docker update -m 16m --memory-swap 16m ca 2>&1 | sed -E 's/(limit to|usage:) [0-9]+/\1 N/g'; docker inspect -f '{{.HostConfig.Memory}} {{.State.Running}}' ca
docker exec ca cat /sys/fs/cgroup/memory/memory.limit_in_bytes
