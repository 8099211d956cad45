// Draws the requests of `golden/requests` with the WASM module, and holds its pictures against the references that the
// native program is held against: `expected.hashes`, a line a picture.
//
//   cargo build --release -p friendboard-wasm --target wasm32-unknown-unknown
//   node tests/wasm/render.mjs [MODULE]
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const requests = new URL("golden/requests/", root);
const module = process.argv[2] ?? new URL("target/wasm32-unknown-unknown/release/friendboard_wasm.wasm", root);
const { instance } = await WebAssembly.instantiate(readFileSync(module), { friendboard: { measure: () => 0 } });
const friendboard = instance.exports;

let found = "";
for (const file of readdirSync(requests).filter((name) => name.endsWith(".json")).sort()) {
  const request = readFileSync(new URL(file, requests));
  const at = friendboard.friendboard_request(request.length);
  new Uint8Array(friendboard.memory.buffer, at, request.length).set(request);
  const drawn = friendboard.friendboard_render();
  const [report, length] = [friendboard.friendboard_report(), friendboard.friendboard_report_length()];
  if (drawn !== 1) {
    throw new Error(`${file}: ${new TextDecoder().decode(new Uint8Array(friendboard.memory.buffer, report, length))}`);
  }
  const [width, height] = [friendboard.friendboard_width(), friendboard.friendboard_height()];
  const pixels = new Uint8Array(friendboard.memory.buffer, friendboard.friendboard_pixels(), width * height * 4);
  const digest = createHash("sha256").update(pixels).digest("hex");
  found += `sha256 ${digest} ${width}x${height} ${file.replace(/\.json$/, "")}\n`;
}
friendboard.friendboard_release();
const expected = readFileSync(new URL("expected.hashes", requests), "utf8");
if (found !== expected) {
  console.error(`the module draws other bytes than the native library\nexpected:\n${expected}found:\n${found}`);
  process.exit(1);
}
process.stdout.write(found);
