#!/bin/sh
# Builds the checks of signatures, if their sources are newer: build.sh OUTPUT
set -eu
source=$(dirname "$0")
if [ -f "$1" ] && [ -z "$(find "$source" -newer "$1")" ]; then
  exit 0
fi
mkdir -p "$(dirname "$1")"
exec "${CC:-gcc}" -std=gnu11 -O3 -Wall -Wextra -Werror -Wshadow -fPIC -shared \
  -Wl,--build-id=none -s -o "$1" "$source"/*.c
