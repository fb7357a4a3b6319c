# shellcheck shell=bash
# Everything CI runs: style, compilation with warnings as errors, unit, property and architecture
# tests, integration tests, and the scripts' own check. Ends with one line of totals.

run_tests() {
  local log status=0
  log=$work/test.log
  mkdir -p "$work"
  need maven gcc libc runc nft docker busybox
  rm -f "$top"/*/target/surefire-reports/TEST-*.xml "$top"/*/target/failsafe-reports/TEST-*.xml
  check_scripts || status=1
  say "building and testing every module (the log is $log)"
  if [ -n "${CI:-}" ]; then
    mvn_in_tree "$@" --fail-at-end spotless:check verify 2>&1 </dev/null | tee "$log" || status=1
  else
    with_progress "testing" "$log" mvn_in_tree "$@" --fail-at-end spotless:check verify || status=1
    grep -E '^\[(ERROR|WARNING)\]|Tests run:.*Time' "$log" | grep -v '^\[INFO\] *$' | tail -n 60 || true
  fi
  report_tests || status=1
  return "$status"
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
  awk -f "$scripts/report.awk" "${reports[@]}"
}
