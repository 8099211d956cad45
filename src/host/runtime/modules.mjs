// Builds the modules that `friendboard init` writes, small and for old phones, packed into assets/open-data-context.
//
//   node modules.mjs            builds, packs and records them (rustup target add wasm32-unknown-unknown; npm ci)
//   node modules.mjs --check    builds them, prints the sizes, and fails where one is over the recorded one by more than 2%,
//                               or where what is packed is not what was recorded
//   node modules.mjs --only canvas2d     one of them, to measure; nothing is written
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import binaryen from "binaryen";
import { transform } from "esbuild";
import { withCopies } from "./copies.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("../../../");
const out = here("../../../assets/open-data-context/");
const work = here("../../../target/game-modules/");
const GROWTH_MOST = 1.02;

const PAINTERS = { canvas2d: [], pixels: ["--features", "pixels"] };

/** Compiles a painter's module; gives its bytes. */
function compile(painter) {
  const command = ["build", "--locked", "--quiet", "--profile", "module", "-p", "friendboard-wasm", "--no-default-features"];
  const env = { ...process.env, CARGO_INCREMENTAL: "0" };
  execFileSync("cargo", [...command, ...PAINTERS[painter], "--target", "wasm32-unknown-unknown"], { cwd: root, stdio: "inherit", env });
  return readFileSync(`${root}target/wasm32-unknown-unknown/module/friendboard_wasm.wasm`);
}

/** Takes out what old phones have not (globals among the exports, newer instructions) and what nobody needs. */
function shrink(bytes) {
  const module = binaryen.readBinary(bytes);
  for (let index = module.getNumExports() - 1; index >= 0; index -= 1) {
    const { name, kind } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (kind === binaryen.ExternalGlobal) module.removeExport(name);
  }
  writeFileSync(`${work}compiled.wasm`, module.emitBinary());
  module.dispose();
  const features = ["bulk-memory", "bulk-memory-opt", "sign-ext", "nontrapping-float-to-int", "mutable-globals", "reference-types", "multivalue"];
  const optimise = (from, to, passes) => {
    const options = [...features.map((feature) => `--enable-${feature}`), ...passes, `${work}${from}.wasm`, "-o", `${work}${to}.wasm`];
    execFileSync(here("node_modules/.bin/wasm-opt"), options, { stdio: "inherit" });
    return readFileSync(`${work}${to}.wasm`);
  };
  writeFileSync(`${work}copying.wasm`, withCopies(binaryen, optimise("compiled", "lowered", ["--llvm-memory-copy-fill-lowering"])));
  const lower = ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering"];
  // rustc has put into one function what belongs there; more of it makes what is packed larger.
  const small = ["-Oz", "--one-caller-inline-max-function-size", "0", "--flexible-inline-max-function-size", "0", "--always-inline-max-function-size", "0"];
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  writeFileSync(`${work}once.wasm`, optimise("copying", "small", [...lower, ...small]));
  // What the first round leaves behind, the second finds.
  return optimise("once", "small", [...small, ...strip]);
}

/** The same module as plain JavaScript: `module.exports = {instantiate(imports)}`, which gives the exports. */
async function plain(bytes) {
  writeFileSync(`${work}lowered.wasm`, bytes);
  const made = `${work}plain.js`;
  execFileSync(here("node_modules/.bin/wasm2js"), ["-O3", `${work}lowered.wasm`, "-o", made], { stdio: "inherit" });
  // What it writes is a module of the newer kind around one function, which is all that is wanted.
  const text = readFileSync(made, "utf8").replace(/^import .*$/gm, "");
  const end = text.lastIndexOf("var retasmFunc = asmFunc(");
  if (end < 0) throw new Error("wasm2js writes something else than it did: look at target/game-modules/plain.js");
  const whole = `(function () {\n${text.slice(0, end)}\nmodule.exports = { instantiate: asmFunc };\n})();`;
  const { code } = await transform(whole, { minify: true, target: "es2017", legalComments: "none" });
  return Buffer.from(`// friendboard: the canvas2d module as plain JavaScript. MIT OR Apache-2.0.\n${code}`);
}

const pack = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** What the runtime can call: a module of other exports is another module, whatever its size. */
const exportsOf = (bytes) => WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name).sort().join(" ");

mkdirSync(work, { recursive: true });
const check = process.argv.includes("--check");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const recorded = check ? JSON.parse(readFileSync(`${out}modules.json`, "utf8")) : {};
const built = {};
for (const painter of Object.keys(PAINTERS).filter((name) => !only || name === only)) {
  const small = shrink(compile(painter));
  writeFileSync(`${work}${painter}.wasm`, small);
  built[`${painter}.wasm`] = small;
  // Of the modules only: how they are packed as JavaScript follows from them, and takes as long again.
  if (painter === "canvas2d" && !check && !only) built["canvas2d.wasm.js"] = await plain(small);
}
const runtime = readFileSync(`${out}friendboard.js`);
console.log(`friendboard.js: ${runtime.length} bytes, packed ${pack(runtime).length}`);
const record = {};
for (const [name, bytes] of Object.entries(built)) {
  const packed = pack(bytes);
  record[name] = { bytes: bytes.length, packed: packed.length, sha256: hash(packed) };
  const known = recorded[name];
  console.log(`${name}: ${bytes.length} bytes, packed ${packed.length}${known ? `, recorded ${known.packed}` : ""}`);
  if (!check && !only) writeFileSync(`${out}${name}.br`, packed);
  if (!known) continue;
  const fail = (why) => {
    console.error(`${name}: ${why}`);
    process.exitCode = 1;
  };
  if (packed.length > known.packed * GROWTH_MOST) fail(`it has grown by more than 2%: take out what it need not have, or record it by \`node modules.mjs\``);
  if (exportsOf(brotliDecompressSync(readFileSync(`${out}${name}.br`))) !== exportsOf(bytes)) fail("what is packed has other exports: run `node modules.mjs`");
}
for (const [name, known] of Object.entries(recorded)) {
  if (hash(readFileSync(`${out}${name}.br`)) !== known.sha256) {
    console.error(`${name}.br is not what was recorded: run \`node modules.mjs\``);
    process.exitCode = 1;
  }
}
if (!check && !only) writeFileSync(`${out}modules.json`, `${JSON.stringify(record, undefined, 2)}\n`);
