#!/bin/busybox sh
# shellcheck shell=dash disable=SC1091
# Runs as the first process of the emulated machine: mounts what is needed, starts a node, and
# checks through the docker client that limits, counters, freezing and clean-up work on cgroup v2.
/bin/busybox --install -s /bin
export PATH=/bin:/sbin:/usr/bin:/usr/sbin:/usr/local/bin HOME=/root METANODE_HOME=/var/lib/metanode
mount -t proc proc /proc
mount -t sysfs sys /sys 2>/dev/null
mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm /dev/mqueue
mount -t devpts devpts /dev/pts 2>/dev/null
mount -t tmpfs tmpfs /run
mount -t cgroup2 none /sys/fs/cgroup
ip link set lo up

check() { # check NAME COMMAND...
  name=$1
  shift
  printf '# %s s\n' "$(cut -d . -f 1 /proc/uptime)"
  if out=$("$@" 2>&1); then echo "ok - $name"; else
    echo "not ok - $name"
    echo "# $out" | head -n 12 | tr '\n' ' '
    echo
  fi
}
same() { [ "$1" = "$2" ] || { echo "got '$1', want '$2'"; return 1; }; }
nothing_left() {
  find "$groups" -mindepth 1 -type d
  grep overlay /proc/mounts
  find /sys/fs/cgroup/chosen -mindepth 1 -type d ! -name deep
  [ -z "$(find "$groups" -mindepth 1 -type d)" ] && [ -z "$(find /sys/fs/cgroup/chosen -mindepth 1 -type d ! -name deep)" ] && ! grep -q overlay /proc/mounts
}
in_group() { cat "$groups/$1/$2"; }

check "only version 2 is mounted" sh -c '! grep -q " cgroup " /proc/mounts && grep -q cpu /sys/fs/cgroup/cgroup.controllers'

. /etc/metanode.paths
class_path=$(echo "$DIST"/lib/*.jar | tr ' ' ':')
cat >/bin/metanode <<END
#!/bin/sh
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable \
  -Xlog:all=error:stderr -Xmx256m -XX:AOTCache="$DIST/metanode.aot" \
  --enable-native-access=ALL-UNNAMED -Dmetanode.dist="$DIST" -cp "$class_path" \
  io.metanode.node.Main "\$@"
END
chmod 755 /bin/metanode
start_node() {
  rm -f "$METANODE_HOME/docker.sock"
  metanode up >>/run/node.log 2>&1 &
  node=$!
  wait_for 240 test -S "$METANODE_HOME/docker.sock"
  echo "# the node took $(awk '{ print ($14 + $15) / 100 }' "/proc/$node/stat") s of processor time to start"
}
wait_for() { # wait_for SECONDS COMMAND...
  end=$(($(cut -d . -f 1 /proc/uptime) + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$(cut -d . -f 1 /proc/uptime)" -lt "$end" ] || return 1
    sleep 0.5
  done
}

finish() {
  tail -n 30 /run/node.log | sed 's/^/# /'
  echo "# done"
  sync
  poweroff -f
}

export DOCKER_HOST=unix://$METANODE_HOME/docker.sock
start_node
check "the node is up" docker version
[ -S "$METANODE_HOME/docker.sock" ] || finish
check "it reports version 2" same "$(docker info -f '{{.CgroupVersion}}')" 2

mkdir -p /tmp/image/bin && cp /bin/busybox /tmp/image/bin/
for name in sh true cat sleep dd head mknod; do ln -s busybox /tmp/image/bin/$name; done
check "an image is imported" sh -c 'tar -C /tmp/image -c . | docker import - bb:1'
check "a container runs" docker run --rm bb:1 true

groups=$(echo /sys/fs/cgroup/metanode*)
id=$(docker run -d -m 64m --cpus 0.5 --pids-limit 20 --name limited bb:1 sleep 600)
check "the shim started it itself" sh -c "ls /run/metanode/*/c/$(echo "$id" | cut -c 1-12)*/process"
check "memory.max" same "$(in_group "$id" memory.max)" 67108864
check "cpu.max" same "$(in_group "$id" cpu.max)" "50000 100000"
check "pids.max" same "$(in_group "$id" pids.max)" 20
check "exec joins the group" sh -c "docker exec -d limited sleep 599 && [ \$(wc -l <$groups/$id/cgroup.procs) = 2 ]"
check "it has a control group namespace" same "$(docker exec limited cat /proc/self/cgroup)" "0::/"
check "pause freezes" sh -c "docker pause limited && grep -q 'frozen 1' $groups/$id/cgroup.events"
check "unpause thaws" sh -c "docker unpause limited && grep -q 'frozen 0' $groups/$id/cgroup.events"
check "stats reads counters" sh -c "docker stats --no-stream --format '{{.MemUsage}}' limited | grep -q '64MiB'"
docker run --name oom -m 16m bb:1 sh -c "dd if=/dev/zero of=/dev/null bs=67108864 count=1" >/dev/null 2>&1
check "the memory limit kills" same "$(docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' oom)" "137 true"
major=$((0x$(stat -c %t /dev/vda)))
check "a device is refused" sh -c "docker run --rm bb:1 sh -c 'mknod /disk b $major 0 && head -c 1 /disk' 2>&1 | grep 'not permitted'"
check "a device is given" docker run --rm --device /dev/vda bb:1 head -c 1 /dev/vda

check "update of memory" sh -c "docker update -m 48m --memory-swap 96m limited && grep -qx 50331648 $groups/$id/memory.max"
[ ! -e "$groups/$id/memory.swap.max" ] ||
  check "update of swap" same "$(in_group "$id" memory.swap.max)" 50331648
check "update of processors" sh -c "docker update --cpus 0.25 limited && grep -qx '25000 100000' $groups/$id/cpu.max"
check "update of shares" sh -c "docker update -c 512 limited && grep -qx 20 $groups/$id/cpu.weight"
check "update of the set of processors" sh -c "docker update --cpuset-cpus 1 limited && grep -qx 1 $groups/$id/cpuset.cpus"
check "update of pids" sh -c "docker update --pids-limit 30 limited && grep -qx 30 $groups/$id/pids.max"
check "update takes a limit of pids back" sh -c "docker update --pids-limit -1 limited && grep -qx max $groups/$id/pids.max"
check "update of the reservation" sh -c "docker update --memory-reservation 16m limited && grep -qx 16777216 $groups/$id/memory.low"
docker run -d -m 128m --tmpfs /t --name holds bb:1 sh -c "dd if=/dev/zero of=/t/x bs=1048576 count=40; sleep 600" >/dev/null
wait_for 60 sh -c 'docker exec holds sh -c "dd if=/t/x of=/dev/null bs=1048576 skip=39 count=1" 2>&1 | grep -q "1+0 records in"'
check "update below what is held is refused" sh -c "! docker update -m 16m --memory-swap 16m holds"
check "it runs on with its old limit" same "$(docker inspect -f '{{.State.Running}} {{.HostConfig.Memory}}' holds) $(in_group "$(docker inspect -f '{{.Id}}' holds)" memory.max)" "true 134217728 134217728"
docker rm -f holds >/dev/null
check "a restart keeps what was updated" sh -c "docker restart -t 0 limited && grep -qx 50331648 $groups/$id/memory.max && grep -qx '25000 100000' $groups/$id/cpu.max && grep -qx max $groups/$id/pids.max"

elsewhere=$(docker run -d --cgroup-parent /chosen/deep -m 32m --pids-limit 9 --name elsewhere bb:1 sleep 600)
check "another parent" same "$(cat "/sys/fs/cgroup/chosen/deep/$elsewhere/memory.max" "/sys/fs/cgroup/chosen/deep/$elsewhere/pids.max" | tr '\n' ' ')" "33554432 9 "
byrunc=$(docker run -d --cgroup-parent chosen -m 32m --device /dev/zero --name byrunc bb:1 sleep 600)
check "another parent by runc" same "$(cat "/sys/fs/cgroup/chosen/$byrunc/memory.max")" 33554432
check "update by runc" sh -c "docker update -m 48m --memory-swap 48m --cpus 0.25 --pids-limit 7 byrunc && cd /sys/fs/cgroup/chosen/$byrunc && grep -qx 50331648 memory.max && grep -qx '25000 100000' cpu.max && grep -qx 7 pids.max"

kill -9 $node
wait $node 2>/dev/null
check "a container outlives the node" test -d "$groups/$id"
start_node
check "the node finds it again" same "$(docker inspect -f '{{.State.Status}}' limited)" running
check "its limits are those it was given last" same "$(in_group "$id" memory.max) $(in_group "$id" cpu.max) $(in_group "$id" pids.max)" "50331648 25000 100000 max"
check "pause finds a group elsewhere" sh -c "docker pause elsewhere && grep -q 'frozen 1' /sys/fs/cgroup/chosen/deep/$elsewhere/cgroup.events && docker unpause elsewhere"
check "stats finds it" sh -c "docker stats --no-stream --format '{{.MemUsage}}' byrunc | grep -q 48MiB"
check "rm removes it" docker rm -f limited oom elsewhere byrunc
wait_for 20 nothing_left
check "nothing is left" nothing_left
check "every receipt verifies" metanode receipts verify
finish
