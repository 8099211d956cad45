// The WebAssembly module: compiled once a process, and only as much of it as runs.
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

let compiled;

/** The compiled module of the command line and of `render`. */
export function module() {
  if (compiled === undefined) {
    // A command runs a small part of it, and ends before more than that pays.
    for (const flag of ["--wasm-lazy-compilation", "--wasm-lazy-validation"]) setFlagsFromString(flag);
    compiled = new WebAssembly.Module(readFileSync(new URL("../friendboard.wasm", import.meta.url)));
  }
  return compiled;
}
