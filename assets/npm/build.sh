#!/usr/bin/env bash
# Makes the npm package: target/npm/friendboard-VERSION.tgz. Nothing is published.
#
#   assets/npm/build.sh                     builds the module (profile dist) and packs
#   PROFILE=release assets/npm/build.sh     quicker to build, and larger: for tests
#   WASM_OPT=wasm-opt assets/npm/build.sh   makes the module smaller by Binaryen too, which takes minutes
#
# The module is the command line under WASI and the drawing of requests: one, as both have the same fonts and the same code.
set -euo pipefail
cd "$(dirname "$0")/../.."

profile=${PROFILE:-dist}
wasm_opt=${WASM_OPT:-}
out=target/npm
package=$out/package
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)

rustup target list --installed 2>/dev/null | grep -qx wasm32-wasip1 || rustup target add wasm32-wasip1 >/dev/null
# The stack is as large as that of a program's main thread: what is nested as deeply as the limits let it needs no less.
cargo build --locked --quiet --profile "$profile" -p friendboard-wasm --target wasm32-wasip1 --no-default-features \
  --features command-line,bundled-fonts,complex-scripts,decode-png,decode-jpeg,decode-webp,decode-gif \
  --config 'target.wasm32-wasip1.rustflags=["-C", "link-arg=-zstack-size=8388608"]'

rm -rf "$package" "$out/friendboard-$version.tgz"
mkdir -p "$package/game" "$package/schemas"
cp -R assets/npm/bin assets/npm/lib assets/npm/index.js assets/npm/index.d.ts assets/npm/README.md LICENSE-MIT LICENSE-APACHE "$package/"
sed "s/\"version\": \".*\"/\"version\": \"$version\"/" assets/npm/package.json > "$package/package.json"
cp assets/friendboard-types.d.ts "$package/"
cp assets/*.schema.json assets/template.xsd "$package/schemas/"
cp assets/open-data-context/friendboard.js assets/open-data-context/friendboard.d.ts "$package/game/"
# The runtime is CommonJS, as games take it.
echo '{ "type": "commonjs" }' > "$package/game/package.json"

built=target/wasm32-wasip1/$profile/friendboard_wasm.wasm
if [ -n "$wasm_opt" ]; then
  "$wasm_opt" -O --all-features --strip-debug --strip-producers "$built" -o "$package/friendboard.wasm"
else
  cp "$built" "$package/friendboard.wasm"
fi

npm pack --silent --pack-destination "$out" "./$package" >/dev/null
printf '%s: %s KB; its module %s KB, as built %s KB\n' "$out/friendboard-$version.tgz" \
  "$(($(wc -c < "$out/friendboard-$version.tgz") / 1000))" "$(($(wc -c < "$package/friendboard.wasm") / 1000))" "$(($(wc -c < "$built") / 1000))"
