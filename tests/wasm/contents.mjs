// Looks into a WASM module for what it must not hold: faces of assets/fonts, and decoders of pictures.
//
//   node tests/wasm/contents.mjs MODULE [none | fonts,decoders]     what may be in it; without a word, nothing may
import { readFileSync, readdirSync } from "node:fs";

const [file, allowed = "none"] = process.argv.slice(2);
const module = readFileSync(file);
const may = new Set(allowed.split(","));
const found = { fonts: [], decoders: [] };

const fonts = new URL("../../assets/fonts/", import.meta.url);
for (const name of readdirSync(fonts).filter((name) => /\.(ttf|otf)$/.test(name))) {
  const bytes = readFileSync(new URL(name, fonts));
  // A part from the middle: a head could be any font's.
  if (module.includes(bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 64))) {
    found.fonts.push(name);
  }
}
// The places that a decoder's panics name. What writes pictures stands in the same packages, in files of its own.
const decoders = /\/((?:png-[\d.]+\/src\/decoder|image-webp-[\d.]+\/src\/(?!encoder\b)\w+|zune-jpeg-[\d.]+|gif-[\d.]+\/src\/reader))/g;
found.decoders = [...new Set(Array.from(module.toString("latin1").matchAll(decoders), (match) => match[1]))];
console.log(`${file}: ${module.length} bytes, fonts: ${found.fonts.length}, decoders: ${found.decoders.join(" ") || "none"}`);
for (const [what, list] of Object.entries(found)) {
  if (list.length > 0 && !may.has(what)) {
    console.error(`the module must hold no ${what}, found ${list.join(", ")}`);
    process.exitCode = 1;
  }
}
