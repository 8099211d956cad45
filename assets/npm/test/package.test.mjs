// The tarball, installed into an empty folder without a network: its README is followed, and what it does is compared with what
// the native program does. FRIENDBOARD names that program, or it is where cargo puts it; FRIENDBOARD_TARBALL the tarball.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const native = process.env.FRIENDBOARD ?? join(repository, "target/debug/friendboard");
const { version } = JSON.parse(readFileSync(join(repository, "assets/npm/package.json"), "utf8"));
const tarball = process.env.FRIENDBOARD_TARBALL ?? join(repository, `target/npm/friendboard-${version}.tgz`);

const place = mkdtempSync(join(tmpdir(), "friendboard-npm-"));
after(() => rmSync(place, { recursive: true }));
// npm as somebody has it who has never used it, and no way out.
const environment = { ...process.env, npm_config_cache: join(place, "cache"), npm_config_update_notifier: "false" };
const home = join(place, "home");
mkdirSync(home);
writeFileSync(join(home, "package.json"), "{}\n");
execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: home, env: environment, stdio: "pipe" });
const installed = join(home, "node_modules/friendboard");
const { FriendboardError, golden, render, run } = await import(pathToFileURL(join(installed, "index.js")));
const program = join(home, "node_modules/.bin/friendboard");

/** A folder of its own with these files in it. */
function folder(files = {}) {
  const made = mkdtempSync(join(place, "in-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
  return made;
}

/** What a command says, without how long it took, and the system's own number of an error. */
const timeless = (bytes) =>
  bytes.toString().replace(/^[0-9.]+ ms: .*$/gm, "TIMES").replace(/"milliseconds":(\{[^}]*\}|[0-9.e+-]+)/g, "TIMES").replace(/\d+(\.\d+)? (ms|s)\b/g, "TIME").replace(/ \(os error \d+\)/g, "");

/** All files below a folder, by their path. */
function files(below, prefix = "") {
  return readdirSync(join(below, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = join(prefix, entry.name);
    return entry.isDirectory() ? files(below, name) : [[name, readFileSync(join(below, name))]];
  });
}

/** Runs a command both ways, each in a folder of its own with the same files; asserts that all that comes of it is the same. */
function both(args, inputs = {}, setup = () => {}) {
  const [here, there] = [folder(inputs), folder(inputs)];
  [here, there].forEach(setup);
  const ours = run(args, { folder: here, capture: true });
  const theirs = spawnSync(native, args, { cwd: there });
  const named = args.join(" ");
  // The same folders would have the same names.
  const said = (bytes, own) => timeless(bytes).replaceAll(own, "FOLDER");
  assert.equal(said(ours.errors, here), said(theirs.stderr, there), named);
  assert.equal(ours.status, theirs.status, named);
  if (args.includes("-")) assert.ok(ours.output.equals(theirs.stdout), named);
  else assert.equal(said(ours.output, here), said(theirs.stdout, there), named);
  const [made, expected] = [files(here), files(there)];
  assert.deepEqual(made.map(([name]) => name), expected.map(([name]) => name), named);
  made.forEach(([name, bytes], index) => assert.ok(bytes.equals(expected[index][1]), `${named}: ${name} has other bytes`));
  return { ...ours, made };
}

const FRIENDS = JSON.stringify({
  data: [
    { openid: "o1", nickname: "Ann 🦊", avatarUrl: "ann.png", KVDataList: [{ key: "score", value: "1204" }] },
    { openid: "o2", nickname: "李明", KVDataList: [{ key: "score", value: "980" }] },
    { openid: "o3", nickname: "نورا", avatarUrl: "cut.png", KVDataList: [{ key: "score", value: "977" }] },
  ],
});
const avatar = readFileSync(join(repository, "assets/example/avatars/fox.png"));
const INPUTS = { "friends.json": FRIENDS, "ann.png": avatar, "cut.png": avatar.subarray(0, 400) };

test("the package is all that is installed, and runs nothing when it is", () => {
  const found = readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."));
  assert.deepEqual(found, ["friendboard"]);
  const { dependencies, scripts, version: told } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  assert.deepEqual([dependencies, scripts, told], [undefined, undefined, version]);
});

test("it has the runtime of games, the schemas and the types", () => {
  const require = createRequire(join(home, "game.js"));
  assert.equal(typeof require("friendboard/game").start, "function");
  assert.equal(require("friendboard/schema.json").title, "A request to friendboard");
  assert.ok(require("friendboard/schemas/style.schema.json").$defs.activeStyle !== undefined);
  const types = readFileSync(join(installed, "index.d.ts"), "utf8");
  for (const [, file] of types.matchAll(/from "\.\/(.*?)\.js"/g)) assert.ok(statSync(join(installed, `${file}.d.ts`)).isFile());
  for (const name of ["render", "golden", "run", "FriendboardError"]) assert.match(types, new RegExp(`export (function|class) ${name}\\b`));
});

test("its README can be followed literally", () => {
  const guide = readFileSync(join(installed, "README.md"), "utf8").split("\n");
  const [where, env] = [folder({ "package.json": "{}\n" }), environment];
  let [said, blocks] = ["", 0];
  while (guide.length > 0) {
    const opened = /^```(\w+) ?(.*)$/.exec(guide.shift());
    if (opened === null) continue;
    const text = guide.splice(0, guide.indexOf("```")).join("\n") + "\n";
    guide.shift();
    blocks += 1;
    const [, language, name] = opened;
    if (name !== "") writeFileSync(join(where, name), text);
    else if (language === "text") for (const line of text.trim().split("\n")) assert.ok(said.includes(line), `'${line}' is not in:\n${said}`);
    else {
      const script = text.replace("npm install friendboard", `npm install --offline --no-audit --no-fund '${tarball}'`);
      const shell = spawnSync("sh", ["-eu", "-c", script], { cwd: where, env, encoding: "utf8" });
      said = shell.stdout + shell.stderr;
      assert.equal(shell.status, 0, `${text}${said}`);
    }
  }
  assert.ok(blocks >= 11, `${blocks} blocks`);
  assert.ok(files(where, "mygame").length >= 4);
});

test("pictures have the bytes of the native program's", () => {
  both(["render"]);
  both(["render", "--data", "friends.json", "--board", "podium", "--size", "360x640", "--dpr", "2", "--theme", "dark", "-o", "a.png"], INPUTS);
  both(["render", "--data", "friends.json", "--locale", "ar", "--theme", "neon", "-o", "a.webp"], INPUTS);
  both(["render", "--board", "weekly", "--var", "daysLeft=3", "--report", "json", "-o", "a.jpg"]);
  both(["render", "--data", "friends.json", "-o", "a.rgba"], INPUTS);
  both(["render", "-o", "-"]);
  both(["share-image", "invite", "--title", "Ann's game", "-o", "invite.png"]);
});

test("what is no picture is the same, too", () => {
  for (const args of [["--version"], ["render", "--help"], ["golden", "run", "--help"], ["boards"], ["limits"], ["schema", "theme"], ["explain", "flexDirection"], ["explain", "flexDirektion"]])
    both(args);
  both(["boards", "--export", "podium", "mine"]);
  both(["layout", "--board", "podium", "--data", "friends.json"], INPUTS);
  both(["fonts", "--data", "friends.json", "-o", "small.ttf"], INPUTS);
  both(["init", "game", "--platform", "wechat", "--painter", "canvas2d"]);
  both(["doctor", "."], { "game.json": "{}" });
});

test("what is wrong is said in the same words, with the same exit status", () => {
  for (const args of [["rendr"], ["render", "--sise", "3x3"], ["render", "--size", "0x3"], ["render", "--board", "podum"], ["render", "-o", "a.bmp"], ["explain", "nothing-at-all"], ["golden", "rum"]])
    both(args);
  for (const [name, content] of [["a.json", "{"], ["b.json", Buffer.from([0x22, 0xff, 0x22])], ["c.json", ""], ["d.json", "[".repeat(9000)]])
    both(["render", "--data", name, "-o", "x.png"], { [name]: content });
  both(["render", "--data", "nowhere.json"]);
  const of = run(["render", "--data", "."], { folder: folder(), capture: true });
  assert.match(of.errors.toString(), /is a directory/);
  both(["render", "--strict", "--data", "friends.json", "-o", "x.png"], INPUTS);
  both(["render", "--data", "friends.json", "-o", "missing/x.png"], INPUTS);
  both(["check", "a.xml", "a.json"], { "a.xml": '<view class="a"><txt value="x"/></view>', "a.json": '{"a": {"colour": "red"}}' });
  both(["check", "a.xml", "a.json"], { "a.xml": "<view>".repeat(3000), "a.json": "{}" });
});

test("a session of play gives the same events and pictures", () => {
  const source = join(repository, "golden/play/fling");
  both(["play", "fling/script.json", "--out", "out"], {}, (at) => cpSync(source, join(at, "fling"), { recursive: true }));
});

test("picture tests have the same verdicts natively, here, and with one and two jobs", () => {
  // All of the repository's own, which are right natively as `cargo test --test golden` says, but games' own scripts.
  const all = readdirSync(join(repository, "golden")).filter((name) => name !== "scripts").map((name) => join("golden", name));
  const whole = all.filter((path) => files(join(repository, path)).some(([name]) => /(^|\/)(case\.toml|script\.json)$/.test(name)));
  const everything = run(["golden", "run", ...whole], { folder: repository, capture: true });
  assert.equal(everything.status, 0, `${everything.output}${everything.errors}`);
  assert.ok(Number(/^(\d+) pictures as accepted/.exec(everything.output)[1]) > 150, everything.output.toString());
  // A share of them, a session and a card among them, goes wrong.
  const cases = ["golden/boards/leaderboard-light-1x", "golden/boards/podium-dark-1x", "golden/play/fling", "golden/share-cards/douyin-video"];
  const verdicts = (at, jobs) => {
    const args = ["golden", "run", ...cases, "--json", "--jobs", String(jobs)];
    const [ours, theirs] = [run(args, { folder: at, capture: true }), spawnSync(native, args, { cwd: at })];
    assert.equal(timeless(ours.output), timeless(theirs.stdout));
    assert.equal(ours.status, theirs.status);
    return ours;
  };
  const at = folder();
  for (const path of [...cases, "golden/share", "assets/example"]) cpSync(join(repository, path), join(at, path), { recursive: true });
  assert.equal(verdicts(at, 1).status, 0);
  assert.equal(verdicts(at, 2).status, 0);
  // One that fails does so in both, and is accepted here.
  const other = readFileSync(join(at, cases[1], "expected.png"));
  writeFileSync(join(at, cases[0], "expected.png"), other);
  assert.equal(verdicts(at, 1).status, 1);
  const before = readFileSync(join(repository, cases[0], "expected.png"));
  assert.equal(run(["golden", "accept", ...cases, "--in-ci"], { folder: at, capture: true }).status, 0);
  assert.ok(readFileSync(join(at, cases[0], "expected.png")).equals(before));
  assert.equal(verdicts(at, 2).status, 0);
});

test("whatever fails has the same verdict natively, here, and with one and two jobs", () => {
  const at = folder();
  const sheet = (color) => `{"board": {"padding": 6, "backgroundColor": "${color}"}, "name": {"fontSize": 14, "color": "#222222"}}`;
  const make = (name, toml = "", files = {}) => {
    mkdirSync(join(at, "golden", name), { recursive: true });
    const made = {
      "case.toml": `${toml.includes("template =") ? "" : 'template = "board.xml"\nstyles = ["board.json"]\n'}sizes = ["90x60"]\n${toml}`,
      "board.xml": '<view class="board"><text id="name" class="name" value="Ann"/></view>', "board.json": sheet("#ffffff"), ...files,
    };
    for (const [file, content] of Object.entries(made)) writeFileSync(join(at, "golden", name, file), content);
  };
  const change = (name, file, content) => writeFileSync(join(at, "golden", name, file), content);
  for (const name of ["pixels", "fine", "broken", "size", "stale"]) make(name);
  for (const name of ["missing", "twice"]) make(name);
  make("near", '[tolerance]\nchannel = 3\nreason = "a test"\n');
  make("alike", '[tolerance]\nsimilarity = 0.9999\nblur = 1\nreason = "a test"\n');
  make("hashes", 'references = "hashes"\nthemes = ["light", "dark"]\n');
  make("unmet", '[expect]\nboxes = ["#name.width <= 3"]\nno_cut_text = true\ncontrast = 4.5\n');
  make("skipped", 'skip = "a reason"\n');
  make("none", 'references = "none"\n');
  make("same", 'same_as = "../pixels"\n');
  make("error", '[expect]\nerror = "board.xml:"\n', { "board.xml": "<view>" });
  make("session", '', {
    "case.toml": 'play = "script.json"\n',
    "script.json": JSON.stringify({ template: "board.xml", style: "board.json", canvas: { width: 90, height: 60 },
      steps: [{ at: 0, message: { command: "render" } }, { at: 50, snapshot: "there" }] }),
  });
  run(["golden", "accept", "--in-ci", "--jobs", "2"], { folder: at, capture: true });
  // What each of them fails by.
  for (const name of ["pixels", "near", "alike", "hashes", "session"]) change(name, "board.json", sheet("#fefefe"));
  for (const name of ["alike", "hashes", "session"]) change(name, "board.json", sheet("#204060"));
  rmSync(join(at, "golden/missing/expected.png"));
  change("broken", "expected.png", other(join(at, "golden/fine/expected.png")));
  change("size", "case.toml", 'template = "board.xml"\nstyles = ["board.json"]\nsizes = ["91x60"]\n');
  change("stale", "expected-dark.png", readFileSync(join(at, "golden/fine/expected.png")));
  change("twice", "board.xml", '<view class="board"><txt value="Ann"/></view>');
  make("template", "", { "board.xml": "<view" });
  make("key", "sise = 3\n");
  change("session", "script.json", readFileSync(join(at, "golden/session/script.json"), "utf8").replace('"at":50', '"at":60'));
  const verdict = (command, jobs) => {
    const args = ["golden", "run", "--json", "--jobs", String(jobs)];
    return command === "here" ? run(args, { folder: at, capture: true }) : { output: spawnSync(native, args, { cwd: at }).stdout };
  };
  const [first, ...others] = ["here", "native"].flatMap((command) => [1, 2].map((jobs) => timeless(verdict(command, jobs).output)));
  for (const said of others) assert.equal(said, first);
  const { outcomes } = JSON.parse(first.replaceAll(/"milliseconds":TIMES|TIMES/g, '"milliseconds":0'));
  const codes = new Set(outcomes.flatMap(({ failures }) => failures.map(({ code }) => code)));
  assert.deepEqual([...codes].sort(), ["error", "events", "hash", "missing", "pixels", "reference", "size", "stale", "unmet"]);
  assert.ok(outcomes.some(({ passed, near }) => passed && near) && outcomes.some(({ skipped }) => skipped));
});

/** Half of a file. */
function other(path) {
  const bytes = readFileSync(path);
  return bytes.subarray(0, bytes.length / 2);
}

test("standard streams are read and written, whatever they are", async () => {
  const where = folder(INPUTS);
  const expected = spawnSync(native, ["render", "--data", "friends.json", "-o", "-"], { cwd: where }).stdout;
  const piped = spawnSync(program, ["render", "--data", "-", "--assets", ".", "-o", "-"], { cwd: where, input: FRIENDS });
  assert.ok(piped.stdout.equals(expected), piped.stderr.toString());
  assert.ok(!piped.stderr.includes("Warning"), piped.stderr.toString());
  // A reader that is slower than the writer, and one that goes away.
  const slow = spawnSync("sh", ["-c", `'${program}' render -o - | (sleep 1; cat)`], { cwd: where });
  assert.ok(slow.stdout.equals(spawnSync(native, ["render", "-o", "-"]).stdout));
  const gone = spawn(program, ["schema", "types"], { cwd: where, stdio: ["ignore", "pipe", "pipe"] });
  gone.stdout.destroy();
  let said = "";
  gone.stderr.on("data", (bytes) => (said += bytes));
  const status = await new Promise((resolve) => gone.on("close", resolve));
  assert.deepEqual([status, said], [141, ""]);
});

test("files are replaced whole, with their rights, behind links, wherever the folder is", () => {
  const where = folder(INPUTS);
  mkdirSync(join(where, "below/there"), { recursive: true });
  writeFileSync(join(where, "old.png"), "old");
  chmodSync(join(where, "old.png"), 0o640);
  symlinkSync("../old.png", join(where, "below/link.png"));
  const args = ["render", "--data", "../../friends.json", "-o", "../link.png"];
  const done = run(args, { folder: join(where, "below/there"), capture: true });
  assert.equal(done.status, 0, done.errors.toString());
  const expected = spawnSync(native, ["render", "--data", "friends.json", "-o", "-"], { cwd: where }).stdout;
  assert.ok(readFileSync(join(where, "old.png")).equals(expected));
  assert.equal(statSync(join(where, "old.png")).mode & 0o7777, 0o640);
  const left = files(where).map(([name]) => name).filter((name) => name.endsWith(".tmp"));
  assert.deepEqual(left, []);
  const absolute = run(["render", "-o", join(where, "absolute.png")], { folder: "/", capture: true });
  assert.equal(absolute.status, 0, absolute.errors.toString());
});

test("what a module can't do is one error that says so and what to do", async () => {
  for (const command of ["serve", "sign", "batch", "run"]) {
    const { status, errors } = run([command, "--help-me"], { capture: true });
    assert.equal(status, 2);
    assert.match(errors.toString(), new RegExp(`^error: \`friendboard ${command}\` is not in this build.*native program.*\\n$`));
  }
  const review = run(["golden", "review"], { capture: true });
  assert.match(review.errors.toString(), /^error: `friendboard golden review` is not in this build.*golden run --report DIR/);
  assert.match(run(["render", "--allow-host", "a.example"], { capture: true }).errors.toString(), /reaches no network/);
  const script = run(["play", "script.json", "--out", join(place, "never")], { folder: join(repository, "golden/scripts/tiktok-guide"), capture: true });
  assert.match(script.errors.toString(), /runs no scripts of games.*native program/);
  // A picture of the network is not asked for.
  let asked = 0;
  const server = createServer((_, answer) => answer.end(String((asked += 1)))).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const avatarUrl = `http://127.0.0.1:${server.address().port}/a.png`;
  const where = folder({ "far.json": JSON.stringify({ data: [{ openid: "a", nickname: "A", avatarUrl, score: 1 }] }) });
  const far = run(["render", "--data", "far.json", "-o", "far.png"], { folder: where, capture: true });
  const near = run(["render", "--data", "far.json", "-o", "near.png", "--offline"], { folder: where, capture: true });
  await new Promise((resolve) => server.close(resolve));
  assert.equal(far.status, 1);
  assert.match(far.errors.toString(), /error: 1 picture of the network could not be fetched.*--assets.*--offline.*native program/);
  assert.deepEqual([near.status, asked], [0, 0]);
});

test("render gives the pixels and the PNG of the native program", async () => {
  const where = folder(INPUTS);
  const args = ["render", "--data", "friends.json", "--size", "300x400", "--dpr", "2", "--theme", "dark"];
  const request = { board: "leaderboard", data: JSON.parse(FRIENDS), width: 300, height: 400, dpr: 2, theme: "dark" };
  const picture = (src) => readFileSync(join(where, src));
  const drawn = await render(request, { picture });
  execFileSync(native, [...args, "-o", "a.rgba"], { cwd: where, stdio: "pipe" });
  execFileSync(native, [...args, "-o", "a.png"], { cwd: where, stdio: "pipe" });
  assert.deepEqual([drawn.width, drawn.height], [600, 800]);
  assert.ok(readFileSync(join(where, "a.rgba")).equals(Buffer.from(drawn.pixels.buffer)));
  assert.ok(readFileSync(join(where, "a.png")).equals(drawn.png()));
  assert.deepEqual(drawn.diagnostics.map(({ code, severity }) => [code, severity]), [["missing-picture", "warning"]]);
  // JSON is as good; several at once do not mix, whatever their pictures wait for.
  const many = await Promise.all(
    [100, 300, 200].map((width) => render(JSON.stringify({ ...request, width }), { picture: async (src) => (await 0, picture(src)) })),
  );
  assert.deepEqual(many.map(({ width }) => width), [200, 600, 400]);
  assert.ok(Buffer.from(many[1].pixels.buffer).equals(Buffer.from(drawn.pixels.buffer)));
  // What is its own address needs nobody.
  const src = `data:image/png;base64,${avatar.toString("base64")}`;
  const own = await render({ ...request, data: JSON.parse(FRIENDS.replace("ann.png", src).replace("cut.png", src)) });
  assert.deepEqual(own.diagnostics, []);
});

test("render says what is wrong, and goes on", async () => {
  const request = { width: 300, height: 400 };
  const refused = async (asked, kind, words) =>
    assert.rejects(render(asked), (error) => error instanceof FriendboardError && error.kind === kind && words.test(error.message));
  await refused("{", "usage", /expected JSON/);
  await refused({ ...request, bord: "podium" }, "usage", /did you mean `board`/);
  await refused({ ...request, board: "podum" }, "usage", /podium/);
  await refused({ ...request, width: 1e9 }, "limit", /over the limit/);
  await refused(undefined, "usage", /a request was expected/);
  await refused({ ...request, template: "<view>", styles: ["{}"] }, "template", /view/);
  const failing = { picture: () => Promise.reject(new Error("the disk is gone")) };
  const drawn = await render({ ...request, data: JSON.parse(FRIENDS) }, failing);
  assert.match(drawn.diagnostics[0].message, /ann.png.*the disk is gone/);
  const huge = { picture: () => new Uint8Array(64 * 1024 * 1024) };
  await assert.rejects(render({ ...request, data: JSON.parse(FRIENDS) }, huge), { kind: "limit" });
  assert.equal((await render(request)).width, 300);
});

test("golden fails with what differs", async () => {
  const at = folder();
  cpSync(join(repository, "golden/boards/podium-dark-1x"), join(at, "golden/case"), { recursive: true });
  assert.match(await golden("golden", { folder: at }), /1/);
  rmSync(join(at, "golden/case/expected.png"));
  await assert.rejects(golden("golden", { folder: at }), { kind: "golden", message: /case/ });
});
