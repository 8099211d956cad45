#!/usr/bin/env bash
# A batch beside the library: boards a second on all cores, each picture a whole file on disk, and its memory; then the same
# lines again, of which nothing is drawn.
#
#   cargo build --release && benches/batch.sh [COUNT [FOLDER]]
#
# It needs GNU time (Debian: apt-get install time). FOLDER is where the pictures go, a new one of /tmp by default.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-10000}
program=${FRIENDBOARD:-target/release/friendboard}
[ -x "$program" ] || { echo "$program is not built: cargo build --release" >&2; exit 1; }
out=$(mktemp -d "${2:-/tmp}/friendboard-batch.XXXXXX")
trap 'rm -rf "$out"' EXIT

cargo bench --quiet --bench throughput -- lines "$count" >"$out/lines"
library=$(cargo bench --quiet --bench throughput -- "$(nproc)" 10)
printf 'the library: %s boards/s\n' "$library"
for run in first again; do
  /usr/bin/time -f '%e %U %S %M' -o "$out/time" "$program" batch "$out/lines" --out "$out/pictures" >"$out/results" 2>"$out/log"
  drawn=$(grep -c '"drawn":true' "$out/results" || true)
  awk -v run="$run" -v n="$count" -v drawn="$drawn" -v l="$library" '{
    printf "%s run: %d lines, %d drawn, %.1f lines/s (%.0f%% of the library), user %.1f s, system %.1f s, %.0f MB\n",
      run, n, drawn, n / $1, 100 * n / $1 / l, $2, $3, $4 / 1024 }' "$out/time"
done
