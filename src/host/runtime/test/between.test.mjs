// In headless Chromium: what only the canvas can draw, by the pixels painter, between two pieces of its own.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { launch, openDomain, play } from "./browser.mjs";
import * as modules from "./module.mjs";

let browser;
let assets;
before(async () => {
  browser = await launch();
  assets = mkdtempSync(join(tmpdir(), "pictures-"));
  // As large as they are drawn, so that nothing is scaled.
  for (let number = 0; number < 8; number += 1) {
    const png = new PNG({ width: 40, height: 40 });
    for (let at = 0; at < 1600; at += 1) png.data.set([40 + (at % 40) * 4, 30 + number * 25, 200 - Math.floor(at / 40) * 3, 255], at * 4);
    writeFileSync(join(assets, `a${number}.png`), PNG.sync.write(png));
  }
});
after(() => {
  rmSync(assets, { recursive: true });
  return browser.close();
});

/** How a phone keeps its pictures: work canvases without getImageData, or with one that throws once a picture was drawn. */
const KEEPS = {
  "no getImageData": () => {
    const create = phone.api.createCanvas;
    phone.api.createCanvas = () => {
      const canvas = create();
      canvas.getContext("2d").getImageData = undefined;
      return canvas;
    };
  },
  "tainted canvases": () => {
    const create = phone.api.createCanvas;
    phone.api.createCanvas = () => {
      const canvas = create();
      const context = canvas.getContext("2d");
      const { drawImage, getImageData } = CanvasRenderingContext2D.prototype;
      let tainted = false;
      context.drawImage = (image, ...rest) => ((tainted ||= image instanceof HTMLImageElement), drawImage.call(context, image, ...rest));
      context.getImageData = (...all) => {
        if (tainted) throw new DOMException("The canvas has been tainted by cross-origin data.", "SecurityError");
        return getImageData.apply(context, all);
      };
      return canvas;
    };
  },
};

const FRIENDS = Array.from({ length: 24 }, (_, index) => ({
  openid: `o${index}`,
  nickname: ["小明", "Zoë", "さくら", "Ann"][index % 4] + index,
  avatarUrl: `a${index % 8}.png`,
  KVDataList: [{ key: "score", value: String(9000 - index) }],
}));
const BOARD = {
  template: `<view class="root"><scrollview id="list" class="list" scrollY="true">
    <view for="friend in friends" key="{{ friend.openid }}" class="row {{ 'faded' if loop.index % 3 == 1 }} {{ 'turned' if loop.index % 3 == 2 }}">
      <image class="face" src="{{ friend.avatarUrl }}" alt="{{ friend.nickname }}" seed="{{ friend.openid }}"/><view class="mark"/>
      <text class="name" value="{{ friend.nickname }}"/></view></scrollview>
    <view class="bar"><image class="own" src="a7.png"/><text class="name" value="mine"/></view></view>`,
  styles: [
    `{"root": {"backgroundColor": "#fff", "padding": 5, "borderRadius": 30, "overflow": "hidden"}, "list": {"width": 290, "height": 340, "borderRadius": 12, "backgroundColor": "#eef"},
      "row": {"flexDirection": "row", "height": 50, "alignItems": "center"}, "faded": {"opacity": 0.5, "backgroundColor": "#fc8"}, "turned": {"transform": "scale(1,-1)"},
      "face": {"width": 40, "height": 40, "borderRadius": 20}, "mark": {"width": 16, "height": 16, "marginLeft": -14, "borderRadius": 8, "backgroundColor": "rgba(200,0,0,.7)"},
      "name": {"flex": 1, "fontSize": 16}, "own": {"width": 40, "height": 40},
      "bar": {"position": "absolute", "left": 20, "top": 280, "width": 200, "height": 50, "borderRadius": 25, "flexDirection": "row", "overflow": "hidden", "backgroundColor": "rgba(255,255,255,.6)", "opacity": 0.8}}`,
  ],
};
const scriptOf = (change) => ({
  friends: { data: FRIENDS },
  groups: {},
  assets,
  canvas: { width: 300, height: 350 },
  window: { width: 300, height: 350 },
  options: BOARD,
  ...change,
});

async function shoot(script, { keeps, lacks = [], prepare, canvas = script.canvas } = {}) {
  const { page, frame } = await openDomain(browser, { canvas, script, lacks });
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  try {
    if (keeps) await frame.evaluate(KEEPS[keeps]);
    if (prepare) await frame.evaluate(prepare);
    const result = await play(frame, script, modules.pixels);
    assert.deepEqual(thrown, []);
    assert.equal(result.events[0].painter, "pixels", JSON.stringify(result.faults));
    return { ...result, told: await frame.evaluate(() => globalThis.told) };
  } finally {
    await page.close();
  }
}

/** Holds a shot to another: what a canvas clips and composites is rounded in another way along edges. */
function alike(found, expected, name) {
  assert.deepEqual([found.width, found.height], [expected.width, expected.height]);
  let far = 0;
  let sum = 0;
  for (let at = 0; at < expected.pixels.length; at += 1) {
    const difference = Math.abs(found.pixels[at] - expected.pixels[at]);
    far += difference > 8;
    sum += difference;
  }
  const [part, mean] = [far / expected.pixels.length, sum / expected.pixels.length];
  assert.ok(part < 0.004 && mean < 0.15, `${name}: ${(part * 100).toFixed(2)}% of the channels differ, by ${mean.toFixed(3)} in the mean`);
}

const SWIPE = Array.from({ length: 6 }, (_, index) => ({ at: 1016 + index * 16, touchmove: [100, 260 - index * 23] }));
const SCROLL = {
  latency: { getFriendCloudStorage: 20, image: 40 },
  steps: [
    { at: 0, message: { type: "showFriendList" } },
    { at: 500, snapshot: "rows" },
    { at: 1000, touchstart: [100, 260] },
    ...SWIPE.slice(0, 4),
    { at: 1072, snapshot: "moving" },
    ...SWIPE.slice(4),
    { at: 1110, touchend: [100, 145] },
    { at: 1200, snapshot: "gliding" },
    { at: 4000, snapshot: "rest" },
    { at: 4100, message: { type: "scrollTo", y: 37 } },
    { at: 5000, snapshot: "back" },
    { at: 5100, message: { type: "hide" } },
    { at: 5200, snapshot: "hidden" },
  ],
};
for (const keeps of Object.keys(KEEPS)) {
  test(`${keeps}: pictures are clipped, faded and turned between what is under and over them, also where it scrolls`, async () => {
    const expected = await shoot(scriptOf(SCROLL));
    const { events, faults, snapshots } = await shoot(scriptOf(SCROLL), { keeps });
    assert.deepEqual(faults, []);
    if (keeps === "no getImageData") assert.match(events[0].why, /so the canvas draws them itself, between what is under and over them/);
    for (const name of Object.keys(expected.snapshots)) alike(snapshots[name], expected.snapshots[name], name);
    assert.ok(snapshots.hidden.pixels.every((byte) => byte === 0));
  });
}

test("pictures that come one by one, over what stood in for them, and one that never comes", async () => {
  const image = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`a${index}.png`, 100 + index * 100]));
  const steps = [{ at: 0, message: { type: "showFriendList" } }];
  for (let count = 0; count < 9; count += 1) steps.push({ at: 170 + count * 100, snapshot: `${count}` });
  const script = scriptOf({ latency: { getFriendCloudStorage: 20, image }, faults: { image: { "a3.png": "error" } }, steps });
  const expected = await shoot(script);
  const { snapshots } = await shoot(script, { keeps: "tainted canvases" });
  for (const name of Object.keys(expected.snapshots)) alike(snapshots[name], expected.snapshots[name], name);
  assert.notDeepEqual(snapshots[0].pixels, snapshots[1].pixels);
});

test("a canvas without clip shows the same", async () => {
  const expected = await shoot(scriptOf(SCROLL));
  const { faults, snapshots } = await shoot(scriptOf(SCROLL), { keeps: "no getImageData", lacks: ["clip"] });
  assert.deepEqual(faults, []);
  for (const name of Object.keys(expected.snapshots)) alike(snapshots[name], expected.snapshots[name], name);
});

test("a module that traps between two pieces leaves the last good frame", async () => {
  const script = scriptOf({
    latency: { getFriendCloudStorage: 20, image: 40 },
    steps: [
      { at: 0, message: { type: "showFriendList" } },
      { at: 500, snapshot: "good" },
      { at: 600, message: { type: "scrollTo", y: 80, animated: false } },
      { at: 900, snapshot: "trapped" },
      { at: 1000, message: { type: "showFriendList" } },
      { at: 3000, snapshot: "anew" },
    ],
  });
  const { faults, snapshots, told } = await shoot(script, {
    keeps: "no getImageData",
    prepare: () => {
      globalThis.told = 0;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...all) => {
        const { instance } = await instantiate(...all);
        const piece = (number) => {
          if (phone.clock.now >= 600 && phone.clock.now < 1000 && number > 0) {
            globalThis.told += 1;
            throw new WebAssembly.RuntimeError("unreachable");
          }
          instance.exports.piece(number);
        };
        return { instance: { exports: { ...instance.exports, piece } } };
      };
    },
  });
  assert.ok(told > 0, "it trapped in a piece");
  assert.deepEqual([...new Set(faults.map((fault) => fault.code))], ["trap"]);
  assert.deepEqual(snapshots.trapped.pixels, snapshots.good.pixels);
  assert.deepEqual(snapshots.anew.pixels, snapshots.good.pixels);
});

/** Yi and Syriac: no font of the package has them. Nor may one of this machine: then it draws boxes of its own, which are as good. */
const [YI, SYRIAC] = ["ꆈꌠꉙ", "ܫܠܡܐ"];
const NAMED = ["Ann " + YI + " Zoë", YI.repeat(12), "Bob " + SYRIAC + " אב", "Plain"].map((nickname, index) => ({
  openid: `o${index}`,
  nickname,
  avatarUrl: "",
  KVDataList: [{ key: "score", value: String(90 - index) }],
}));
const NAMES = {
  template: `<view class="root"><scrollview id="list" class="list" scrollY="true"><view for="friend in friends" key="{{ friend.openid }}" class="row">
    <text class="name" value="{{ friend.nickname }}"/></view><view class="rest"/></scrollview><view class="veil"/></view>`,
  styles: [
    `{"root": {"backgroundColor": "#fff"}, "list": {"width": 200, "height": 200}, "row": {"height": 40, "justifyContent": "center"},
      "name": {"marginLeft": 10, "width": 120, "fontSize": 16, "color": "#036", "whiteSpace": "nowrap", "textOverflow": "ellipsis"}, "rest": {"height": 400},
      "veil": {"position": "absolute", "left": 0, "top": 130, "width": 200, "height": 70, "backgroundColor": "rgba(255,255,255,.5)"}}`,
  ],
};

test("letters that no font of the package has are the phone's, in their place, and go along where it scrolls", async () => {
  const script = scriptOf({
    friends: { data: NAMED },
    canvas: { width: 200, height: 200 },
    window: { width: 200, height: 200 },
    options: NAMES,
    latency: { getFriendCloudStorage: 20 },
    steps: [
      { at: 0, message: { type: "showFriendList" } },
      { at: 500, snapshot: "shown" },
      { at: 600, message: { type: "scrollTo", y: 30, animated: false } },
      { at: 1500, snapshot: "scrolled" },
    ],
  });
  const { faults, snapshots, told } = await shoot(script, {
    prepare: () => {
      globalThis.told = [];
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        const { font, direction } = this;
        if (phone.clock.now <= 500 && !globalThis.told.some((run) => run.text === text)) {
          // The same letters alone, on white.
          const canvas = document.createElement("canvas");
          Object.assign(canvas, { width: 200, height: 200 });
          const context = canvas.getContext("2d");
          context.fillStyle = "#fff";
          context.fillRect(0, 0, 200, 200);
          Object.assign(context, { font, direction, textAlign: "left", fillStyle: this.fillStyle });
          fillText.call(context, text, x, y);
          const width = context.measureText(text).width;
          const { data } = context.getImageData(0, 0, 200, 200);
          globalThis.told.push({ text, x, y, font, direction, width, pixels: Array.from(data) });
        }
        fillText.call(this, text, x, y);
      };
    },
  });
  assert.deepEqual(faults, []);
  const { pixels } = snapshots.shown;
  const of = (text) => told.find((run) => run.text.startsWith(text));
  assert.equal(told.length, 3, told.map((run) => run.text).join());
  const [middle, cut, reversed] = [told.find((run) => run.text === YI), of(YI.repeat(2)), told.find((run) => run.text === SYRIAC)];
  assert.deepEqual([middle.direction, reversed.direction], ["ltr", "rtl"]);
  assert.match(middle.font, /^16px /);
  const isInk = (shot, column, row) => shot[(row * 200 + column) * 4] < 150;
  const ink = (shot, left, right, row) => {
    let count = 0;
    for (let y = row * 40; y < row * 40 + 40; y += 1) for (let x = Math.round(left); x < right; x += 1) count += isInk(shot, x, y);
    return count;
  };
  // Where they are, they are as the phone draws them.
  for (const [run, row] of [[middle, 0], [cut, 1], [reversed, 2]]) {
    let sum = 0;
    for (let y = row * 40; y < row * 40 + 40; y += 1) {
      for (let x = Math.ceil(run.x) + 1; x < run.x + run.width - 1; x += 1) sum += Math.abs(pixels[(y * 200 + x) * 4] - run.pixels[(y * 200 + x) * 4]);
    }
    assert.ok(sum / (40 * run.width) < 2, `${run.text}: ${sum / (40 * run.width)}`);
    assert.ok(ink(pixels, run.x, run.x + run.width, row) > 20, run.text);
  }
  // What is ours stands around them: before, and behind.
  assert.ok(ink(pixels, 10, middle.x - 1, 0) > 20 && ink(pixels, middle.x + middle.width, 130, 0) > 20);
  assert.ok(cut.text.length < 36 && cut.x + cut.width < 130 && ink(pixels, cut.x + cut.width, 130, 1) > 2, "an ellipsis of ours");
  assert.equal(ink(pixels, 131, 200, 1), 0, "nothing goes over the edge");
  // Scrolled by 30 px, above what lies over the list.
  let differ = 0;
  for (let at = 30 * 200 * 4; at < 120 * 200 * 4; at += 1) differ += Math.abs(pixels[at] - snapshots.scrolled.pixels[at - 30 * 200 * 4]) > 2;
  assert.equal(differ, 0, "channels that differ after scrolling");
});
