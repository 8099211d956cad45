// Memory is copied and filled as the instructions would do it.
import assert from "node:assert/strict";
import test from "node:test";
import binaryen from "binaryen";
import { COPIES } from "../copies.mjs";

test("copies and fills are those of the instructions, however they overlap", () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(withMemory().emitBinary()));
  const memory = new Uint8Array(exports.memory.buffer, 0, 256);
  let state = 7;
  const random = (below) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
  for (let round = 0; round < 2_000; round += 1) {
    memory.forEach((_, index) => (memory[index] = random(256)));
    const expected = memory.slice();
    const size = random(100);
    const [to, from] = round % 3 === 0 ? [50 + random(12), 50 + random(12)] : [random(150), random(150)];
    if (round % 2 === 0) {
      exports.copy(to, from, size);
      expected.copyWithin(to, from, from + size);
    } else {
      exports.fill(to, from * 1_001, size);
      expected.fill((from * 1_001) & 255, to, to + size);
    }
    assert.deepEqual(memory, expected, `${to} ${from} ${size}`);
  }
});

function withMemory() {
  const module = binaryen.parseText(COPIES);
  module.addMemoryExport("0", "memory");
  return module;
}
