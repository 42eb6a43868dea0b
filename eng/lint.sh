#!/usr/bin/env bash
# Rules that the compiler does not know: file size, names, left-overs, shell scripts.
set -euo pipefail
cd "$(dirname "$0")/.."
fail=0
report() { echo "lint: $1" >&2; fail=1; }
while read -r lines file; do
  [ "$lines" -le 400 ] || report "$file has $lines lines; 400 is the limit"
done < <(git ls-files 'src/*.cs' 'tests/*.cs' 'bench/*.cs' | xargs -r wc -l | awk '$2 != "total"')
banned=$(git grep -nE '^\s*(public|internal|private|sealed|static|abstract|partial| )*(class|record|interface|struct|enum) +\w*(Manager|Helper|Util|Utils|Impl|Base|Info|Data|Common)\b' -- 'src/*.cs' || true)
[ -z "$banned" ] || report "banned type names:
$banned"
leftovers=$(git grep -nE 'NotImplementedException|TODO|FIXME|HACK|async void|Assert\.True\(true\)' -- 'src/*.cs' 'tests/*.cs' || true)
[ -z "$leftovers" ] || report "left-overs:
$leftovers"
command -v shellcheck >/dev/null 2>&1 && { git ls-files '*.sh' '.ci/run' | xargs -r shellcheck || fail=1; }
exit $fail
