// What `friendboard init` writes into an empty folder, served alone: a board on the screen, opened by the main domain's own
// file. The program is `FRIENDBOARD`, or where cargo puts it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { brotliDecompressSync } from "node:zlib";
import { PNG } from "pngjs";
import { launch, openDomain } from "./browser.mjs";

const program = process.env.FRIENDBOARD ?? fileURLToPath(new URL("../../../../target/debug/friendboard", import.meta.url));
const avatars = fileURLToPath(new URL("../../../../assets/example/avatars/", import.meta.url));
const WINDOW = { width: 360, height: 640, devicePixelRatio: 2 };
const FRIENDS = ["Ann", "小明", "Zoë", "Bo", "Cy"].map((nickname, index) => ({
  openid: `o${index}`,
  nickname,
  avatarUrl: `${["fox", "panda", "cat", "whale", "owl"][index]}.png`,
  KVDataList: [{ key: "score", value: String(900 - index * 100) }],
}));

let browser;
const folders = [];
before(async () => (browser = await launch()));
after(async () => {
  await browser.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder that `init` filled. */
function init(...options) {
  const folder = mkdtempSync(join(tmpdir(), "friendboard-game-"));
  folders.push(folder);
  execFileSync(program, ["init", folder, ...options]);
  return folder;
}

/** The files of a folder, by their paths. */
function read(folder) {
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = readFileSync(path);
  }
  return files;
}

/** The main domain of a game: its own context, with what it does to the open data domain written down. */
function mainDomain(files, platform, { onScreen = true } = {}) {
  const posted = [];
  const canvas = { width: 300, height: 150, ...(onScreen ? { style: {} } : {}) };
  const context = { postMessage: (message) => posted.push(JSON.parse(JSON.stringify(message))), ...(platform === "tiktok" ? {} : { canvas }) };
  const asked = [];
  const api = {
    getOpenDataContext: (options) => (asked.push(options), context),
    getSystemInfoSync: () => ({ windowWidth: WINDOW.width, windowHeight: WINDOW.height, pixelRatio: WINDOW.devicePixelRatio }),
  };
  const globals = { wechat: { wx: api }, douyin: { tt: api }, tiktok: { TTMinis: { game: api } } }[platform];
  const domain = createContext({ module: { exports: {} }, ...globals });
  runInContext(files["friendboard-game.js"].toString(), domain, { filename: "friendboard-game.js" });
  return { board: domain.module.exports.board, posted, canvas, asked, domain };
}

/** Scripts that define each file of the open data domain, and run its index.js with a `require` of these alone. */
function scriptsOf(files) {
  const inner = Object.keys(files).filter((path) => path.startsWith("openDataContext/") && path.endsWith(".js"));
  const define = (path) => `phoneModules[${JSON.stringify(path)}] = function (module, exports, require) {\n${files[path]}\n};`;
  const run = `
    var phoneLoaded = {};
    function phoneRequire(from) {
      return function (path) {
        var parts = from.split("/").slice(0, -1);
        path.split("/").forEach(function (part) { if (part === "..") parts.pop(); else if (part !== ".") parts.push(part); });
        var name = parts.join("/");
        if (!phoneModules[name]) throw new Error(name + ": no such file in the open data domain");
        if (!phoneLoaded[name]) {
          phoneLoaded[name] = { exports: {} };
          phoneModules[name](phoneLoaded[name], phoneLoaded[name].exports, phoneRequire(name));
        }
        return phoneLoaded[name].exports;
      };
    }
    // The test looks over the shoulder of index.js.
    var runtime = phoneRequire("openDataContext/index.js")("./friendboard.js");
    var start = runtime.start;
    phoneLoaded["openDataContext/friendboard.js"].exports = { start: function (options) {
      phone.options = options;
      return (phone.board = start(Object.assign({}, options, {
        onEvent: function (event) { phone.events.push(JSON.parse(JSON.stringify(event))); options.onEvent(event); },
        onError: function (fault) { phone.faults.push(fault); options.onError(fault); },
      })));
    } };
    phoneRequire("index")("./openDataContext/index.js");`;
  return ["var phoneModules = {};", ...inner.map(define), run];
}

/** Plays a game: the main domain opens its board; gives what is seen then and after it is closed. */
async function play(folder, platform, { wasm = true, open = (main) => main.board.open() } = {}) {
  const files = read(folder);
  const main = mainDomain(files, platform);
  const modules = Object.entries(files).filter(([path]) => /\.wasm(\.br)?$/.test(path));
  const package_ = Object.fromEntries(modules.map(([path, bytes]) => [path, (path.endsWith(".br") ? brotliDecompressSync(bytes) : bytes).toString("base64")]));
  const script = { friends: { data: FRIENDS }, groups: {}, self: "o1" };
  const { page, frame } = await openDomain(browser, { platform, canvas: { width: 300, height: 150 }, script, scripts: scriptsOf(files), files: package_, wasm });
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  try {
    const pictures = Object.fromEntries(FRIENDS.map(({ avatarUrl }) => [avatarUrl, `data:image/png;base64,${readFileSync(avatars + avatarUrl).toString("base64")}`]));
    open(main);
    const shown = await frame.evaluate(
      async ({ pictures, window, posted, canvas }) => {
        Object.assign(phone, { pictures, window });
        if (canvas) Object.assign(phone.canvas, { width: canvas.width, height: canvas.height });
        await phone.run(1);
        for (let tries = 0; tries < 2000 && !phone.board.painter && phone.faults.length === 0; tries += 1) await phone.wait(4);
        posted.forEach((message) => phone.post(message));
        await phone.run(2000);
        return { ...phone.pixels(), events: phone.events, faults: phone.faults, style: phone.canvas.style.cssText };
      },
      { pictures, window: WINDOW, posted: main.posted.splice(0), canvas: platform === "tiktok" ? undefined : main.canvas },
    );
    main.board.close();
    const hidden = await frame.evaluate(async (posted) => {
      posted.forEach((message) => phone.post(message));
      await phone.run(3000);
      return { ...phone.pixels(), style: phone.canvas.style.cssText, counts: phone.counts };
    }, main.posted.splice(0));
    assert.deepEqual(thrown, [], "nothing is thrown to the host");
    for (const shot of [shown, hidden]) shot.pixels = Buffer.from(shot.base64, "base64");
    return { shown, hidden, main };
  } finally {
    await page.close();
  }
}

/** A board is on the screen: opaque where rows are, with the colours of an avatar. */
function assertBoard({ shown, hidden }, painter) {
  assert.deepEqual(shown.faults, []);
  assert.deepEqual([shown.events[0].event, shown.events[0].painter], ["painter", painter], shown.events[0].why);
  assert.deepEqual(shown.events.filter((line) => line.event === "state").map((line) => line.state), ["loading", "ready"]);
  assert.equal(shown.events.filter((line) => line.effect === "createImage").length, FRIENDS.length);
  let opaque = 0;
  const colors = new Set();
  for (let at = 0; at < shown.pixels.length; at += 4) {
    opaque += shown.pixels[at + 3] === 255;
    colors.add(shown.pixels.readUInt32LE(at));
  }
  assert.ok(opaque > (shown.width * shown.height) / 2, `${opaque} of ${shown.width}×${shown.height} px are opaque`);
  assert.ok(colors.size > 300, `${colors.size} colours`);
  assert.ok(hidden.pixels.every((byte) => byte === 0), "what is closed is transparent");
  assert.deepEqual(hidden.counts, { frames: 0, timers: 0 });
}

function keep(name, { shown }) {
  if (!process.env.FRIENDBOARD_SHOTS) return;
  const picture = new PNG({ width: shown.width, height: shown.height });
  shown.pixels.copy(picture.data);
  writeFileSync(join(process.env.FRIENDBOARD_SHOTS, `${name}.png`), PNG.sync.write(picture));
}

for (const platform of ["tiktok", "wechat", "douyin"]) {
  for (const painter of ["canvas2d", "pixels", "auto"]) {
    test(`${platform}, ${painter}: the folder's own files alone show a board`, async () => {
      const played = await play(init("--platform", platform, "--painter", painter), platform);
      keep(`${platform}-${painter}`, played);
      assertBoard(played, painter === "auto" ? "pixels" : painter);
      // 90% and 70% of the window, in device px.
      assert.deepEqual([played.shown.width, played.shown.height], [648, 896]);
      if (platform === "tiktok") {
        assert.match(played.shown.style, /top: 96px/, "the open data domain places it");
        assert.match(played.hidden.style, /top: 200vh/, "it takes no touches while nothing is shown");
      }
    });
  }
  test(`${platform}: without WebAssembly the same board comes from plain JavaScript`, async () => {
    const played = await play(init("--platform", platform), platform, { wasm: false });
    keep(`${platform}-plain`, played);
    assertBoard(played, "canvas2d");
  });
}

test("a board of the game's own, with its own colours", async () => {
  const folder = mkdtempSync(join(tmpdir(), "friendboard-game-"));
  folders.push(folder);
  writeFileSync(join(folder, "b.xml"), '<view class="root"><view for="friend in friends" class="row"><image class="face" src="{{ friend.avatarUrl }}"/><text class="t" value="{{ friend.nickname }}"/></view></view>');
  writeFileSync(join(folder, "b.json"), '{"root": {"width": "100%", "height": "100%", "backgroundColor": "{{ theme.accent }}"}, "row": {"height": 50}, "face": {"width": 40, "height": 40}, "t": {"height": 20}}');
  writeFileSync(join(folder, "theme.json"), '{"accent": "#ff0000"}');
  const file = (name) => join(folder, name);
  const played = await play(init("--platform", "wechat", "--template", file("b.xml"), "--style", file("b.json"), "--theme", file("theme.json")), "wechat");
  keep("own", played);
  assertBoard(played, "canvas2d");
  assert.deepEqual([...played.shown.pixels.subarray(-4)], [255, 0, 0, 255]);
});

test("engines place and draw the canvas themselves", () => {
  const node = {
    active: false,
    getComponent: (name) =>
      String(name).includes("SubContextView")
        ? { designResolutionSize: { width: 300, height: 400 } }
        : { getBoundingBoxToWorld: () => ({ x: 60, y: 100, width: 600, height: 800 }) },
  };
  const cc = {
    view: { getViewportRect: () => ({ x: 0, y: 0, width: 720, height: 1280 }), getVisibleSize: () => ({ width: 720, height: 1280 }) },
    screen: { devicePixelRatio: 2 },
  };
  const view = { removed: 0, removeSelf: () => (view.removed += 1) };
  const stage = { children: [], addChild: (child) => stage.children.push(child) };
  const sprite = { stage: { stageWidth: 720, stageHeight: 1280 }, children: [], addChild: (child) => (sprite.children.push(child), (child.parent = sprite)), removeChild: (child) => sprite.children.splice(sprite.children.indexOf(child), 1) };
  const ways = {
    cocos: (board) => board.openOn(node, undefined, cc),
    laya: (board) => board.openOn(view, stage),
    egret: (board) => board.openOn(sprite),
    unity: (board) => board.open(),
  };
  for (const [engine, open] of Object.entries(ways)) {
    const files = read(init("--platform", "wechat", "--engine", engine));
    const main = mainDomain(files, "wechat", { onScreen: false });
    main.domain.platform = { openDataContext: { createDisplayObject: (_, width, height) => ({ width, height }) } };
    open(main.board);
    assert.equal(main.asked[0], undefined, `${engine}: a canvas that it can draw`);
    assert.deepEqual([main.canvas.width, main.canvas.height], [300, 150], `${engine} sizes the canvas`);
    assert.equal(main.posted[0].type, "showFriendList");
    if (engine === "cocos") {
      assert.ok(node.active);
      // The component counts from the bottom; the node stands 380 px from the top of 1280.
      assert.deepEqual(main.posted[1], { type: "updateViewPort", box: { x: 30, y: 190, width: 300, height: 400 } });
    }
    if (engine === "laya") assert.deepEqual(stage.children, [view]);
    if (engine === "egret") assert.deepEqual([sprite.children[0].width, sprite.children[0].height], [648, 896]);
    main.board.postScore(12);
    main.board.close();
    assert.deepEqual(main.posted.slice(-2), [{ type: "setUserRecord", key: "score", score: 12 }, { type: "hide" }]);
    if (engine === "cocos") assert.ok(!node.active);
    if (engine === "laya") assert.equal(view.removed, 1);
    if (engine === "egret") assert.deepEqual(sprite.children, []);
  }
});

test("where the canvas is not on the screen, the game draws it", () => {
  const main = mainDomain(read(init("--platform", "douyin")), "douyin", { onScreen: false });
  const drawn = [];
  const context = { canvas: { width: 720 }, drawImage: (...all) => drawn.push(all.slice(1)) };
  main.board.draw(context);
  main.board.open(undefined, { left: 10, top: 20, width: 100, height: 200 });
  main.board.draw(context);
  main.board.place({ left: 0, top: 0, width: 360, height: 640 });
  main.board.draw(context);
  main.board.close();
  main.board.draw(context);
  assert.deepEqual(drawn, [[20, 40, 200, 400], [0, 0, 720, 1280]]);
  assert.deepEqual([main.canvas.width, main.canvas.height], [720, 1280]);
  assert.deepEqual(main.posted.map((message) => message.type), ["showFriendList", "updateViewPort", "hide"]);
});
