# One line a check for the reader, and a JUnit report for whoever counts.

REPORTS=$SOURCE/target/surefire-reports

report_begin() { # SUITE
  REPORT_SUITE=cluster-$1 PASSED=0 FAILED=0 REPORT_START=$EPOCHREALTIME
  CASES=$(mktemp)
  echo "# $REPORT_SUITE"
}

xml_escape() { tr -d '\000-\010\013\014\016-\037' | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'; }

check() { # WHAT COMMAND...
  local what=$1 began=$EPOCHREALTIME output took name; shift
  if output=$("$@" 2>&1); then local passed=yes; fi
  took=$(seconds_since "$began") name=$(xml_escape <<<"$what")
  if [ "${passed:-}" ]; then
    PASSED=$((PASSED + 1))
    echo "ok - $what ($took s)"
    echo "<testcase classname=\"$REPORT_SUITE\" name=\"$name\" time=\"$took\"/>" >>"$CASES"
  else
    FAILED=$((FAILED + 1))
    echo "not ok - $what ($took s)"
    tail -5 <<<"$output" | sed 's/^/#   /'
    echo "<testcase classname=\"$REPORT_SUITE\" name=\"$name\" time=\"$took\"><failure>$(xml_escape <<<"$output")</failure></testcase>" >>"$CASES"
  fi
}

report_end() {
  local took; took=$(seconds_since "$REPORT_START")
  mkdir -p "$REPORTS"
  {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo "<testsuite name=\"$REPORT_SUITE\" tests=\"$((PASSED + FAILED))\" failures=\"$FAILED\" errors=\"0\" skipped=\"0\" time=\"$took\">"
    cat "$CASES"
    echo '</testsuite>'
  } >"$REPORTS/TEST-$REPORT_SUITE.xml"
  rm -f "$CASES"
  echo "# $REPORT_SUITE: $PASSED passed, $FAILED failed in $took s"
}
