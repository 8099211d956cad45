#!/usr/bin/env bash
# Draws the workload's two pictures with friendboard and with what people use otherwise, one after the other on this machine, and
# writes the table into the README (between its two comments) and the bars to benches/peers/bars.svg. Run it on a machine that does
# nothing else. Needs Node, Python 3 and the network; what is installed goes into a folder, and stays there for the next run:
#
#   benches/peers/run.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")"
work=${1:-$(mktemp -d)}
mkdir -p "$work"
work=$(cd "$work" && pwd)
root=$(cd ../.. && pwd)

# The scripts find fonts from where they are: two folders up.
mkdir -p "$work/benches/peers" && cp ./*.mjs ./*.py package.json "$work/benches/peers/" && ln -sfn "$root/assets" "$work/assets"
(cd "$work/benches/peers" && npm install --silent --no-audit --no-fund)
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --requirement requirements.txt

# All is built before anything is timed.
cargo build --quiet --release --manifest-path "$root/Cargo.toml"
cargo bench --quiet --no-run --manifest-path "$root/Cargo.toml" --bench workload
PROFILE=release "$root/assets/npm/build.sh"
bench() { cargo bench --quiet --manifest-path "$root/Cargo.toml" --bench workload -- "$@"; }
bench write "$work/workload"

figures=$work/figures.ndjson
bench json > "$figures"
for peer in takumi canvas satori; do
  node "$work/benches/peers/$peer.mjs" "$work/workload" >> "$figures"
done
"$work/python/bin/python" "$work/benches/peers/skia_python.py" "$work/workload" >> "$figures" 2>/dev/null
{
  node table.mjs "$figures" bars.svg
  echo
  bench rest "$work/workload"
  node module.mjs "$root/target/npm/package" "$work/workload"
} > "$work/table.md"
node readme.mjs "$root/README.md" "$work/table.md"
cat "$work/table.md"
