# shellcheck shell=bash
# What tests need of other people and no Debian 12 package installs: docker compose 2 and docker buildx,
# which Debian 13 has, and Redis as an image without the daemon a package would start. Both are unpacked into one
# directory that the environment names, METANODE_CLIENTS; where they cannot be had, those tests are
# skipped, and say so.

readonly redis_packages=(redis-server redis-tools libatomic1 libjemalloc2 liblua5.1-0 liblzf1
  libhiredis0.14 libsystemd0 libssl3 libc6 libcap2 libgcrypt20 liblz4-1 liblzma5 libzstd1
  libgpg-error0 lua-cjson lua-bitop libgcc-s1 libstdc++6)

# Leaves what is there alone.
fetch_clients() {
  clients=$work/clients
  export METANODE_CLIENTS=$clients
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 0
  mkdir -p "$clients"
  [ -x "$clients/docker-compose" ] && [ -x "$clients/docker-buildx" ] || fetch_quietly plugins
  [ -s "$clients/redis.tar" ] || fetch_quietly redis
}

fetch_quietly() {
  local log=$clients/$1.log
  with_progress "fetching $1" "$log" "fetch_$1" || say "no $1 for the tests; see $log"
}

# Where this machine gets Debian's packages from, which has other releases too.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' 'Label: Debian' | head -n 1
}

# By lists of its own: the machine's sources stay as they are.
fetch_plugins() {
  local at from keys=/usr/share/keyrings/debian-archive-keyring.gpg status=0
  from=$(mirror) && [ -n "$from" ] || { echo "apt knows no mirror of Debian"; return 1; }
  at=$(mktemp -d) && chmod 755 "$at" || return 1
  mkdir -p "$at/lists/partial" "$at/archives/partial" "$at/root"
  echo "deb [signed-by=$keys] $from trixie main" >"$at/sources.list"
  (
    cd "$at" &&
      apt_of "$at" update -q &&
      apt_of "$at" download -q docker-compose docker-buildx &&
      dpkg -x docker-compose_*.deb root && dpkg -x docker-buildx_*.deb root &&
      install -m 755 root/usr/libexec/docker/cli-plugins/docker-{compose,buildx} "$clients/"
  ) || status=1
  rm -rf "$at"
  return "$status"
}

apt_of() {
  local at=$1
  shift
  apt-get -o Dir::Etc::SourceList="$at/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$at/lists" -o Dir::Cache="$at" -o Dir::Cache::archives="$at/archives" "$@"
}

# A root file system of nothing but Redis and what it is linked against.
fetch_redis() {
  local at package status=0
  at=$(mktemp -d) && chmod 755 "$at" || return 1
  (
    cd "$at" && mkdir -p root/data root/tmp &&
      { apt-get download -q "${redis_packages[@]}" ||
        { apt-get update -q && apt-get download -q "${redis_packages[@]}"; }; } &&
      for package in ./*.deb; do dpkg -x "$package" root || exit 1; done &&
      rm -rf root/usr/share && tar -C root -cf redis.tar . && mv redis.tar "$clients/redis.tar"
  ) || status=1
  rm -rf "$at"
  return "$status"
}
