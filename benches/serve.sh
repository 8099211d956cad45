#!/usr/bin/env bash
# The server under load, on loopback: boards a second, what is turned away, times and memory at 1×, 2× and 4× of what it can do.
#
#   cargo build --release && benches/serve.sh [SECONDS]
#
# It needs wrk (Debian: apt-get install wrk). Server and client share the machine's cores: the figures are of both.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
program=${FRIENDBOARD:-target/release/friendboard}
command -v wrk >/dev/null || { echo "wrk is needed: apt-get install wrk" >&2; exit 1; }
[ -x "$program" ] || { echo "$program is not built: cargo build --release" >&2; exit 1; }

out=$(mktemp -d)
FRIENDBOARD_LOG=warn "$program" serve --listen 127.0.0.1:0 --rate 0 >"$out/address" 2>"$out/log" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -r "$out"' EXIT
for _ in $(seq 100); do [ -s "$out/address" ] && break; sleep 0.05; done
url=$(sed 's/.* //' "$out/address")
cores=$(nproc)

memory() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
# CONNECTIONS PAUSE: boards a second, sheds a second, other answers, median and 99th percentile in ms, errors.
run() { wrk -t "$cores" -c "$1" -d "${seconds}s" --timeout 30s -s benches/serve.lua "$url" -- "$2" | sed -n 's/^RESULT //p'; }

line() { printf '%-18s %10s %10s %8s %10s %10s %8s %10s\n' "$@"; }
line load boards/s shed/s other 'p50 ms' 'p99 ms' errors 'memory MB'
run "$cores" 0 >/dev/null
read -r capacity shed other p50 p99 errors <<<"$(run "$cores" 0)"
line 'capacity' "$capacity" "$shed" "$other" "$p50" "$p99" "$errors" "$(memory)"
for factor in 1 2 4; do
  connections=$((64 * factor))
  pause=$(awk -v c="$connections" -v f="$factor" -v r="$capacity" 'BEGIN { printf "%.0f", 1000 * c / (f * r) }')
  read -r boards shed other p50 p99 errors <<<"$(run "$connections" "$pause")"
  line "$factor×" "$boards" "$shed" "$other" "$p50" "$p99" "$errors" "$(memory)"
done
