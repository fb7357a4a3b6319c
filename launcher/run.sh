# shellcheck shell=bash
# Starts the program from $dist: lib/*.jar, and metanode.aot where one was made.

# Flags every JVM of ours has: also those an AOT cache is made with, which must be the same.
jvm_flags=(
  -XX:-UsePerfData
  -Xlog:disable
  -Xlog:all=error:stderr
  --enable-native-access=ALL-UNNAMED
  -Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true
  -Dstdout.encoding=UTF-8
  -Dstderr.encoding=UTF-8
)

class_path() {
  local jars=("$1"/lib/*.jar)
  local IFS=:
  printf '%s' "${jars[*]}"
}

run_program() {
  local flags=(-XX:+UseSerialGC "${jvm_flags[@]}")
  if [ -f "$dist/metanode.aot" ]; then flags+=("-XX:AOTCache=$dist/metanode.aot"); fi
  case "${1:-} ${2:-}" in
    up*)
      flags+=(-Xms32m "-Xmx${METANODE_HEAP:-192m}" -Xss512k)
      ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
      ;;
    "ledger start")
      flags+=("-Xmx${METANODE_HEAP:-1g}")
      ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
      ;;
    "bench ledger") flags+=(-Xmx4g) ;;
    *) flags+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
  esac
  exec "$JAVA_HOME/bin/java" "${flags[@]}" \
    "-Dmetanode.launcher=$self" "-Dmetanode.dist=$dist" \
    -cp "$(class_path "$dist")" io.metanode.node.Main "$@"
}
