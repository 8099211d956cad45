#!/usr/bin/env bash
# The server under load, on loopback: boards a second beside the library's, what is turned away and how fast, times and memory at
# 1×, 2× and 4× of what it can do; with a number of requests, its memory after so many with data that nobody has seen.
#
#   cargo build --release && benches/serve.sh [SECONDS [REQUESTS]]
#
# It needs wrk and curl (Debian: apt-get install wrk curl). The server has the first half of the machine's cores and the client
# the other, so that what the client costs is not taken for the server's.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
requests=${2:-0}
program=${FRIENDBOARD:-target/release/friendboard}
for tool in wrk curl taskset; do command -v "$tool" >/dev/null || { echo "$tool is needed: apt-get install wrk curl util-linux" >&2; exit 1; }; done
[ -x "$program" ] || { echo "$program is not built: cargo build --release" >&2; exit 1; }
cores=$(nproc)
[ "$cores" -ge 2 ] || { echo "two cores are needed, one for the client" >&2; exit 1; }
own=$((cores / 2))
server_cores=0-$((own - 1))
client_cores=$own-$((cores - 1))

out=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -r "$out"
}
trap stop EXIT
library=$(taskset -c "$server_cores" cargo bench --quiet --bench throughput -- "$own" "$seconds")

FRIENDBOARD_LOG=warn taskset -c "$server_cores" "$program" serve --listen 127.0.0.1:0 --workers "$own" --rate 0 >"$out/address" 2>"$out/log" &
server=$!
for _ in $(seq 100); do [ -s "$out/address" ] && break; sleep 0.05; done
url=$(sed 's/.* //' "$out/address")

memory() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
# CONNECTIONS PAUSE [SECONDS [BODY]]: boards a second, sheds a second, other answers, errors, answers in all.
run() {
  taskset -c "$client_cores" wrk -t "$((cores - own))" -c "$1" -d "${3:-$seconds}s" --timeout 30s -s benches/serve.lua "$url" -- "$2" "${4:-board}" \
    | sed -n 's/^RESULT //p'
}
# One board after the other, each timed by itself: `STATUS MILLISECONDS` lines, as wrk times all answers as one.
awk -v url="$url" 'BEGIN {
  for (board = 1; board <= 20000; board++) {
    rows = ""
    for (row = 1; row <= 10; row++) rows = rows (row > 1 ? "," : "") sprintf("{\\\"openid\\\":\\\"o%d\\\",\\\"nickname\\\":\\\"Friend %d\\\",\\\"score\\\":%d}", row, row, board * 7919 + row)
    if (board > 1) print "next"
    printf "url = \"%s/v1/boards/leaderboard.png\"\noutput = \"/dev/null\"\nheader = \"Content-Type: application/json\"\n", url
    printf "data = \"{\\\"width\\\":360,\\\"height\\\":480,\\\"data\\\":[%s]}\"\nwrite-out = \"%%{http_code} %%{time_total}\\n\"\n", rows
  }
}' >"$out/boards"
probe() { taskset -c "$client_cores" timeout "$seconds" curl -s -K "$out/boards" || [ $? = 124 ]; }
# STATUS FILE: median and 99th percentile of its times, ms.
times() {
  awk -v status="$1" '$1 == status { print $2 * 1000 }' "$2" | sort -n \
    | awk '{ time[NR] = $1 } END { if (NR) printf "%.1f/%.1f", time[int((NR + 1) / 2)], time[int(NR * 0.99 + 0.5)]; else printf "-" }'
}

line() { printf '%-14s %9s %9s %7s %7s %18s %16s %10s\n' "$@"; }
line load boards/s shed/s other errors 'board p50/p99 ms' '503 p50/p99 ms' 'memory MB'
line 'the library' "$library" - - - - - -
run "$own" 0 >/dev/null
probe >"$out/alone"
line 'one by one' "$(awk -v s="$seconds" '$1 == 200 { n++ } END { printf "%.1f", n / s }' "$out/alone")" - - - "$(times 200 "$out/alone")" - "$(memory)"
# Twice as many connections as threads that draw: these are never idle, and none is turned away.
read -r capacity shed other errors _ <<<"$(run "$((2 * own))" 0)"
line 'capacity' "$capacity" "$shed" "$other" "$errors" - - "$(memory)"
for factor in 1 2 4; do
  connections=$((64 * factor))
  pause=$(awk -v c="$connections" -v f="$factor" -v r="$capacity" 'BEGIN { printf "%.0f", 1000 * c / (f * r) }')
  probe >"$out/probed" &
  probing=$!
  read -r boards shed other errors _ <<<"$(run "$connections" "$pause")"
  wait "$probing"
  # What was timed one by one was drawn and turned away too.
  read -r boards shed <<<"$(awk -v b="$boards" -v t="$shed" -v s="$seconds" '$1 == 200 { b += 1 / s } $1 == 503 { t += 1 / s } END { printf "%.1f %.1f", b, t }' "$out/probed")"
  line "$factor×" "$boards" "$shed" "$other" "$errors" "$(times 200 "$out/probed")" "$(times 503 "$out/probed")" "$(memory)"
done
if [ "$requests" -gt 0 ]; then
  # Small pictures, so that it ends: what is kept by request, client, connection and answer is kept of these too.
  answered=0
  for goal in $((requests / 100)) "$requests"; do
    while [ "$answered" -lt "$goal" ]; do
      read -r boards shed other errors answers <<<"$(run "$((2 * own))" 0 10 small)"
      answered=$((answered + answers))
    done
    line "after $answered" "$boards" "$shed" "$other" "$errors" - - "$(memory)"
  done
fi
