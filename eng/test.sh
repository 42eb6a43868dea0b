#!/usr/bin/env bash
# Runs the named test programs and closes with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
configuration=$1; shift
results=artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
status=0
for project in "$@"; do
  # A test that hangs is named after a minute, and ends the run after a quarter of an hour.
  timeout --kill-after=10 900 dotnet "tests/$project/bin/$configuration/net10.0/$project.dll" \
    -noLogo -noColor -longRunning 60 -xml "$results/$project.xml" || status=1
done
total() { # the sum of one count over all result files
  grep -ho "<assembly [^>]*" "$results"/*.xml 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}
passed=$(total passed); failed=$(( $(total failed) + $(total errors) )); skipped=$(total skipped)
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
