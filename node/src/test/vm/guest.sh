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
  [ -z "$(find "$groups" -mindepth 1 -type d)" ] && ! grep -q overlay /proc/mounts
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

kill -9 $node
wait $node 2>/dev/null
check "a container outlives the node" test -d "$groups/$id"
start_node
check "the node finds it again" same "$(docker inspect -f '{{.State.Status}}' limited)" running
check "rm removes it" docker rm -f limited oom
wait_for 20 nothing_left
check "nothing is left" nothing_left
check "every receipt verifies" metanode receipts verify
finish
