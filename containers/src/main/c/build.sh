#!/bin/sh
# Builds the shim and the init, each if its sources are newer: build.sh DIRECTORY
set -eu
source=$(dirname "$0")

# build OUTPUT SOURCES-DIRECTORY
build() {
  if [ -x "$1" ] && [ -z "$(find "$2" -maxdepth 1 -newer "$1")" ] && [ ! "$0" -nt "$1" ]; then
    return
  fi
  "${CC:-gcc}" -std=c11 -D_GNU_SOURCE -static -Os -Wall -Wextra -Werror -Wshadow \
    -ffunction-sections -fdata-sections -Wl,--gc-sections -Wl,-z,noseparate-code \
    -Wl,--build-id=none -s -o "$1" "$2"/*.c
}

mkdir -p "$1"
build "$1/metanode-shim" "$source"
build "$1/metanode-init" "$source/init"
