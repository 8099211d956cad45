// The WebAssembly module: compiled once a process, and only as much of it as runs.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");

/** The last Node whose engine is known to know the flags below: of one that it does not know it would complain. */
const NEWEST = 24;
/** What the engine is told before it sees the module. */
const FLAGS = [
  // A command runs a small part of the module.
  "--wasm-lazy-validation",
  // It ends before compiling any of that once more pays, which is what half of its time went to; what runs for long still is.
  "--wasm-tiering-budget=80000000",
  // Node 20 calls WASI's functions by a shortcut that breaks the heap once a process has several instances.
  "--no-turbo-fast-api-calls",
];

let made;

/** The compiled module of the command line and of `render`. */
function compiled() {
  if (made === undefined) {
    if (Number.parseInt(process.versions.node, 10) <= NEWEST) FLAGS.forEach((flag) => setFlagsFromString(flag));
    made = new WebAssembly.Module(readFileSync(join(__dirname, "../friendboard.wasm")));
  }
  return made;
}

exports.compiled = compiled;
