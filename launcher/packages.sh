# shellcheck shell=bash
# The Debian packages a command needs: only what is missing, installed when root, named otherwise.

has_candidate() {
  local policy
  policy=$(apt-cache policy "$1" 2>/dev/null)
  [[ $policy == *Candidate:* && $policy != *"Candidate: (none)"* ]]
}

# docker_version_of BINARY: "20.10"-like; empty if it does not run.
docker_client_is_usable() {
  local words version
  words=$(docker --version 2>/dev/null) || return 1
  version=${words#Docker version }
  version=${version%%.*}
  [[ $version =~ ^[0-9]+$ ]] && [ "$version" -ge 20 ]
}

static_busybox() {
  local candidate
  for candidate in /bin/busybox /usr/bin/busybox /bin/busybox.static; do
    [ -x "$candidate" ] || continue
    # A dynamic program names its interpreter on its first page.
    if ! head -c 4096 "$candidate" | LC_ALL=C grep -q -a '/ld-'; then return 0; fi
  done
  return 1
}

# A kernel and its initial ram disk for the machine the tests emulate.
has_emulated_kernel() {
  local kernel
  for kernel in /boot/vmlinuz-*-cloud-amd64; do
    if [ -r "/boot/initrd.img-${kernel#/boot/vmlinuz-}" ]; then return 0; fi
  done
  return 1
}

# The package that gives one need; nothing if the need is met.
package_for() {
  case $1 in
    maven) command -v mvn >/dev/null || echo maven ;;
    gcc) command -v gcc >/dev/null || echo gcc ;;
    libc) [ -f "$(gcc -print-file-name=libc.a 2>/dev/null)" ] || echo libc6-dev ;;
    runc) command -v runc >/dev/null || echo runc ;;
    nft) command -v nft >/dev/null || echo nftables ;;
    busybox) static_busybox || echo busybox-static ;;
    docker)
      if ! docker_client_is_usable; then
        if has_candidate docker-cli; then echo docker-cli; else echo docker.io; fi
      fi
      ;;
    qemu) command -v qemu-system-x86_64 >/dev/null || echo qemu-system-x86 ;;
    kernel) has_emulated_kernel || echo linux-image-cloud-amd64 ;;
    mke2fs) command -v mke2fs >/dev/null || echo e2fsprogs ;;
    go) command -v go >/dev/null || echo golang-go ;;
    tlog) [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] || echo golang-golang-x-mod-dev ;;
    curl | jq | perl | openssl | skopeo) command -v "$1" >/dev/null || echo "$1" ;;
    pdftotext) command -v pdftotext >/dev/null || echo poppler-utils ;;
    ip) command -v ip >/dev/null || echo iproute2 ;;
    script) command -v script >/dev/null || echo bsdutils ;;
    softhsm) [ -e /usr/lib/softhsm/libsofthsm2.so ] || echo softhsm2 ;;
    opensc) command -v pkcs11-tool >/dev/null || echo opensc ;;
    registry) command -v docker-registry >/dev/null || echo docker-registry ;;
    compose1) command -v docker-compose >/dev/null || echo docker-compose ;;
    dockerd) command -v dockerd >/dev/null || echo docker.io ;;
  esac
}

# need NEED...: sees to it that each need is met.
need() {
  local missing=() name package
  for name; do
    package=$(package_for "$name")
    if [ -n "$package" ]; then missing+=("$package"); fi
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    die "missing: ${missing[*]} (Debian's names). Install them with this system's package manager, then try again."
  fi
  if [ "$(id -u)" != 0 ]; then
    die "missing Debian packages. Install them with
    sudo apt-get install --no-install-recommends ${missing[*]}
  then try again."
  fi
  install_packages "${missing[@]}" || exit 1
  for name; do
    package=$(package_for "$name")
    [ -z "$package" ] || die "$package was installed, yet $name is still missing"
  done
}

install_packages() {
  local log package stale=no guard=/usr/sbin/policy-rc.d guarded=no status=0
  log=$(mktemp "${TMPDIR:-/tmp}/metanode-apt.XXXXXX")
  for package; do has_candidate "$package" || stale=yes; done
  if [ "$stale" = yes ]; then
    with_progress "apt-get update" "$log" apt-get update -q || true
  fi
  # Installing docker.io must not start a second engine, which would claim the firewall.
  if [ ! -e "$guard" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$guard" && chmod 755 "$guard" && guarded=yes
  fi
  apt_install "$log" "$@" || {
    with_progress "apt-get update" "$log" apt-get update -q && apt_install "$log" "$@"
  } || status=$?
  if [ "$guarded" = yes ]; then rm -f "$guard"; fi
  if [ "$status" -ne 0 ]; then
    tail -n 15 "$log" >&2
    say "metanode: apt-get could not install: $*. The whole log: $log"
    return 1
  fi
  rm -f "$log"
}

apt_install() {
  local log=$1
  shift
  with_progress "installing $*" "$log" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "$@"
}

# Said before anything is built: the engine works on namespaces, mounts and control groups.
must_be_root_for() {
  [ "$(id -u)" != 0 ] || return 0
  die "$1 needs root (namespaces, mounts, control groups); try: sudo $self $1"
}

# What each command runs with.
see_to_packages_of() {
  if asks_for_help "$@"; then return 0; fi
  case "${1:-} ${2:-}" in
    up* | quickstart* | "bench start" | "bench overhead" | "bench build" | "bench pull") must_be_root_for "${1:-}${2:+ $2}" ;;
  esac
  case "${1:-}" in
    up) need runc nft ;;
    quickstart) need runc nft docker busybox ;;
    bench)
      case "${2:-}" in
        start | build | overhead) need runc nft docker busybox dockerd ;;
        pull) need runc nft docker dockerd registry curl ;;
      esac
      ;;
  esac
}
