// Counts the instructions of the workload's drawings (`benches/workload/counted.rs`), and holds them to what was recorded: unlike
// times, counts are the same on a busy machine. Needs valgrind.
//
//   node benches/instructions/count.mjs             fails where one is over the recorded count by more than 3%
//   node benches/instructions/count.mjs --record    writes down what was counted
//
// What is counted is the test build, which is there once `cargo test` has run, so that counting costs a minute and not a build of
// its own. Its figures are not those of a release (`cargo bench --bench workload`); what grows in one grows in the other.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here("../..");
const recordedIn = here("recorded.json");
const GROWTH_MOST = 1.03;
// As `NAMES` of `counted.rs`: the board, the card, their files, a scroll frame, a new score, a cold start.
const NAMES = ["board", "board-png", "card", "card-png", "scroll", "score", "start"];

const text = (command, options) => execFileSync(command, options, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

/** The workload's test build: built where it is not there yet. */
function program() {
  const lines = text("cargo", ["test", "--locked", "--quiet", "--bench", "workload", "--no-run", "--message-format=json"]).split("\n");
  const artifacts = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const built = artifacts.find(({ executable, target }) => executable && target.name === "workload");
  if (!built) throw new Error("cargo names no executable of the bench named workload");
  return built.executable;
}

const run = promisify(execFile);

/** How many instructions were taken while `counted::counted` was run. */
async function count(executable, name, folder) {
  const out = join(folder, name);
  const valgrind = ["--tool=callgrind", `--callgrind-out-file=${out}`, "--collect-atstart=no", "--toggle-collect=*counted::counted*"];
  // Otherwise the widest copy that this machine's processor has would be counted.
  const env = { ...process.env, GLIBC_TUNABLES: "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM" };
  await run("valgrind", [...valgrind, executable, "count", name], { cwd: root, env, maxBuffer: 1 << 26 });
  const found = /^(?:summary|totals): (\d+)/m.exec(readFileSync(out, "utf8"));
  const instructions = found ? Number(found[1]) : 0;
  if (instructions === 0) throw new Error(`${name}: nothing was counted: is counted::counted still called so, and not inlined?`);
  return instructions;
}

const record = process.argv.includes("--record");
const rustc = text("rustc", ["--version"]).trim();
const executable = program();
const folder = mkdtempSync(join(tmpdir(), "friendboard-instructions-"));
const counts = {};
try {
  // Two at a time, as counts do not mind who else is running.
  const waiting = [...NAMES];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) counts[name] = await count(executable, name, folder);
  };
  await Promise.all([worker(), worker()]);
} finally {
  rmSync(folder, { recursive: true });
}
const known = record ? { counts: {} } : JSON.parse(readFileSync(recordedIn, "utf8"));
for (const name of NAMES) {
  const before = known.counts[name];
  const beside = before ? `, recorded ${before}, ${((counts[name] / before - 1) * 100).toFixed(1)}%` : "";
  console.log(`${name}: ${counts[name]} instructions${beside}`);
  if (record) continue;
  if (!before || counts[name] > before * GROWTH_MOST) {
    const compiler = known.rustc === rustc ? "" : ` (recorded with ${known.rustc}, counted with ${rustc}, which may be all that is behind it)`;
    console.error(`${name}: more than 3% over what was recorded${compiler}: take it out, or record it by \`node benches/instructions/count.mjs --record\` and say why`);
    process.exitCode = 1;
  }
}
if (record) {
  const sorted = Object.fromEntries(NAMES.map((name) => [name, counts[name]]));
  writeFileSync(recordedIn, `${JSON.stringify({ rustc, counts: sorted }, undefined, 2)}\n`);
}
