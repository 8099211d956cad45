// Builds the runtime: one file for the game, and its types.
//
//   node build.mjs            writes assets/open-data-context/friendboard.js and friendboard.d.ts
//   node build.mjs --check    says whether they are what the sources make, and writes nothing
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../../../assets/open-data-context/");
const note = "// friendboard: the open data context's side of a board. MIT OR Apache-2.0. Made from src/host/runtime; change it there.";

const { outputFiles } = await build({
  entryPoints: [here("source/index.ts")],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "friendboard",
  target: "es2017",
  charset: "utf8",
  legalComments: "none",
  banner: { js: note },
  footer: { js: 'if (typeof module === "object" && module.exports) {\n  module.exports = friendboard;\n}' },
});
const files = {
  "friendboard.js": outputFiles[0].text,
  "friendboard.d.ts": `${note}\n\n${readFileSync(here("source/options.ts"), "utf8")}\nexport as namespace friendboard;\n`,
};

const check = process.argv.includes("--check");
mkdirSync(out, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  if (!check) {
    writeFileSync(out + name, text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  } else if (readFileSync(out + name, "utf8") !== text) {
    console.error(`${name} is not what src/host/runtime makes: run \`node build.mjs\` there`);
    process.exitCode = 1;
  }
}
