# shellcheck shell=bash
# How each suite is run, and what it says of each test: a line "ok NAME" or "not ok NAME".
# Needs $here, $work, $holder, $DOCKER_HOST, inside.

readonly podman_image=quay.io/libpod/testimage:20241011
readonly podman_port=8089

# judge_dockerode CHECKOUT LOG: its helper takes DOCKER_HOST where there is no such socket.
judge_dockerode() {
  local report=$work/dockerode.json
  (
    cd "$1"
    DOCKER_SOCKET=none inside timeout 900 node node_modules/mocha/bin/mocha.js \
      -R json --reporter-option "output=$report" --exit
  ) >"$2" 2>&1 </dev/null || true
  jq -r '(.failures[] | "not ok " + .fullTitle), (.passes[] | "ok " + .fullTitle)' "$report"
}

# judge_docker_java CHECKOUT LOG: every class with integration tests, by JUnit 4's own runner.
judge_docker_java() {
  local classes module=$1/docker-java
  mapfile -t classes < <(
    cd "$module/target/test-classes"
    find com -name '*IT.class' | grep -v -e /CmdIT.class -e /SwarmCmdIT.class |
      sed 's/\.class$//; s#/#.#g' | sort
  )
  (
    cd "$module"
    inside timeout 1500 java -cp "$here/judges:target/test-classes:target/classes:$(cat target/judge.classpath)" \
      "$here/judges/EachTest.java" "$work/docker-java.verdicts" "${classes[@]}"
  ) >"$2" 2>&1 </dev/null || true
  cat "$work/docker-java.verdicts"
}

# judge_podman CHECKOUT LOG: the files that have to do with Docker's part of its API. It finds a
# service on its port and starts none; its podman is a script that asks the docker client.
judge_podman() {
  nsenter -t "$holder" -n perl "$here/judges/forward.pl" "$podman_port" "${DOCKER_HOST#unix://}" </dev/null >/dev/null 2>&1 &
  local forwarder=$! file
  holders+=("$forwarder")
  mkdir -p "$work/bin"
  ln -sf "$here/judges/podman" "$work/bin/podman"
  for file in 01-basic 10-images 12-imagesMore 14-commit 20-containers 22-stop 23-containersArchive \
    25-containersMore 26-containersWait 27-containersEvents 30-volumes 35-networks 44-mounts 45-system; do
    (
      cd "$1/test/apiv2"
      export JUDGES_TAR=$work/judge.tar
      "$work/bin/podman" pull "$podman_image"
      PATH=$work/bin:$PATH PODMAN=$work/bin/podman PODMAN_SERVICE_PORT=$podman_port TMPDIR=$work \
        inside timeout 300 ./test-apiv2 "$file" || true
    ) 2>&1 </dev/null | sed 's/\r//' | tee -a "$2" | verdicts_of_tap "$file"
    sweep_judges
  done
}

# Of Podman's own part of the API nothing is asked here, nor of what the test then skips.
verdicts_of_tap() {
  local seen
  seen=$(cat)
  grep -E '^(not )?ok [0-9]+ ' <<<"$seen" | grep -v -e 'libpod' -e '# skip' |
    sed -E 's/^((not )?ok) [0-9]+ /\1 /' || true
  grep -q '^1\.\.[0-9]' <<<"$seen" || echo "not ok [$1] runs to its end"
}

# tell SUITE VERDICTS: counts, and names each failure; fails if one is not explained.
tell() {
  local passed failed line pattern explained status=0
  passed=$(grep -c '^ok ' "$2" || true)
  failed=$(grep -c '^not ok ' "$2" || true)
  while read -r line; do
    explained=
    while IFS='|' read -r _ pattern _; do
      # shellcheck disable=SC2053 # a pattern is wanted
      if [[ ${line#not ok } == $pattern ]]; then explained=yes; fi
    done < <(grep "^$1|" "$here/judges/kept.txt")
    if [ -z "$explained" ]; then
      echo "  unexplained: ${line#not ok }"
      status=1
    fi
  done < <(grep '^not ok ' "$2" || true)
  echo "$1: $passed passed, $failed failed"
  return $status
}
