#!/usr/bin/env bash
# Runs the scenarios against a real dockerd and against DockLock and prints each difference.
#
#   differential.sh [-k FOLDER] [SCENARIO...]   names may be shell patterns; default: all
#
# Each engine has network and mount namespaces, a data directory and a socket of its own.
# Ids, times, sizes and addresses are normalised. Exit 0 when nothing differs but what
# kept.txt lists. -k keeps the outputs: FOLDER/{dockerd,docklock}/SCENARIO.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
top=$(readlink -f "$here/../../../..")
keep=
while getopts k: option; do
  case $option in
    k) keep=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))

work=$(mktemp -d /tmp/mndiff.XXXXXX)
# shellcheck source=engines.sh
. "$here/engines.sh"
end_all_at_exit

results=${keep:-$work/results}
for engine in dockerd docklock; do
  echo "starting $engine" >&2
  "start_$engine"
  prepare_images
  mkdir -p "$results/$engine"
  scenario_names "$@" | while read -r name; do
    run_scenario "$name" > "$results/$engine/$name"
    echo "$engine: $name" >&2
  done
  stop_engine
done

same=0 kept=0 different=0
for file in "$results"/dockerd/*; do
  name=${file##*/}
  if diff -q "$file" "$results/docklock/$name" >/dev/null; then
    same=$((same + 1))
  elif grep -q "^$name:" "$here/kept.txt"; then
    kept=$((kept + 1))
  else
    different=$((different + 1))
    echo "== $name (- dockerd, + DockLock)"
    diff -U 1 "$file" "$results/docklock/$name" | tail -n +3 || true
  fi
done
echo "$same scenarios the same, $kept with a difference kept on purpose, $different different"
[ $different -eq 0 ]
