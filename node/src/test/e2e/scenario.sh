#!/usr/bin/env bash
# One engine, scenario by scenario: DOCKER_HOST names its socket, WORK a folder for files.
#
#   scenario.sh names | prepare | run NAME
#
# run prints the scenario's normalised output; run with expected/NAME beside it to compare.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
work=${WORK:-/tmp}
holders=()
# shellcheck source=engines.sh
. "$here/engines.sh"
case $1 in
  names) scenario_names ;;
  prepare) prepare_images ;;
  run) run_scenario "$2" ;;
  *) exit 2 ;;
esac
