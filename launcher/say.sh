# shellcheck shell=bash
# Words for the person at the terminal, and progress for whatever takes longer than a second.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "metanode: $*"
  exit 1
}

# True if the arguments ask how a command is used: the program answers that.
asks_for_help() {
  case " $* " in *" -h "* | *" --help "*) return 0 ;; esac
  return 1
}

# with_progress LABEL LOG COMMAND...: runs the command with its output in LOG, shows that it goes
# on (a spinner on a terminal, a line every 15 s elsewhere), and gives back its exit status.
with_progress() {
  local label=$1 log=$2 status=0 begun=$SECONDS turn=0 marks='|/-\'
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  local pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ -t 2 ]; then
      printf '\r%s %s  %d s %s\033[K' "${marks:turn++ % 4:1}" "$label" $((SECONDS - begun)) "$(progress_of "$log")" >&2
      sleep 0.2
    else
      sleep 0.2
      if ((++turn % 75 == 0)); then say "  $label: $((SECONDS - begun)) s $(progress_of "$log")"; fi
    fi
  done
  wait "$pid" || status=$?
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  if [ "$status" -eq 0 ]; then say "  $label: done in $((SECONDS - begun)) s"; fi
  return "$status"
}

# The module Maven is at, as it says it: "Building Metanode node ... [9/9]".
progress_of() {
  sed -n 's/^\[INFO\] Building Metanode \([a-z]*\) .*\(\[[0-9/]*\]\)$/(\1 \2)/p' "$1" 2>/dev/null | tail -n 1
}
