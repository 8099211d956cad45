#!/usr/bin/env bash
# Draws the workload's two pictures with friendboard and with what people use otherwise, one after the other on this machine, and
# prints the times as Markdown; the bars go to benches/peers/bars.svg. Needs Node, Python 3 and the network; what is installed goes
# into a folder: benches/peers/run.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")"
work=${1:-$(mktemp -d)}
mkdir -p "$work"
work=$(cd "$work" && pwd)


# The scripts find fonts from where they are: two folders up.
mkdir -p "$work/benches/peers" && cp ./*.mjs ./*.py package.json "$work/benches/peers/" && ln -sfn "$(cd ../../assets && pwd)" "$work/assets"
(cd "$work/benches/peers" && npm install --silent --no-audit --no-fund)
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --requirement requirements.txt

bench() { cargo bench --quiet --manifest-path ../../Cargo.toml --bench workload -- "$@"; }
bench write "$work/workload"

figures=$work/figures.ndjson
bench json > "$figures"
for peer in takumi canvas satori; do
  node "$work/benches/peers/$peer.mjs" "$work/workload" >> "$figures"
done
"$work/python/bin/python" "$work/benches/peers/skia_python.py" "$work/workload" >> "$figures" 2>/dev/null
node table.mjs "$figures" bars.svg
