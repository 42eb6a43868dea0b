#!/usr/bin/env bash
# Runs the named test programs and closes with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
configuration=$1; shift
results=artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
status=0
trap 'jobs -p | xargs -r kill 2>/dev/null' EXIT
for project in "$@"; do
  # A test that hangs is named after a minute, and ends the run after a quarter of an hour. Into a file first: whoever a test
  # leaves behind may hold it open, and nobody waits for that.
  : > "$results/$project.txt"
  timeout --kill-after=10 900 dotnet "tests/$project/bin/$configuration/net10.0/$project.dll" \
    -noLogo -noColor -longRunning 60 -xml "$results/$project.xml" > "$results/$project.txt" &
  tail -n +1 -f --pid=$! "$results/$project.txt"
  wait $! || status=1
done
unfinished=0
for project in "$@"; do
  [ -s "$results/$project.xml" ] && continue
  unfinished=$((unfinished + 1))
  echo "$project left no results and counts as one failure below. What ran for over a minute in it:"
  grep -o "\[Long Running Test\].*" "$results/$project.txt" | tail -n 4
done
total() { # the sum of one count over all result files
  grep -ho "<assembly [^>]*" "$results"/*.xml 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}
# Said once more at the end: what came in between is long.
grep -ho '<test [^>]* result="Fail"' "$results"/*.xml 2>/dev/null | sed 's/.* name="\(.*\)" result="Fail"/failed: \1/'
passed=$(total passed); failed=$(( $(total failed) + $(total errors) + unfinished )); skipped=$(total skipped)
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
