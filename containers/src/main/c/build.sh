#!/bin/sh
# Builds the shim, if its sources are newer: build.sh OUTPUT
set -eu
source=$(dirname "$0")
if [ -x "$1" ] && [ -z "$(find "$source" -newer "$1")" ]; then
  exit 0
fi
mkdir -p "$(dirname "$1")"
"${CC:-gcc}" -std=c11 -D_GNU_SOURCE -static -Os -Wall -Wextra -Werror -Wshadow \
  -ffunction-sections -fdata-sections -Wl,--gc-sections -Wl,-z,noseparate-code \
  -Wl,--build-id=none -s -o "$1" "$source"/*.c
