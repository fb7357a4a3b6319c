# shellcheck shell=bash
# Starts the program from $dist: lib/*.jar, and metanode.aot where one was made.

# Flags every JVM of ours has: also those an AOT cache is made with, which must be the same.
jvm_flags=(
  -XX:-UsePerfData
  -Xlog:disable
  -Xlog:all=error:stderr
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseCompactObjectHeaders
  -XX:+UnlockDiagnosticVMOptions
  -XX:ArchiveRelocationMode=0
  -Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true
  -Dstdout.encoding=UTF-8
  -Dstderr.encoding=UTF-8
)

# A node's bounds; it lives on about 20 MB of heap (docs/guides/benchmarks.md). Buffers of a size that
# only the journal needs are not kept for each thread; a node out of memory ends, for what started it
# to start it anew, and its containers run on.
node_flags=(
  -Xms16m
  -XX:MinHeapFreeRatio=10
  -XX:MaxHeapFreeRatio=25
  -XX:-ShrinkHeapInSteps
  -Xss512k
  -XX:MaxMetaspaceSize=128m
  -XX:MaxDirectMemorySize=64m
  -XX:ReservedCodeCacheSize=64m
  -Djdk.nio.maxCachedBufferSize=262144
  -XX:TrimNativeHeapInterval=15000
  -XX:+ExitOnOutOfMemoryError
)

class_path() {
  local jars=("$1/${2:-lib}"/*.jar)
  local IFS=:
  printf '%s' "${jars[*]}"
}

# run_simulation ARGUMENTS: clusters in virtual time; only a source tree has it.
run_simulation() {
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC "-Xmx${METANODE_HEAP:-1g}" "${jvm_flags[@]}" \
    -cp "$(class_path "$dist/simulation" .):$(class_path "$dist")" \
    io.metanode.simulation.SimulateMain "$@"
}

run_program() {
  local flags=(-XX:+UseSerialGC "${jvm_flags[@]}")
  # A cache that does not fit, as after the jars were copied, is passed over without a word.
  if [ -f "$dist/metanode.aot" ]; then flags+=("-XX:AOTCache=$dist/metanode.aot" "-Xlog:aot*=off:stderr"); fi
  case "${1:-} ${2:-}" in
    up*)
      flags+=("${node_flags[@]}" "-Xmx${METANODE_HEAP:-192m}")
      # One pool of native memory for all threads: each of the C library's own would keep what it once held.
      export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
      ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
      ;;
    "ledger start")
      # What the index gives back it wants again within the second: kept, its pages are not cleared each time.
      export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-33554432}" \
        MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-536870912}"
      # Room for the young: what is copied at a collection is what a second of blocks leaves alive.
      if [ -n "${METANODE_HEAP:-}" ]; then flags+=("-Xmx$METANODE_HEAP"); else flags+=(-Xms1g -Xmx1g -Xmn512m -XX:MaxTenuringThreshold=1); fi
      ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
      ;;
    # What is measured runs as it does in a node.
    "bench receipts" | "bench pipeline") flags+=("${node_flags[@]}" "-Xmx${METANODE_HEAP:-192m}") ;;
    "bench ledger" | "bench accounts") flags+=(-Xmx4g) ;;
    *) flags+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
  esac
  exec "$JAVA_HOME/bin/java" "${flags[@]}" \
    "-Dmetanode.launcher=$self" "-Dmetanode.dist=$dist" \
    -cp "$(class_path "$dist")" io.metanode.node.Main "$@"
}
