#!/usr/bin/env bash
# The server under load, on loopback: boards a second beside the library's, what is turned away and how fast, times and memory at
# 1×, 2× and 4× of what it can do; with a number of requests, its memory after so many with data that nobody has seen.
#
#   cargo build --release && benches/serve.sh [SECONDS [REQUESTS]]
#
# A machine is not as fast now as it was a minute ago. So the seconds of each load are spent in four rounds, and each load is put
# beside what the server could do right before and right after it; `of capacity` is the median of the rounds. `draws` is the share
# of the server's cores that drew meanwhile, which does not depend on how fast they are.
#
# Boards and refusals that are timed are asked for one after the other beside the load; those of its first half second, until the
# server knows a flood for one, have a line of their own (`begins`).
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
rounds=4
each=$(awk -v s="$seconds" -v r="$rounds" 'BEGIN { s /= r; printf "%.0f", s < 2 ? 2 : s }')
# For as long a flood is not known for one for certain: the server looks at a quarter of a second.
onset=0.5
# BOARDS: so many of them, as curl is told. Each is timed by itself, `STATUS MILLISECONDS`, as wrk times all answers as one; and is
# told where nothing is buffered, as curl is ended in the middle.
boards() {
  awk -v url="$url" -v boards="$1" 'BEGIN {
    for (board = 1; board <= boards; board++) {
      rows = ""
      for (row = 1; row <= 10; row++) rows = rows (row > 1 ? "," : "") sprintf("{\\\"openid\\\":\\\"o%d\\\",\\\"nickname\\\":\\\"Friend %d\\\",\\\"score\\\":%d}", row, row, board * 7919 + row)
      if (board > 1) print "next"
      printf "url = \"%s/v1/boards/leaderboard.png\"\noutput = \"/dev/null\"\nheader = \"Content-Type: application/json\"\n", url
      printf "data = \"{\\\"width\\\":360,\\\"height\\\":480,\\\"data\\\":[%s]}\"\nwrite-out = \"%%{stderr}%%{http_code} %%{time_total}\\n\"\n", rows
    }
  }'
}
# It reads all of them before it asks for the first, so the first file is short.
boards 500 >"$out/first boards"
boards "$((each * 1500))" >"$out/boards"
# SECONDS FILE
probe() { taskset -c "$client_cores" timeout "$1" curl -s -K "$2" 2>&1 || [ $? = 124 ]; }
# STATUS FILE: median and 99th percentile of its times, ms.
times() {
  awk -v status="$1" '$1 == status { print $2 * 1000 }' "$2" | sort -n \
    | awk '{ time[NR] = $1 } END { if (NR) printf "%.1f/%.1f", time[int((NR + 1) / 2)], time[int(NR * 0.99 + 0.5)]; else printf "-" }'
}

# For how long the server's threads that draw have had a core, ns.
drawn() {
  for task in /proc/"$server"/task/*; do
    case $(cat "$task/comm") in draw-*) cut -d' ' -f1 "$task/schedstat" ;; esac
  done | awk '{ n += $1 } END { printf "%.0f", n }'
}

line() { printf '%-12s %9s %12s %7s %9s %6s %7s %18s %16s %10s\n' "$@"; }
line load boards/s 'of capacity' draws shed/s other errors 'board p50/p99 ms' '503 p50/p99 ms' 'memory MB'
line 'the library' "$library" - - - - - - - -
# CONNECTIONS PAUSE FILE: one load for as long as a round takes, told to the file as `BOARDS SHED OTHER ERRORS DRAWS`.
load() {
  local before since boards shed other errors
  before=$(drawn) since=$(date +%s%N)
  read -r boards shed other errors _ <<<"$(run "$1" "$2" "$each")"
  awk -v d="$(($(drawn) - before))" -v t="$(($(date +%s%N) - since))" -v c="$own" -v told="$boards $shed $other $errors" \
    'BEGIN { printf "%s %.1f\n", told, 100 * d / t / c }' >>"$3"
}
run "$own" 0 "$each" >/dev/null
for _ in $(seq "$rounds"); do
  probe "$each" "$out/boards" >>"$out/probed 0"
  for factor in 1 2 4; do
    # Twice as many connections as threads that draw: these are never idle, and none is turned away.
    load "$((2 * own))" 0 "$out/capacity"
    capacity=$(tail -1 "$out/capacity" | cut -d' ' -f1)
    connections=$((64 * factor))
    pause=$(awk -v c="$connections" -v f="$factor" -v r="$capacity" 'BEGIN { printf "%.0f", 1000 * c / (f * r) }')
    { probe "$onset" "$out/first boards" >"$out/onset" && probe "$(awk -v s="$each" -v o="$onset" 'BEGIN { print s - o }')" "$out/boards" >"$out/probe"; } &
    probing=$!
    load "$connections" "$pause" "$out/load"
    wait "$probing"
    # What was timed one by one was drawn and turned away too.
    tail -1 "$out/load" | awk -v s="$each" 'NR == FNR { if ($1 == 200) b++; if ($1 == 503) t++; next } { $1 += b / s; $2 += t / s; print }' \
      <(cat "$out/onset" "$out/probe") - >>"$out/load $factor"
    cat "$out/probe" >>"$out/probed $factor"
    cat "$out/onset" >>"$out/begun $factor"
    memory >"$out/memory $factor"
  done
done
load "$((2 * own))" 0 "$out/capacity"
# FILE [CAPACITY OFFSET]: `BOARDS|OF CAPACITY|DRAWS|SHED|OTHER|ERRORS`, means but for the share, which is the median of the rounds.
told() {
  awk -v offset="${3:--1}" '
    NR == FNR && FILENAME == ARGV[1] && offset >= 0 { capacity[NR] = $1; next }
    { n++; b += $1; s += $2; o += $3; e += $4; d += $5
      if (offset >= 0) { at = (n - 1) * 3 + offset; share[n] = 200 * $1 / (capacity[at] + capacity[at + 1]) } }
    function median(   i, j, t) {
      for (i = 2; i <= n; i++) for (j = i; j > 1 && share[j] < share[j - 1]; j--) { t = share[j]; share[j] = share[j - 1]; share[j - 1] = t }
      return (share[int((n + 1) / 2)] + share[int(n / 2) + 1]) / 2 }
    END { of = "-"; if (offset >= 0) of = sprintf("%.1f %%", median()); printf "%.1f|%s|%.1f %%|%.1f|%d|%d\n", b / n, of, d / n, s / n, o, e }' ${2:+"$2"} "$1"
}
line 'one by one' "$(awk -v s="$((each * rounds))" '$1 == 200 { n++ } END { printf "%.1f", n / s }' "$out/probed 0")" - - - - - "$(times 200 "$out/probed 0")" - -
IFS='|' read -r boards share draws shed other errors <<<"$(told "$out/capacity")"
line 'capacity' "$boards" "$share" "$draws" "$shed" "$other" "$errors" - - -
for factor in 1 2 4; do
  offset=$((factor == 4 ? 3 : factor))
  IFS='|' read -r boards share draws shed other errors <<<"$(told "$out/load $factor" "$out/capacity" "$offset")"
  line "$factor×" "$boards" "$share" "$draws" "$shed" "$other" "$errors" "$(times 200 "$out/probed $factor")" "$(times 503 "$out/probed $factor")" "$(cat "$out/memory $factor")"
  line "  begins" - - - - - - "$(times 200 "$out/begun $factor")" "$(times 503 "$out/begun $factor")" -
done
if [ "$requests" -gt 0 ]; then
  # Small pictures, so that it ends: what is kept by request, client, connection and answer is kept of these too.
  answered=0
  for goal in $((requests / 100)) "$requests"; do
    while [ "$answered" -lt "$goal" ]; do
      read -r boards shed other errors answers <<<"$(run "$((2 * own))" 0 10 small)"
      answered=$((answered + answers))
    done
    line "after $answered" "$boards" - - "$shed" "$other" "$errors" - - "$(memory)"
  done
fi
