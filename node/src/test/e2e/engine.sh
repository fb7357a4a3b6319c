# shellcheck shell=bash
# What a scenario may call. Sourced with DOCKER_HOST set to the engine's socket.

socket=${DOCKER_HOST#unix://}
export DOCKER_CONFIG=${DOCKER_CONFIG:-/nonexistent} LC_ALL=C COLUMNS=80

# Mount points that a kernel may have or lack.
kernels_own='^/proc/(acpi|asound|interrupts|keys|latency_stats|sched_debug|scsi|timer_list|timer_stats) '

# Ends the scenario, undecided, where control groups are version 2 alone.
needs_version_1() {
  [ -d /sys/fs/cgroup/memory ] || exit 77
}

# api METHOD PATH [BODY]: the status line's code, then the body.
api() {
  local method=$1 path=$2
  shift 2
  local words=(-sS --max-time 20 --unix-socket "$socket" -X "$method" -w '\n%{http_code}\n')
  if [ $# -gt 0 ]; then words+=(-H 'Content-Type: application/json' --data-binary "$1"); fi
  curl "${words[@]}" "http://d$path"
}

# code METHOD PATH [BODY]: the status code alone.
code() {
  api "$@" | tail -n 1
}

# raw BYTES: sends them (printf's escapes), half-closes, and prints the answer.
raw() {
  # shellcheck disable=SC2059 # escapes are wanted
  printf "$1" | perl -MIO::Socket::UNIX -e '
    my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "cannot connect: $!\n";
    local $/; $s->syswrite(<STDIN>); $s->shutdown(1); print readline $s' "$socket" | tr -d '\r'
}

# on_terminal COMMAND...: runs it on a terminal of its own, whose end of input is not shown.
on_terminal() {
  script -qec "$(printf '%q ' "$@")" /dev/null | tr -d '\r\b' | sed 's/\^[@D]//g'
  return "${PIPESTATUS[0]}"
}

# within SECONDS COMMAND...: repeats it until it succeeds.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then
      echo "gave up: $*" >&2
      return 1
    fi
    sleep 0.1
  done
}

has_log() {
  docker logs "$1" 2>&1 | grep -q "$2"
}

status_of() {
  docker inspect -f '{{.State.Status}}' "$1"
}

is() {
  [ "$(status_of "$1")" = "$2" ]
}

# Leaves nothing behind for the next scenario; asks by curl, which is quicker than the client.
sweep() {
  any 'containers/json?all=1' '"Id"' && docker ps -aq | xargs -r docker rm -fv
  any 'images/json?filters=%7B%22dangling%22:%5B%22true%22%5D%7D' '"Id"' && docker image prune -f
  any volumes '"Name"' && docker volume ls -q | xargs -r docker volume rm -f
  any 'networks?filters=%7B%22type%22:%5B%22custom%22%5D%7D' '"Id"' &&
    docker network ls -q --filter type=custom | xargs -r docker network rm
}

any() {
  curl -sS --unix-socket "$socket" "http://d/v1.41/$1" | grep -q "$2"
}

# fresh: an empty folder of the scenario's own, $place.
fresh() {
  place=$scratch/place
  rm -rf "$place"
  mkdir "$place"
}

# listed FOLDER: mode, owner, size, name and target of all in it.
listed() {
  (cd "$1" && find . -printf '%M %U:%G %y %s %p %l\n' | sed -E 's/^(d\S+ \S+ d) [0-9]+/\1/' | sort -k 5)
}

# stat_of CONTAINER PATH: the header of docker cp, but the time.
stat_of() {
  curl -sS -I --unix-socket "$socket" "http://d/v1.41/containers/$1/archive?path=$2" | tr -d '\r' |
    sed -n 's/^X-Docker-Container-Path-Stat: //p' | base64 -d | jq -c 'del(.mtime) | if .name == "file" then . else del(.size) end'
}

# put CONTAINER/archive?QUERY: sends a tar archive.
put() {
  curl -sS --max-time 20 --unix-socket "$socket" -X PUT -H 'Content-Type: application/x-tar' \
    --data-binary @- -w '\n%{http_code}\n' "http://d/v1.41/containers/$1"
}

# crafted NAME: an archive with one small file of that very name.
crafted() {
  perl -e 'my $n = shift; my $h = pack("a100 a8 a8 a8 a12 a12 A8 a1 a100 a6 a2 x247", $n, "0000644", "0000000",
    "0000000", "00000000003", "00000000000", "", "0", "", "ustar", "00");
    $h = substr($h, 0, 512); substr($h, 148, 8) = sprintf("%06o\0 ", unpack("%32C*", $h));
    print $h, "hi\n", "\0" x 509, "\0" x 1024' "$1"
}

# A context to build from: a folder of its own.
context() {
  local folder=$scratch/context
  rm -rf "$folder"
  mkdir -p "$folder/dir/sub"
  echo a >"$folder/a.txt"
  echo b >"$folder/dir/b.txt"
  echo c >"$folder/dir/sub/c.md"
  chmod 640 "$folder/a.txt"
  touch -d 2001-02-03T04:05:06Z "$folder"/a.txt "$folder"/dir/sub/* "$folder"/dir/* "$folder/dir"
  tar -C "$folder" --mtime=@1000000000 --owner=7 --group=8 -czf "$folder/in.tgz" dir
  echo "$folder"
}

# The classic builder; what it says of containers it only makes for the sake of an image, DockLock does not.
build() {
  DOCKER_BUILDKIT=0 docker build "$@" 2>&1 | grep -v -e '^Sending' -e '^DEPRECATED' -e '^  *BuildKit is' \
    -e '^  *environment-variable' -e '^$' -e 'Running in ' -e '^Removing intermediate' -e '^ ---> Removed'
  return "${PIPESTATUS[0]}"
}
