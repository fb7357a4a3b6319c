# shellcheck shell=bash
# Builds the source tree into .metanode/dist/<id>, which nothing writes to again, and points
# .metanode/current at it: a node that runs keeps its own jars while the next build goes on.

work=$top/.metanode

# True if a source, pom or build script is newer than the build.
is_stale() {
  [ -f "$work/current/stamp" ] || return 0
  [ -n "$(find "$top/pom.xml" "$top"/*/pom.xml "$top"/*/src/main "$top/launcher" \
    -newer "$work/current/stamp" -print -quit 2>/dev/null)" ]
}

ensure_built() {
  is_stale || return 0
  mkdir -p "$work/dist" 2>/dev/null || die "cannot write $work, where the build goes; build as a user who can"
  exec 9>"$work/build.lock"
  if ! flock -n 9; then
    say "  another build of this tree is running; waiting for it"
    flock 9
  fi
  if is_stale; then build; fi
  exec 9>&-
}

build() {
  local id log dist
  need maven gcc libc
  id=$(date +%Y%m%d-%H%M%S)-$$
  log=$work/build.log
  dist=$work/dist/$id
  mkdir -p "$dist/lib"
  touch "$dist/stamp"
  say "building Metanode (once; the log is $log)"
  if ! with_progress "compiling" "$log" mvn_in_tree -pl '!comparison' -Dmaven.test.skip=true -Dspotless.check.skip=true package; then
    rm -rf "$dist"
    grep -E '^\[ERROR\] ' "$log" | grep -v -E 'Help 1|re-run|-rf :|After correcting|For more information|^.ERROR. $' | head -n 25 >&2 || tail -n 25 "$log" >&2
    die "the build failed; the whole log is $log"
  fi
  assemble "$dist"
  # Beside the program, never in it.
  mkdir "$dist/simulation"
  cp "$top"/{simulation/target/simulation,testkit/target/testkit,economy/target/economy}-*.jar "$dist/simulation/"
  make_aot_cache "$dist"
  ln -sfn "dist/$id" "$work/current.new" && mv -T "$work/current.new" "$work/current"
  # The newest three stay: a node may still run from an older one.
  local old
  for old in $(find "$work/dist" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d ' ' -f 2-); do
    in_use "$old" || rm -rf "$old"
  done
}

# True if a JVM runs from the directory.
in_use() { grep -q -s -F -- "$1/" /proc/[0-9]*/cmdline; }

mvn_in_tree() { (cd "$top" && exec mvn -B -ntp "$@" 9>&-); }

# assemble DIST: everything the program needs to run, copied out of the modules' target folders.
assemble() {
  cp "$top"/node/target/lib/*.jar "$1/lib/"
  if [ -f "$top/receipts/target/metanode-verify.jar" ]; then
    cp "$top/receipts/target/metanode-verify.jar" "$1/"
  fi
}

# make_aot_cache DIST: loads, links and profiles what a run uses, so that later starts skip it.
# The program runs without a cache too; it only starts slower. Only G1 writes the heap's part of a
# cache; SerialGC, which we run with, reads it.
make_aot_cache() {
  local dist=$1 train=(train) apart=()
  # A node is trained in namespaces of its own: its network, mounts and files go with them. A fresh
  # /sys shows that network's interfaces; the host's control groups are bound into it.
  if [ "$(id -u)" = 0 ] && unshare --net --mount true 2>/dev/null; then
    # shellcheck disable=SC2016
    apart=(unshare --net --mount sh -c 'mount -t tmpfs tmpfs /run && mkdir /run/node /run/groups &&
      mount --rbind /sys/fs/cgroup /run/groups && mount -t sysfs sysfs /sys &&
      mount --rbind /run/groups /sys/fs/cgroup && umount -l /run/groups || exit 1
      { ip link set lo up || busybox ip link set lo up; } 2>/dev/null
      exec "$0" "$@"')
    train=(train --home /run/node)
  fi
  if ! with_progress "making the start-up cache" "$work/aot.log" \
    "${apart[@]}" "$JAVA_HOME/bin/java" -XX:+UseG1GC "${jvm_flags[@]}" -Xmx256m "-XX:AOTCacheOutput=$dist/metanode.aot" \
    "-Dmetanode.launcher=$self" "-Dmetanode.dist=$dist" \
    -cp "$(class_path "$dist")" io.metanode.node.Main "${train[@]}"; then
    rm -f "$dist/metanode.aot"
    say "  no start-up cache could be made (see $work/aot.log); starts will be slower"
    return 0
  fi
  # As it was written it lies in the system's cache in pages of two megabytes, of which a touch maps
  # all: read anew, it lies there in small ones.
  dd of="$dist/metanode.aot" oflag=nocache conv=notrunc,fdatasync count=0 status=none 2>/dev/null || true
}
