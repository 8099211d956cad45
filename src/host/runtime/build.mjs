// Builds the runtime: one file for the game, and its types.
//
//   node build.mjs            writes assets/open-data-context/friendboard.js, friendboard.d.ts and the main domain's game/*.js
//   node build.mjs --check    says whether they are what the sources make, and writes nothing
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../../../assets/open-data-context/");
const note = "// friendboard: the open data context's side of a board. MIT OR Apache-2.0. Made from src/host/runtime; change it there.";

const bundle = async (entry, format) => {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    write: false,
    ...format,
    target: "es2017",
    charset: "utf8",
    legalComments: "none",
  });
  return outputFiles[0].text;
};
const shared = (name) => ({
  format: "iife",
  globalName: name,
  banner: { js: note },
  footer: { js: `if (typeof module === "object" && module.exports) {\n  module.exports = ${name};\n}` },
});
const files = {
  // Nobody changes it in a game, and it is small so: two thirds, packed.
  "friendboard.js": await bundle("source/index.ts", { ...shared("friendboard"), minify: true }),
  "friendboard.d.ts": `${note}\n\n${readFileSync(here("source/options.ts"), "utf8")}\nexport as namespace friendboard;\n`,
};
for (const engine of ["none", "cocos", "laya", "egret", "unity"]) {
  files[`game/${engine}.js`] = await bundle(`game/${engine}.ts`, shared("friendboardGame"));
}

const check = process.argv.includes("--check");
mkdirSync(`${out}game`, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  if (!check) {
    writeFileSync(out + name, text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  } else if (readFileSync(out + name, "utf8") !== text) {
    console.error(`${name} is not what src/host/runtime makes: run \`node build.mjs\` there`);
    process.exitCode = 1;
  }
}
