#!/usr/bin/env bash
# Leaves a runnable artifacts/sallyport that starts the program just built.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts
cat > artifacts/sallyport <<LAUNCHER
#!/bin/sh
exec dotnet "$PWD/src/Sallyport/bin/$1/net10.0/sallyport.dll" "\$@"
LAUNCHER
chmod +x artifacts/sallyport
