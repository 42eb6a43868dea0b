#!/usr/bin/env bash
# Installs what the tests use and this machine lacks: Debian packages, once.
set -euo pipefail
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
PATH=$PATH:/usr/sbin:/sbin
need nmap nmap
need ip iproute2
need setsid util-linux
need ping iputils-ping
need traceroute traceroute
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing: ${missing[*]}" >&2
as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
