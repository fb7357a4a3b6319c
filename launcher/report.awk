# Sums JUnit XML reports (surefire's and failsafe's) and the lines "ok - NAME", "not ok - NAME" and
# "skip - REASON" of the emulated machine. Names every failure and every skip with its
# reason; the last line is the total. Exit status 1 if anything failed or nothing ran.

function attribute(line, name,    start, rest) {
  start = match(line, "[ <]" name "=\"")
  if (!start) return ""
  rest = substr(line, start + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

# Why a test was skipped: an attribute, or the first line of the exception in the element.
function reason(line,    text) {
  text = attribute(line, "message")
  if (text != "") return text
  text = line
  if (text !~ /TestAbortedException/) getline text
  sub(/^.*TestAbortedException: /, "", text)
  sub(/^Assumption failed: /, "", text)
  sub(/(]]>)?(<\/skipped>)?$/, "", text)
  return text
}

function plain(text) {
  gsub(/&#10;/, " ", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&amp;/, "\\&", text)
  return text
}

/<testsuite / { in_header = 1 }
in_header {
  header = header " " $0
  if (/>/) {
    tests += attribute(header, "tests")
    failed += attribute(header, "failures") + attribute(header, "errors")
    skipped += attribute(header, "skipped")
    header = ""; in_header = 0
  }
}
/<testcase / { name = attribute($0, "classname") "." attribute($0, "name") }
/<skipped/ { skips = skips "  skipped " plain(name) ": " plain(reason($0)) "\n" }
/<failure|<error/ { failures = failures "  FAILED " plain(name) ": " plain(attribute($0, "message")) "\n" }

/^ok - / { tests++ }
/^not ok - / { tests++; failed++; failures = failures "  FAILED " machine ": " substr($0, 10) "\n" }
/^skip - / { tests++; skipped++; skips = skips "  skipped " machine ": " substr($0, 8) "\n" }

END {
  printf "%s%s", skips, failures
  printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
  exit failed > 0 || tests == 0
}
