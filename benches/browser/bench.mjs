// The same board of a hundred friends at 800×800 in Chromium: friendboard's two painters, and minigame-canvas-engine.
//
//   npm ci && node bench.mjs          after `node modules.mjs` in src/host/runtime, or with the modules that are packed
//   node bench.mjs --shots DIR        writes what each has drawn, to be looked at
//   node bench.mjs --timeline         tells where the time goes: compiling, each call of the module, the canvas
//
// Medians of 20. Each frame is closed by reading one pixel, so that what a browser puts off is counted too. First frame: from
// the engine's script to rows on the canvas, the module compiled and all, with the friends at hand. Loading: from `start` and
// the first message to what is shown while friends are asked for. A score is changed in a list at rest whose first row is in
// sight; the platform answers later, as a phone does.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { chromium } from "playwright-core";

const RUNS = 20;
const assets = new URL("../../assets/", import.meta.url);
const runtime = readFileSync(new URL("open-data-context/friendboard.js", assets), "utf8");
const module = (name) => brotliDecompressSync(readFileSync(new URL(`open-data-context/${name}.wasm.br`, assets))).toString("base64");
const peer = readFileSync(fileURLToPath(import.meta.resolve("minigame-canvas-engine")), "utf8");
const font = readFileSync(new URL("fonts/NotoSansLatin-Regular.ttf", assets)).toString("base64");
const timeline = process.argv.includes("--timeline");
const shots = process.argv.includes("--shots") ? process.argv[process.argv.indexOf("--shots") + 1] : undefined;

const friends = Array.from({ length: 100 }, (_, index) => ({
  openid: `o${index}`,
  nickname: `Player ${String.fromCharCode(65 + (index % 26))}${index}`,
  avatarUrl: "",
  KVDataList: [{ key: "score", value: String(90_000 - index * 17) }],
}));
const look = {
  board: { width: 800, height: 800, backgroundColor: "#f4f6fb" },
  list: { width: 800, height: 800 },
  row: { width: 760, height: 90, marginLeft: 20, marginTop: 10, flexDirection: "row", alignItems: "center", backgroundColor: "#ffffff", borderRadius: 16 },
  rank: { width: 80, height: 40, fontSize: 28, lineHeight: 40, color: "#8892a6", textAlign: "center" },
  face: { width: 60, height: 60, borderRadius: 30, backgroundColor: "#c8d4f0" },
  name: { width: 380, height: 40, marginLeft: 20, fontSize: 28, lineHeight: 40, color: "#1c2333" },
  score: { width: 180, height: 40, fontSize: 28, lineHeight: 40, color: "#1c2333", textAlign: "right" },
};
const template = `<view class="board"><scrollview id="list" class="list" scrollY="true">
  <view for="friend in friends" key="{{ friend.openid }}" class="row"><text class="rank" value="{{ friend.rank }}"/><view class="face"/>
  <text class="name" value="{{ friend.nickname }}"/><text class="score" value="{{ friend.score }}"/></view></scrollview></view>`;

/**
 * Takes the time of what is called: the module's exports and imports, compiling, what the canvas and the engine do. What is
 * within another is taken off from it, so that the sum is what was taken in all, but for the runtime's own.
 */
const CLOCK = `(() => {
  const open = [];
  const clock = (globalThis.clock = {
    phase: "until loading is shown",
    phases: {},
    note(name, taken) {
      const known = ((clock.phases[clock.phase] ||= {})[name] ||= { calls: 0, time: 0 });
      known.calls += 1;
      known.time += taken;
    },
    span(name, call) {
      const entry = { inner: 0 }, from = performance.now();
      open.push(entry);
      try {
        return call();
      } finally {
        const taken = performance.now() - from;
        open.pop();
        if (open.length > 0) open[open.length - 1].inner += taken;
        clock.note(name, taken - entry.inner);
      }
    },
  });
  const { note, span } = clock;
  const wrap = (functions, name) => Object.fromEntries(Object.entries(functions).map(([key, value]) =>
    [key, typeof value === "function" ? (...given) => span(name(key), () => value(...given)) : value]));
  const { compile, Instance } = WebAssembly;
  WebAssembly.instantiate = async (bytes, imports) => {
    note("runtime: until the module is compiled", performance.now() - clock.started);
    const from = performance.now();
    const module = await compile(bytes);
    note("module: compile, with what is done meanwhile", performance.now() - from);
    const inside = Object.fromEntries(Object.entries(imports).map(([key, value]) => [key, wrap(value, (name) => "host: " + name)]));
    const instance = span("module: instantiate", () => new Instance(module, inside));
    return { instance: { exports: wrap(instance.exports, (name) => "module: " + name) } };
  };
  const drawn = CanvasRenderingContext2D.prototype;
  for (const name of Object.getOwnPropertyNames(drawn)) {
    const { value } = Object.getOwnPropertyDescriptor(drawn, name);
    if (typeof value !== "function") continue;
    const shown = ["getImageData", "putImageData", "measureText"].includes(name) ? "canvas: " + name : "canvas: draws";
    drawn[name] = function (...given) { return span(shown, () => value.apply(this, given)); };
  }
})();`;

/** What runs in the page; `t0` was taken before any script of the engine. */
const REST = "const clock = globalThis.clock || { note() {}, span: (name, call) => call() }, rest = (time) => new Promise((done) => setTimeout(done, time));";
const OURS = `(async () => {
  ${REST}
  const canvas = document.getElementById("canvas"), context = canvas.getContext("2d");
  const close = () => context.getImageData(0, 0, 1, 1);
  const listeners = {}, errors = [];
  globalThis.wx = {
    onMessage: (listener) => (listeners.message = listener), getSharedCanvas: () => canvas,
    getSystemInfoSync: () => ({ windowWidth: 800, windowHeight: 800, pixelRatio: 1 }),
    createCanvas: () => document.createElement("canvas"), createImage: () => new Image(),
    getFriendCloudStorage({ success }) {
      const answer = { data: friends, errMsg: "getFriendCloudStorage:ok" };
      if (loading !== undefined) return void setTimeout(() => success(answer), 5);
      close();
      loading = performance.now() - started;
      clock.phase = "until rows are shown";
      success(answer);
    },
    onTouchStart: (listener) => (listeners.start = listener), onTouchMove: (listener) => (listeners.move = listener), onTouchEnd: (listener) => (listeners.end = listener),
  };
  const text = atob(moduleBytes), bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  const fonts = fontBytes ? ["data:font/ttf;base64," + fontBytes] : [];
  await rest(100);
  let loading;
  const started = (clock.started = performance.now());
  const board = friendboard.start({ template, styles: [JSON.stringify(look)], module: bytes, fonts, selfOpenid: "o50", onError: (fault) => errors.push(fault.message) });
  listeners.message({ type: "showFriendList" });
  while (!board.painter) await new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
  board.draw();
  close();
  const cold = performance.now() - started + scriptTime;
  if (runs === 0) return { cold, loading, errors, phases: clock.phases };
  const touch = (name, y) => listeners[name]({ changedTouches: [{ identifier: 0, clientX: 400, clientY: y }] });
  const scrolls = [], scores = [];
  touch("start", 700);
  for (let step = 0; step < runs * 2; step += 1) {
    clock.phase = step < runs ? "warming" : "scroll frame";
    const t = performance.now();
    touch("move", 690 - step * 11);
    board.draw();
    close();
    if (step >= runs) scrolls.push(performance.now() - t);
    clock.phase = "between";
  }
  touch("end", 200);
  listeners.message({ type: "scrollTo", y: 0, animated: false });
  await rest(3000);
  for (let step = 0; step < runs * 2; step += 1) {
    await rest(20);
    clock.phase = step < runs ? "warming" : "one score changed";
    const t = performance.now();
    listeners.message({ type: "update", score: 200000 + step });
    board.draw();
    close();
    if (step >= runs) scores.push(performance.now() - t);
    clock.phase = "between";
  }
  return { cold, loading, scrolls, scores, errors, phases: clock.phases };
})()`;
const PEER = `(async () => {
  ${REST}
  const canvas = document.getElementById("canvas"), context = canvas.getContext("2d");
  const close = () => context.getImageData(0, 0, 1, 1);
  await rest(100);
  const started = (clock.started = performance.now());
  clock.phase = "until rows are shown";
  const Layout = module.exports.default;
  const row = (friend, index) => '<view class="row"><text class="rank" value="' + (index + 1) + '"></text><view class="face"></view><text class="name" value="' + friend.nickname +
    '"></text><text class="score" value="' + friend.KVDataList[0].value + '"></text></view>';
  clock.span("engine: init", () => {
    Layout.clear();
    Layout.init('<view class="board"><scrollview class="list" scrollY="true">' + friends.map(row).join("") + '</scrollview></view>', look);
    Layout.updateViewPort({ x: 0, y: 0, width: 800, height: 800 });
  });
  clock.span("engine: layout", () => Layout.layout(context));
  close();
  const cold = performance.now() - started + scriptTime;
  if (runs === 0) return { cold, errors: [], phases: clock.phases };
  const list = Layout.getElementsByClassName("list")[0];
  const score = Layout.getElementsByClassName("score")[0];
  const scrolls = [], scores = [];
  for (let step = 0; step < runs * 2; step += 1) {
    clock.phase = step < runs ? "warming" : "scroll frame";
    const t = performance.now();
    clock.span("engine: scroll", () => list.scrollHandler(0, 10 + step * 11));
    clock.span("engine: repaint", () => Layout.repaint());
    close();
    if (step >= runs) scrolls.push(performance.now() - t);
    clock.phase = "between";
  }
  list.scrollHandler(0, -10000);
  Layout.repaint();
  await rest(3000);
  for (let step = 0; step < runs * 2; step += 1) {
    await rest(20);
    clock.phase = step < runs ? "warming" : "one score changed";
    const t = performance.now();
    score.value = String(200000 + step);
    clock.span("engine: reflow", () => Layout.reflow());
    close();
    if (step >= runs) scores.push(performance.now() - t);
    clock.phase = "between";
  }
  return { cold, scrolls, scores, errors: [], phases: clock.phases };
})()`;

/** What a browser's canvas takes by itself, ms: no painter is below it. */
const FLOOR = `(() => {
  const canvas = document.getElementById("canvas"), context = canvas.getContext("2d"), pixels = context.createImageData(800, 800);
  const mean = (draw) => {
    for (let count = 0; count < runs; count += 1) draw(count);
    const from = performance.now();
    for (let count = 0; count < runs; count += 1) {
      draw(count);
      context.getImageData(0, 0, 1, 1);
    }
    return (performance.now() - from) / runs;
  };
  context.font = "28px sans-serif";
  return {
    "putImageData of all 800×800": mean(() => context.putImageData(pixels, 0, 0)),
    "putImageData of a row, 800×90": mean(() => context.putImageData(pixels, 0, 0, 0, 0, 800, 90)),
    "the canvas onto itself, 11 px up": mean(() => context.drawImage(canvas, 0, 11, 800, 789, 0, 0, 800, 789)),
    "nine rows of three texts, a box and a face": mean((count) => {
      context.clearRect(0, 0, 800, 800);
      for (let row = 0; row < 9; row += 1) {
        const y = row * 100 + (count % 100);
        context.fillStyle = "#fff";
        context.beginPath();
        context.roundRect(20, y, 760, 90, 16);
        context.fill();
        context.fillStyle = "#c8d4f0";
        context.beginPath();
        context.arc(130, y + 45, 30, 0, 7);
        context.fill();
        context.fillStyle = "#1c2333";
        for (const [text, x] of [[row, 50], ["Player A" + row, 180], [90000 - row, 650]]) context.fillText(text, x, y + 55);
      }
    }),
    "one text": mean((count) => {
      context.clearRect(600, 20, 180, 40);
      context.fillText(200000 + count, 650, 50);
    }),
  };
})()`;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

/** One run in a fresh page. */
async function run(name, { script, call, data = {} }, runs) {
  const page = await browser.newPage({ viewport: { width: 800, height: 800 } });
  const values = { friends, look, template, runs, moduleBytes: "", fontBytes: "", ...data };
  const declared = Object.entries(values).map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`).join("\n");
  const inline = (text) => `<script>${text.replace(/<\/script/g, "<\\/script")}</script>`;
  await page.setContent(`<!doctype html><body style="margin:0"><canvas id="canvas" width="800" height="800"></canvas>
    ${inline(`var module = { exports: {} }, exports = module.exports, GameGlobal = globalThis;\n${declared}`)}
    ${timeline ? inline(CLOCK) : ""}${inline("var t0 = performance.now();")}${inline(script)}${inline("var scriptTime = performance.now() - t0; globalThis.clock && clock.note('script', scriptTime); var friendboard = globalThis.friendboard || module.exports;")}`);
  const result = await page.evaluate(call);
  if (result.errors?.length > 0) throw new Error(`${name}: ${result.errors.join("; ")}`);
  if (shots && runs > 0) {
    mkdirSync(shots, { recursive: true });
    writeFileSync(`${shots}/${name}.png`, await page.screenshot());
  }
  await page.close();
  return result;
}

/** Where the time goes: of a cold first frame, the median of each of its parts, of the other frames their means. */
async function showTimeline(name, subject) {
  const parts = {}, colds = [], others = [];
  const add = (phases, share) => {
    for (const [phase, entries] of Object.entries(phases)) {
      for (const [entry, { calls, time }] of Object.entries(entries)) {
        const known = ((parts[phase] ||= {})[entry] ||= { calls: calls * share, times: [] });
        known.times.push(time * share);
      }
    }
  };
  for (let count = 0; count < RUNS; count += 1) {
    const { cold, phases } = await run(name, subject, 0);
    colds.push(cold);
    others.push(cold - Object.values(phases).flatMap((entries) => Object.values(entries)).reduce((sum, { time }) => sum + time, 0));
    add(phases, 1);
  }
  const { phases } = await run(name, subject, RUNS);
  for (const phase of ["scroll frame", "one score changed"]) add({ [phase]: phases[phase] }, 1 / RUNS);
  console.log(`\n${name}: first frame ${median(colds).toFixed(1)} ms, of it ${median(others).toFixed(1)} in none of these`);
  for (const [phase, entries] of Object.entries(parts)) {
    console.log(`\n| ${phase} | calls | ms |\n|---|---|---|`);
    const found = Object.entries(entries).map(([entry, { calls, times }]) => [entry, calls, median(times)]);
    for (const [entry, calls, time] of found.filter(([, , time]) => time >= 0.01).sort((a, b) => b[2] - a[2])) {
      console.log(`| ${entry} | ${Number(calls.toFixed(1))} | ${time.toFixed(2)} |`);
    }
  }
}

const subjects = {
  "friendboard canvas2d": { script: runtime, call: OURS, data: { moduleBytes: module("canvas2d") } },
  "friendboard pixels": { script: runtime, call: OURS, data: { moduleBytes: module("pixels"), fontBytes: font } },
  "minigame-canvas-engine 1.0.14": { script: peer, call: PEER },
};
if (timeline) {
  console.log("Taking times takes time too: the parts are to be set beside each other, not beside the other table.");
  for (const [name, subject] of Object.entries(subjects)) await showTimeline(name, subject);
  console.log("\n| the canvas alone, closed by a pixel read | ms |\n|---|---|");
  const floor = await run("floor", { script: "", call: FLOOR }, RUNS * 5);
  for (const [what, time] of Object.entries(floor)) console.log(`| ${what} | ${time.toFixed(2)} |`);
  await browser.close();
  process.exit();
}
console.log("| ms, median of 20 | first frame, in a fresh page | of it, until loading is shown | scroll frame | one score changed |\n|---|---|---|---|---|");
// In turn, so that what else the machine does meets each alike.
const found = Object.fromEntries(Object.keys(subjects).map((name) => [name, { colds: [], loadings: [] }]));
for (let count = 0; count < RUNS; count += 1) {
  for (const [name, subject] of Object.entries(subjects)) {
    const { colds, loadings } = found[name];
    const { cold, loading } = await run(name, subject, 0);
    colds.push(cold);
    if (loading !== undefined) loadings.push(loading);
  }
}
for (const [name, subject] of Object.entries(subjects)) {
  const { colds, loadings } = found[name];
  const { scrolls, scores } = await run(name, subject, RUNS);
  const shown = [colds, loadings, scrolls, scores].map((values) => (values.length > 0 ? median(values).toFixed(1) : "—"));
  console.log(`| ${name} | ${shown.join(" | ")} |`);
}
await browser.close();
