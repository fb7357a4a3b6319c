# shellcheck shell=bash
# Starts engines in namespaces of their own and runs scenarios against them. Needs $work, $here, $top.

holders=()

# For those who made $work and start engines: both go when the script ends.
end_all_at_exit() { trap end_all EXIT; }

# shellcheck disable=SC2317 # called by the trap
end_all() {
  METANODE_HOME=$work/home "$top/metanode" down --stop-containers >/dev/null 2>&1 || true
  for pid in "${holders[@]}"; do
    kill "$pid" 2>/dev/null || true
    tail --pid="$pid" -f /dev/null
  done
  rm -rf "$work"
}

# A fresh /sys shows the namespace's own interfaces; the host's cgroups are bound into it.
enter='mount --rbind /sys/fs/cgroup /mnt && mount -t sysfs sysfs /sys
  && mount --rbind /mnt /sys/fs/cgroup && umount -l /mnt && ip link set lo up && exec "$0" "$@"'

start_isolated() {
  local log=$1
  shift
  unshare --net --mount sh -c "${enter//$'\n'/ }" "$@" >"$log" 2>&1 </dev/null &
  holder=$!
  holders+=("$holder")
}

start_dockerd() {
  start_isolated "$work/dockerd.log" dockerd --host="unix://$work/dockerd.sock" \
    --data-root="$work/data" --exec-root="$work/exec" --pidfile="$work/dockerd.pid"
  export DOCKER_HOST=unix://$work/dockerd.sock
  await_engine "$work/dockerd.log"
}

start_docklock() {
  METANODE_HOME=$work/home start_isolated "$work/docklock.log" "$top/metanode" up
  export DOCKER_HOST=unix://$work/home/docker.sock
  await_engine "$work/docklock.log"
}

await_engine() {
  local end=$((SECONDS + 600))
  until docker version >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$holder" 2>/dev/null; then
      cat "$1" >&2
      return 1
    fi
    sleep 0.2
  done
}

stop_engine() {
  kill "$holder" 2>/dev/null || true
  tail --pid="$holder" -f /dev/null
}

# bb: static busybox. entry: every configuration word. empty: no command.
prepare_images() {
  local root=$work/root
  if [ ! -d "$root" ]; then
    mkdir -p "$root"/{bin,etc,tmp,home/member,data}
    cp "$(command -v busybox)" "$root/bin/busybox"
    busybox --list | grep -vx busybox | xargs -I{} ln -s busybox "$root/bin/{}"
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:99:99::/:/bin/sh\nmember:x:1000:1000::/home/member:/bin/sh\n' > "$root/etc/passwd"
    printf 'root:x:0:\nnobody:x:99:\nmember:x:1000:\nstaff:x:50:member\nwheel:x:10:root,member\n' > "$root/etc/group"
    echo inside > "$root/home/member/file"
    echo seed > "$root/data/seed"
    chmod 1777 "$root/tmp"
    chown -R 1000:1000 "$root/home/member"
    tar -C "$root" --sort=name --mtime=@0 --numeric-owner -cf "$work/root.tar" .
  fi
  local image missing=
  for image in bb entry empty; do
    curl -sf --unix-socket "${DOCKER_HOST#unix://}" "http://d/v1.41/images/$image/json" >/dev/null || missing=yes
  done
  [ -n "$missing" ] || return 0
  # A name that an id begins with is taken for the id, and a new time makes a new id.
  while docker import -c 'CMD ["sh"]' "$work/root.tar" bb | grep '^sha256:bb' >/dev/null; do
    docker rmi -f bb >/dev/null
  done
  docker import -c 'ENTRYPOINT ["echo","entry"]' -c 'CMD ["default"]' -c 'USER member' \
    -c 'WORKDIR /data' -c 'VOLUME /data' -c 'ENV COLOUR=red' -c 'LABEL maker=us' \
    -c 'EXPOSE 80/tcp 53/udp' "$work/root.tar" entry >/dev/null
  docker import "$work/root.tar" empty >/dev/null
}

# scenario_names [PATTERN...]
scenario_names() {
  local name pattern
  sed -n 's/^### //p' "$here"/scenarios/*.sh | while read -r name; do
    for pattern in "${@:-*}"; do
      # shellcheck disable=SC2053 # a pattern is wanted
      if [[ $name == $pattern ]]; then
        echo "$name"
        break
      fi
    done
  done
}

# run_scenario NAME: its output, errors and exit code, normalised.
run_scenario() {
  local lines out=$work/out err=$work/err scratch=$work/scratch exit=0
  mkdir -p "$scratch"
  lines=$(awk -v name="$1" '/^### / {on = ($2 == name); next} on' "$here"/scenarios/*.sh)
  here=$here scratch=$scratch timeout 120 nsenter -t "$holder" -n \
    bash -c '. "$here/engine.sh"; eval "$0"' "$lines" >"$out" 2>"$err" </dev/null || exit=$?
  {
    cat "$out"
    echo "--- stderr"
    cat "$err"
    echo "--- exit $exit"
  } | tr -d '\0' | sed -E -f "$here/normalise.sed"
  here=$here bash -c '. "$here/engine.sh"; sweep' >/dev/null 2>&1 || true
  prepare_images
}
