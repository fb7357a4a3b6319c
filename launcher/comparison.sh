# shellcheck shell=bash
# The ledger beside other people's: only a source tree has it, and only this fetches their jars.

# run_comparison ARGUMENTS: `bench peers`; the program itself is built already.
run_comparison() {
  local lib=$top/comparison/target/lib
  with_progress "fetching and building what to compare with" "$work/comparison.log" \
    mvn_in_tree -pl comparison -am -Dmaven.test.skip=true -Dspotless.check.skip=true package || {
    tail -n 25 "$work/comparison.log" >&2
    die "the build failed; the whole log is $work/comparison.log"
  }
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx4g "${jvm_flags[@]}" \
    "-Dmetanode.launcher=$self" "-Dmetanode.dist=$dist" \
    -cp "$(class_path "$lib" .)" io.metanode.comparison.PeersMain "$@"
}
