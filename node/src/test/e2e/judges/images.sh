# shellcheck shell=bash
# The images suites ask Docker Hub and quay.io for, made here. Needs $work, $holder, inside.

# The port that is tried where a name has none, so that it is quay.io's as well.
readonly registry_port=80

# Debian's docker-registry, in the engine's network: its mirror of Docker Hub, and its quay.io.
start_registry() {
  mkdir -p "$work/registry"
  cat >"$work/registry.yml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "127.0.0.1:$registry_port"}
YAML
  { cat /etc/hosts; echo 127.0.0.1 quay.io; } >"$work/hosts"
  nsenter -t "$holder" -m mount --bind "$work/hosts" /etc/hosts
  nsenter -t "$holder" -n docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 </dev/null &
  holders+=("$!")
  local end=$((SECONDS + 30))
  until inside curl -sf "http://127.0.0.1:$registry_port/v2/" >/dev/null; do
    [ $SECONDS -lt $end ] || { cat "$work/registry.log" >&2; return 1; }
    sleep 0.2
  done
}

# with_libraries ROOT PROGRAM AT: a program of this machine, and what it is linked against.
with_libraries() {
  mkdir -p "$1${3%/*}"
  cp -L "$2" "$1$3"
  libraries_of "$1" "$2"
}

# libraries_of ROOT FILE: what it is linked against, at the same paths; nothing if static.
libraries_of() {
  local library
  { ldd "$2" 2>/dev/null | grep -o '/[^ ]*' || true; } | while read -r library; do
    mkdir -p "$1${library%/*}"
    cp -L "$library" "$1$library"
  done
}

# hub NAME IMPORT-OPTION...: an image of $work/judge with a layer of its own, here and in the registry.
hub() {
  local name=$1
  echo "$name" >"$work/judge/etc/image"
  tar -C "$work/judge" --sort=name --numeric-owner -cf "$work/judge.tar" .
  shift
  docker import "$@" "$work/judge.tar" "$name" >/dev/null
  publish "$name" "$(path_of "$name")"
}

# also IMAGE NAME...: the same image by other names, here and in the registry.
also() {
  local image=$1 name
  shift
  for name; do
    docker tag "$image" "$name"
    publish "$name" "$(path_of "$name")"
  done
}

# path_of NAME: where the registry has it.
path_of() {
  case $1 in
    quay.io/*) echo "${1#*/}" ;;
    */*) echo "$1" ;;
    *) echo "library/$1" ;;
  esac
}

# publish NAME PATH: into the registry.
publish() {
  local path=$2
  docker tag "$1" "127.0.0.1:$registry_port/$path"
  docker push -q "127.0.0.1:$registry_port/$path" >/dev/null
  docker rmi "127.0.0.1:$registry_port/$path" >/dev/null
}

prepare_judges_images() {
  local root=$work/judge name path=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  mkdir -p "$root"/{bin,etc,home,root,tmp,usr/bin,var/opt,data,etc/docker/registry}
  cp "$(command -v busybox)" "$root/bin/busybox"
  busybox --list | grep -vx busybox | xargs -I{} ln -sf busybox "$root/bin/{}"
  rm -f "$root/bin/bash"
  with_libraries "$root" "$(command -v bash)" /bin/bash
  printf 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\npostgres:x:70:70::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n' >"$root/etc/passwd"
  printf 'root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n' >"$root/etc/group"
  chmod 1777 "$root/tmp"
  for name in busybox:latest busybox:1.35 ubuntu:latest alpine:latest alpine:3.17 \
    quay.io/libpod/alpine:latest quay.io/libpod/busybox:latest; do
    hub "$name" -c 'CMD ["sh"]' -c "ENV $path"
  done
  hub quay.io/libpod/testimage:20221018 --platform linux/arm64
  podman_test_image
  with_libraries "$root" "$(command -v docker-registry)" /bin/registry
  printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: /var/lib/registry}}\nhttp: {addr: ":5000"}\n' \
    >"$root/etc/docker/registry/config.yml"
  for name in registry:2 quay.io/libpod/registry:2.8.2; do
    hub "$name" -c 'ENTRYPOINT ["/bin/registry"]' -c 'CMD ["serve","/etc/docker/registry/config.yml"]' -c "ENV $path"
  done
}

# The image Podman's tests look at, with the words and steps they look for.
podman_test_image() {
  docker build -q -t "$podman_image" - >/dev/null <<'DOCKERFILE'
FROM quay.io/libpod/busybox
LABEL created_by=test/system/build-testimage
LABEL created_at=2024-10-11T00:00:00Z
WORKDIR /home/podman
CMD ["/bin/echo", "This container is intended for podman CI testing"]
DOCKERFILE
  publish "$podman_image" "${podman_image#*/}"
}

# What a suite left behind, but for the images.
sweep_judges() {
  docker ps -aq | xargs -r docker rm -f >/dev/null 2>&1 || true
  docker volume ls -q | xargs -r docker volume rm >/dev/null 2>&1 || true
  docker network prune -f >/dev/null 2>&1 || true
}
