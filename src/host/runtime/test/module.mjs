// The module under test: `FRIENDBOARD_WASM`, or what a release build makes.
import { readFileSync } from "node:fs";

const built = new URL("../../../../target/wasm32-unknown-unknown/release/friendboard_wasm.wasm", import.meta.url);

/** Compiled once for all tests of a file. */
export const compiled = new WebAssembly.Module(readFileSync(process.env.FRIENDBOARD_WASM ?? built));
