#!/usr/bin/env bash
# Runs the tests other people wrote of Docker's API against DockLock, and counts.
#
#   judges.sh [-k FOLDER] SUITE=CHECKOUT...   SUITE: dockerode, docker-java, docker-py, podman,
#                                              testcontainers or moby
#
# Fetches nothing: docs/guides/judges.md tells how each checkout is made ready. The engine has
# namespaces, a data directory and a socket of its own; names of Docker Hub come from a registry on
# loopback, which is filled with images made of this machine's busybox and bash. Exit 0 when nothing
# fails but what judges/kept.txt explains. -k keeps the outputs: FOLDER/SUITE.log.
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
[ $# -gt 0 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }

work=$(mktemp -d /tmp/mnjudge.XXXXXX)
results=${keep:-$work/results}
mkdir -p "$results"
# shellcheck source=engines.sh
. "$here/engines.sh"
end_all_at_exit
# shellcheck source=judges/images.sh
. "$here/judges/images.sh"
# shellcheck source=judges/suites.sh
. "$here/judges/suites.sh"
# shellcheck source=judges/testcontainers.sh
. "$here/judges/testcontainers.sh"
# shellcheck source=judges/moby.sh
. "$here/judges/moby.sh"

inside() { nsenter -t "$holder" -n "$@"; }

mkdir -p "$work/home"
printf 'registries:\n  mirrors: ["http://127.0.0.1:%s"]\n  insecure: [quay.io]\n' "$registry_port" >"$work/home/metanode.yaml"
start_docklock
engine=$holder
start_registry
holder=$engine
prepare_judges_images

unexplained=0
for argument; do
  suite=${argument%%=*}
  checkout=$(readlink -f "${argument#*=}")
  [ -d "$checkout" ] || { echo "no such directory: ${argument#*=}" >&2; exit 2; }
  "judge_${suite//-/_}" "$checkout" "$results/$suite.log" >"$results/$suite.verdicts"
  tell "$suite" "$results/$suite.verdicts" || unexplained=1
  sweep_judges
done
exit $unexplained
