#!/usr/bin/env bash
# Installs what the tests use and this machine lacks: Debian packages and pinned npm packages, once.
set -euo pipefail
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
PATH=$PATH:/usr/sbin:/sbin
need nmap nmap
need ip iproute2
need setsid util-linux
need ping iputils-ping
need traceroute traceroute
need npm npm
need capinfos wireshark-common
# Only its promtool is used.
need promtool prometheus
need rsyslogd rsyslog
# Only its systemd-analyze is used.
need systemd-analyze systemd
[ -n "$(find /usr/lib -name lmnsd_gtls.so -print -quit 2>/dev/null)" ] || missing+=(rsyslog-gnutls)
need chromium chromium
need chromedriver chromium-driver
[ -d /usr/lib/postgresql ] || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}" >&2
  as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
# The official MCP suite, clients and inspector, exactly as locked; they need no install scripts.
node=$(dirname "$0")/../tests/Sallyport.EndToEnd/node
if ! [ "$node/node_modules/.package-lock.json" -nt "$node/package-lock.json" ]; then
  echo "installing: npm packages of the end-to-end tests" >&2
  npm --prefix "$node" ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
fi
