#!/usr/bin/env bash
# One engine, scenario by scenario: DOCKER_HOST names its socket, WORK a folder for files.
#
#   scenario.sh names | prepare | run NAME | isolated COMMAND...
#
# run prints the scenario's normalised output, which expected/NAME holds; exit code 77 in it: this
# host cannot tell. isolated runs an engine in network and mount namespaces of its own; ENGINE then
# names its process to the other words.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
work=${WORK:-/tmp}
holder=${ENGINE:-$$}
# shellcheck source=engines.sh
. "$here/engines.sh"
case $1 in
  names) scenario_names ;;
  prepare) prepare_images ;;
  run) run_scenario "$2" ;;
  isolated)
    shift
    exec unshare --net --mount sh -c "${enter//$'\n'/ }" "$@"
    ;;
  *) exit 2 ;;
esac
