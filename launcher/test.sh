# shellcheck shell=bash
# Everything CI runs: style, compilation with warnings as errors, unit, property and architecture
# tests, integration tests, cgroup version 2 on an emulated machine, and the scripts' own check.
# Ends with one line of totals. A test that fails keeps no module after it from being tested: the
# reports tell.

run_tests() {
  local log status=0
  log=$work/test.log
  mkdir -p "$work"
  need maven gcc libc runc nft docker busybox ip curl jq perl openssl script
  # Go's library checks our logs, and a token in software signs receipts; where they cannot be had,
  # those tests are skipped.
  if [ "$(id -u)" = 0 ]; then (need go tlog softhsm opensc skopeo registry pdftotext compose1) || true; fi
  fetch_clients
  rm -f "$top"/*/target/surefire-reports/TEST-*.xml "$top"/*/target/failsafe-reports/TEST-*.xml
  check_scripts || status=1
  say "building and testing every module (the log is $log)"
  if [ -n "${CI:-}" ]; then
    mvn_in_tree "$@" --fail-at-end -Dmaven.test.failure.ignore spotless:check verify 2>&1 </dev/null | tee "$log" || status=1
  else
    with_progress "testing" "$log" mvn_in_tree "$@" --fail-at-end -Dmaven.test.failure.ignore spotless:check verify || status=1
    grep -E '^\[(ERROR|WARNING)\]|Tests run:.*Time' "$log" | grep -v '^\[INFO\] *$' | tail -n 60 || true
  fi
  test_on_version_2
  report_tests || status=1
  return "$status"
}

readonly version_2="cgroup version 2 on an emulated machine"

# The whole program once more where control groups are version 2 alone. A line a check goes to
# $version_2_log, which report_tests counts.
test_on_version_2() {
  local missing tested=$work/tested
  version_2_log=$work/vm.log
  if missing=$(cannot_emulate); then
    echo "skip - $missing" >"$version_2_log"
    return
  fi
  if ! compgen -G "$top/node/target/lib/*.jar" >/dev/null; then
    echo "not ok - there is no program to test: a module before it failed" >"$version_2_log"
    return
  fi
  rm -rf "$tested"
  mkdir -p "$tested/lib"
  assemble "$tested"
  make_aot_cache "$tested"
  with_progress "testing $version_2" "$version_2_log" \
    "$top/node/src/test/vm/cgroup2.sh" "$tested" || {
    tail -n 60 "$version_2_log"
    grep -q '^not ok' "$version_2_log" || echo "not ok - it did not run" >>"$version_2_log"
  }
  rm -rf "$tested"
}

# Says why no machine can be emulated here; fails if one can. Without its packages, and without
# the means to install them, it is a skip.
cannot_emulate() {
  local name package missing=()
  if [ "$(uname -m)" != x86_64 ]; then
    echo "the guest is made for x86_64, this is $(uname -m)"
    return 0
  fi
  for name in qemu kernel mke2fs; do
    package=$(package_for "$name")
    if [ -n "$package" ]; then missing+=("$package"); fi
  done
  [ ${#missing[@]} -gt 0 ] || return 1
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && install_packages "${missing[@]}" >&2; then
    return 1
  fi
  echo "Debian packages are missing: ${missing[*]}"
}

# The launcher is checked with shellcheck where it is to be had.
check_scripts() {
  bash -n "$self" "$top"/launcher/*.sh || return 1
  if command -v shellcheck >/dev/null; then
    (cd "$top" && shellcheck -x metanode .ci/run)
  fi
}

# Sums the reports of surefire and failsafe; every skip is named with its reason.
report_tests() {
  local reports=()
  mapfile -t reports < <(find "$top"/*/target -path '*-reports/TEST-*.xml' | sort)
  if [ ${#reports[@]} -eq 0 ]; then
    echo "0 passed, 1 failed, 0 skipped"
    return 1
  fi
  awk -v machine="$version_2" -f "$scripts/report.awk" "${reports[@]}" "$version_2_log"
}
