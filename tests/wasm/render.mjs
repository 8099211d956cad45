// Draws the requests beside it with the WASM module and compares the pictures' hashes with `hashes.txt`, which the
// native test `tests/wasm.rs` wrote and compares with too.
//
//   cargo build --release -p friendboard-wasm --target wasm32-unknown-unknown
//   node tests/wasm/render.mjs [MODULE]
import { readFileSync, readdirSync } from "node:fs";

const here = new URL(".", import.meta.url);
const module = process.argv[2] ?? new URL("../../target/wasm32-unknown-unknown/release/friendboard_wasm.wasm", here);
const { instance } = await WebAssembly.instantiate(readFileSync(module), {});
const friendboard = instance.exports;

// FNV-1a, 32 bits, from the front and from the back.
function hash(bytes) {
  let front = 0x811c9dc5;
  let back = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index += 1) {
    front = Math.imul(front ^ bytes[index], 0x01000193);
    back = Math.imul(back ^ bytes[bytes.length - 1 - index], 0x01000193);
  }
  return [front, back].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}

let found = "";
for (const name of readdirSync(new URL("requests/", here)).sort()) {
  const request = readFileSync(new URL(`requests/${name}`, here));
  const at = friendboard.friendboard_request(request.length);
  new Uint8Array(friendboard.memory.buffer, at, request.length).set(request);
  const drawn = friendboard.friendboard_render();
  const [report, length] = [friendboard.friendboard_report(), friendboard.friendboard_report_length()];
  if (drawn !== 1) {
    throw new Error(`${name}: ${new TextDecoder().decode(new Uint8Array(friendboard.memory.buffer, report, length))}`);
  }
  const [width, height] = [friendboard.friendboard_width(), friendboard.friendboard_height()];
  const pixels = new Uint8Array(friendboard.memory.buffer, friendboard.friendboard_pixels(), width * height * 4);
  found += `${name} ${width}x${height} ${hash(pixels)}\n`;
}
friendboard.friendboard_release();
const expected = readFileSync(new URL("hashes.txt", here), "utf8");
if (found !== expected) {
  console.error(`the module draws other bytes than the native library\nexpected:\n${expected}found:\n${found}`);
  process.exit(1);
}
process.stdout.write(found);
