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
  ) >"$2" 2>&1 </dev/null || echo "not ok runs to its end" >>"$work/docker-java.verdicts"
  cat "$work/docker-java.verdicts"
}

# judge_docker_py CHECKOUT LOG: its tests of an engine, by pytest, but for those of the stores that
# keep a client's passwords. Asks for the version of the API that its authors ask for. Without a
# configuration its contexts would be in the checkout.
judge_docker_py() {
  local name
  for name in alpine:3.10 hello-world:latest; do
    hub "$name" -c 'CMD ["sh"]' >&2
  done
  (
    cd "$1"
    export HOME=$work/docker-py PYTHONPATH=$here/judges PYTHONDONTWRITEBYTECODE=1
    export DOCKER_TEST_API_VERSION=1.45 VERDICTS=$work/docker-py.verdicts
    mkdir -p "$HOME/.docker"
    echo '{}' >"$HOME/.docker/config.json"
    inside timeout 2400 venv/bin/python -m pytest -p each_test -p no:cacheprovider --timeout 120 -v \
      --durations 20 --ignore tests/integration/credentials tests/integration ${DOCKER_PY_TESTS:+-k "$DOCKER_PY_TESTS"}
    [ $? -le 1 ]
  ) >"$2" 2>&1 </dev/null || echo "not ok runs to its end" >>"$work/docker-py.verdicts"
  cat "$work/docker-py.verdicts"
}

# judge_podman CHECKOUT LOG: the files that have to do with Docker's part of its API. It finds a
# service on its port and starts none; its podman is a script that asks the docker client. Each file
# begins with an engine without images, as the first does with Podman.
judge_podman() {
  nsenter -t "$holder" -n perl "$here/judges/libpod.pl" "$podman_port" "${DOCKER_HOST#unix://}" </dev/null >/dev/null 2>&1 &
  holders+=("$!")
  local file
  mkdir -p "$work/bin" "$work/podman"
  ln -sf "$here/judges/podman" "$work/bin/podman"
  for file in ${PODMAN_FILES:-01-basic 10-images 12-imagesMore 14-commit 20-containers 22-stop 23-containersArchive \
    25-containersMore 26-containersWait 27-containersEvents 28-containersAnnotations 30-volumes 35-networks \
    44-mounts 45-system 47-subnet-pools 50-secrets 60-auth 70-short-names 90-build}; do
    "$work/bin/podman" rmi -af >/dev/null 2>&1 || true
    : >"$work/podman/test-apiv2.log"
    (
      cd "$work/podman"
      PATH=$work/bin:$PATH PODMAN=$work/bin/podman PODMAN_SERVICE_PORT=$podman_port TMPDIR=$work/podman \
        PODMAN_TESTS_KEEP_WORKDIR=yes CI_USE_REGISTRY_CACHE=yes inside timeout 1800 "$1/test/apiv2/test-apiv2" "$file" || true
    ) >"$work/podman/out" 2>&1 </dev/null
    cat "$work/podman/out" >>"$2"
    { cat "$work/podman/test-apiv2.log"; grep -a '^1\.\.[0-9]' "$work/podman/out" || true; } | verdicts_of_tap "$file"
    sweep_judges
  done
}

# Nothing that was asked of Podman's own part of the API is counted, nor what is said of the answer,
# nor what the test then skips. Read from the log, where each verdict has a line of its own.
verdicts_of_tap() {
  awk -v file="$1" '
    /^1\.\.[0-9]/ { ended = 1 }
    !/^(not )?ok [0-9]+ / { next }
    / [[][^ ]*[]] (GET|HEAD|POST|PUT|DELETE) / { own = / (GET|HEAD|POST|PUT|DELETE) (\/v[0-9.]+)?\/?libpod\// }
    own || /# skip/ { next }
    { sub(/ok [0-9]+ /, "ok "); print }
    END { if (!ended) print "not ok [" file "] runs to its end" }'
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
