// The modules under test: `FRIENDBOARD_WASM` and `FRIENDBOARD_CANVAS2D`, or where CI puts them.
import { readFileSync } from "node:fs";

const target = (path) => new URL(`../../../../target/${path}`, import.meta.url);

/** The pixels painter's module, with fonts. */
export const pixels = readFileSync(process.env.FRIENDBOARD_WASM ?? target("wasm32-unknown-unknown/release/friendboard_wasm.wasm"));
/** The canvas2d painter's module, as `node modules.mjs` makes it. */
export const canvas2d = readFileSync(process.env.FRIENDBOARD_CANVAS2D ?? target("game-modules/canvas2d.wasm"));
/** The pixels painter's, compiled once for all tests of a file. */
export const compiled = new WebAssembly.Module(pixels);
