# shellcheck shell=bash
# Docker's own integration tests, compiled beforehand to CHECKOUT/bundles/judge/PROGRAM; cli is
# integration-cli. Needs $here, $work, $holder, $DOCKER_HOST, inside.

# How long a program may say nothing before it is taken to hang, and run altogether, in seconds.
readonly moby_quiet=180 moby_all=2400

# Suites of integration-cli that start daemons for each test, or are of swarms, plugins and Docker Hub.
readonly moby_left_out='^TestDocker(Daemon|Swarm|Plugin|CLIPlugins|CLIPluginLogDriver|ExternalVolume|HubPull|CLISearch|Network|Registry|RegistryAuthHtpasswd|RegistryAuthToken)Suite$'

# judge_moby CHECKOUT LOG: MOBY_TESTS has words PROGRAM or PROGRAM=PATTERN, a pattern for Go's
# -test.run. The tests have the engine's mounts and network, as they are the host's to them.
judge_moby() {
  local word
  moby_images >&2
  for word in ${MOBY_TESTS:-container image network networking volume system build session capabilities cli}; do
    moby_program "$1" "$2" "${word%%=*}" "$([[ $word != *=* ]] || echo "${word#*=}")"
  done
}

# moby_program CHECKOUT LOG PROGRAM PATTERN: one program; again without what has a verdict if it
# ends before its time, so that a test that hangs costs its own verdict only.
moby_program() {
  local folder=$1/integration/$3 depth=0 skip code all=$work/moby/$3.all out=$work/moby/$3.out
  if [ "$3" = cli ]; then
    folder=$1/integration-cli
    depth=1
  fi
  skip=$(moby_own_daemon "$folder" "$3")
  : >"$all"
  while true; do
    code=0
    moby_run "$folder" "$out" "$1/bundles/judge/$3" -test.v=test2json -test.timeout=0 \
      ${4:+-test.run "$4"} -test.skip "$skip" || code=$?
    cat "$out" >>"$2"
    moby_lines <"$out" >"$out.lines"
    cat "$out.lines" >>"$all"
    [ $code -gt 1 ] || break
    if ! grep -q ' ' "$out.lines"; then
      echo "FAIL runs-to-its-end" >>"$all"
      break
    fi
    skip=$skip$(moby_units $depth <"$out.lines")
  done
  moby_verdicts "$3" <"$all"
}

# moby_run FOLDER OUT COMMAND...: ended by SIGQUIT, by which Go tells what hangs.
moby_run() {
  local folder=$1 out=$2 pid end=$((SECONDS + moby_all))
  shift 2
  mkdir -p "$work/moby"/{bin,tmp,home,dest}
  ln -sf "$(command -v docker-registry)" "$work/moby/bin/registry"
  ln -sf "$(command -v busybox)" "$work/moby/bin/ping"
  : >"$out"
  (
    export PATH=$work/moby/bin:$PATH HOME=$work/moby/home TMPDIR=$work/moby/tmp DEST=$work/moby/dest DOCKER_API_VERSION=1.48 DOCKER_BUILDKIT=0
    # shellcheck disable=SC2016 # for the inner shell
    exec nsenter -t "$holder" -n -m sh -c 'cd "$0" && exec "$@"' "$folder" "$@"
  ) >"$out" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ $SECONDS -gt $end ] || [ $(($(date +%s) - $(stat -c %Y "$out"))) -gt $moby_quiet ]; then
      kill -QUIT "$pid" 2>/dev/null || true
      sleep 5
      kill -KILL "$pid" 2>/dev/null || true
    fi
    sleep 1
  done
  wait "$pid"
}

# moby_own_daemon FOLDER PROGRAM: a pattern of the tests that start a dockerd, read from the source:
# themselves, or by a function beside them.
moby_own_daemon() {
  [ "$2" != cli ] || printf '%s|' "$moby_left_out"
  awk '
    /^func / {
      name = $0
      sub(/^func (\([^)]*\) )?/, "", name)
      sub(/[^A-Za-z0-9_].*/, "", name)
      if (match($0, /^func \([a-z]+ \*[A-Za-z]+/)) { suite[name] = $3; sub(/^\*/, "", suite[name]); sub(/\)$/, "", suite[name]) }
    }
    name { body[name] = body[name] "\n" $0 }
    /^}/ { name = "" }
    END {
      starts = "daemon[.]New[(]|swarm[.]NewSwarm[(]|[.]d[.]Start"
      for (found = 1; found;) {
        found = 0
        for (name in body) {
          if (!own[name] && body[name] ~ starts) {
            own[name] = found = 1
            if (name !~ /^(Test|SetUp|TearDown)/) more = more "|[^A-Za-z.]" name "[(]"
          }
        }
        starts = starts more
        more = ""
      }
      for (name in own) if (own[name] && name ~ /^Test/) printf "%s^%s$|", (suite[name] ? "^Test" suite[name] "$/" : ""), name
    }' "$1"/*_test.go
  echo '^TestNone$'
}

# moby_lines: of what a program wrote, lines "PASS|FAIL|SKIP|HUNG NAME"; what waits for its turn to
# run beside others has none.
moby_lines() {
  awk '
    { sub(/^.*\026/, "") }
    /^=== (RUN|CONT) / { state[$3] = "HUNG" }
    /^=== PAUSE / { delete state[$3] }
    /^ *--- (PASS|FAIL|SKIP): / { sub(/:$/, "", $2); state[$3] = $2 }
    END { for (name in state) print state[name], name }' | sort -k 2
}

# moby_units DEPTH: a pattern of the tests of that depth that have a verdict.
moby_units() {
  awk -v depth="$1" '{ name = $2; if (gsub("/", "$/^", name) == depth) printf "|^%s$", name }'
}

# moby_verdicts PROGRAM: each test once: one with parts only if it fails and no part of it does.
moby_verdicts() {
  awk -v program="$1" '
    { if (!($2 in state)) order[++count] = $2; state[$2] = $1 }
    END {
      for (i = 1; i <= count; i++) {
        failed = state[order[i]] ~ /FAIL|HUNG/
        for (name = order[i]; sub("/[^/]*$", "", name);) {
          parts[name]++
          if (failed) failures[name]++
        }
      }
      for (i = 1; i <= count; i++) {
        name = order[i]
        if (state[name] ~ /FAIL|HUNG/) { if (!failures[name]) print "not ok " program " " name }
        else if (state[name] == "PASS" && !parts[name]) print "ok " program " " name
      }
    }'
}

# The images Docker keeps for its tests, of this machine's busybox and a program of a line.
moby_images() {
  local bb=$work/moby/busybox deb=$work/moby/debian hello=$work/moby/hello name
  local path='ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  docker images -aq | xargs -r docker rmi -f >/dev/null 2>&1 || true
  mkdir -p "$bb"/{bin,dev,etc,home,lib,proc,root,sys,tmp,usr,var/spool/mail,var/www} "$hello"
  cp "$(command -v busybox)" "$bb/bin/busybox"
  busybox --list | grep -vx busybox | xargs -I{} ln "$bb/bin/busybox" "$bb/bin/{}"
  cat >"$bb/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
PASSWD
  printf '%s\n' root:x:0: daemon:x:1: bin:x:2: sys:x:3: adm:x:4: tty:x:5: disk:x:6: mail:x:8: wheel:x:10:root \
    audio:x:29: www-data:x:33: staff:x:50: users:x:100: nobody:x:65534: >"$bb/etc/group"
  echo 'root:*:0:0:99999:7:::' >"$bb/etc/shadow"
  echo localhost >"$bb/etc/hostname"
  chmod 1777 "$bb/tmp"
  moby_adduser "$bb/bin"
  cp -a "$bb" "$deb"
  rm "$deb/bin/bash" 2>/dev/null || true
  with_libraries "$deb" "$(command -v bash)" /bin/bash
  mkdir -p "$deb/usr"/{bin,sbin} "$deb/sbin"
  printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n' >"$deb/etc/os-release"
  printf '%s\n' '#include <stdio.h>' 'int main(void) { return puts("\nHello from Docker!") < 0; }' |
    gcc -static -Os -s -x c -o "$hello/hello" -
  for name in busybox:latest busybox:glibc; do
    moby_image "$bb" "$name" -c 'CMD ["sh"]' -c "$path" -m "$name"
  done
  moby_image "$deb" debian:bookworm-slim -c 'CMD ["bash"]' -c "$path"
  moby_image "$hello" hello-world:arm64 -c 'CMD ["/hello"]' -c "$path" --platform linux/arm64
  moby_image "$hello" arm32v7/hello-world:latest -c 'CMD ["/hello"]' -c "$path" --platform linux/arm/v7
  moby_image "$hello" hello-world:latest -c 'CMD ["/hello"]' -c "$path"
  docker tag hello-world:latest hello-world:frozen
  docker tag hello-world:latest hello-world:amd64
}

# moby_adduser FOLDER: Debian's busybox has no adduser and no addgroup.
moby_adduser() {
  cat >"$1/adduser" <<'ADDUSER'
#!/bin/sh
id=1000
while getopts DHSu:G: option; do
  case $option in
    u) id=$OPTARG ;;
    G) gid=$(sed -n "s/^$OPTARG:x:\([0-9]*\):.*/\1/p" /etc/group) ;;
  esac
done
shift $((OPTIND - 1))
[ -n "$gid" ] || echo "$1:x:$id:" >>/etc/group
echo "$1:x:$id:${gid:-$id}::/home/$1:/bin/sh" >>/etc/passwd
ADDUSER
  cat >"$1/addgroup" <<'ADDGROUP'
#!/bin/sh
[ "$1" = -g ] && id=$2 && shift 2
echo "$1:x:${id:-1000}:" >>/etc/group
ADDGROUP
  chmod 755 "$1/adduser" "$1/addgroup"
}

# moby_image ROOT NAME IMPORT-OPTION...: here and in the registry.
moby_image() {
  local root=$1 name=$2
  shift 2
  tar -C "$root" --sort=name --numeric-owner -cf "$work/moby/image.tar" .
  docker import "$@" "$work/moby/image.tar" "$name" >/dev/null
  publish "$name" "$(path_of "$name")"
}
