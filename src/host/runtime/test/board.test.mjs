// What a game may count on, whatever goes wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInContext } from "node:vm";
import { compiled } from "./module.mjs";
import { Phone } from "./phone.mjs";

const FRIENDS = ["Ann", "小明", "Zoë"].map((nickname, index) => ({
  openid: `o${index}`,
  nickname,
  avatarUrl: `a${index}.png`,
  KVDataList: [{ key: "score", value: String(300 - index) }],
}));

/** A platform that answers everything at once. */
const service = (answers = {}) => ({
  calls: [],
  has: (name) => /^(get\w*Cloud\w+|setUserCloudStorage|getUserInfo|share\w+)$/.test(name),
  call(name, options) {
    this.calls.push([name, options]);
    return answers[name] ?? { after: 5, success: true, answer: { data: FRIENDS, errMsg: `${name}:ok` } };
  },
});
const red = (width = 2, height = 2) => {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([255, 0, 0, 255], at);
  return { after: 10, width, height, rgba };
};
const phone = (change = {}) =>
  new Phone({
    module: () => compiled,
    canvas: { width: 300, height: 400 },
    window: { width: 300, height: 400, devicePixelRatio: 1 },
    service: service(),
    picture: () => red(),
    ...change,
  });
const states = (phone) => phone.events.filter((line) => line.event === "state").map((line) => line.state);
const isBlank = (phone) => phone.canvas.pixels.every((byte) => byte === 0);
const reds = (phone) => {
  const { pixels } = phone.canvas;
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) count += pixels[at] > 240 && pixels[at + 1] < 20 && pixels[at + 2] < 20;
  return count;
};

test("a domain without TextDecoder, URL, fetch, document, window, performance, WebAssembly shows a board", async () => {
  const bare = phone();
  for (const name of ["TextDecoder", "URL", "fetch", "document", "window", "performance", "WebAssembly", "ImageData"]) {
    assert.equal(runInContext(`typeof ${name}`, bare.domain), "undefined", name);
  }
  await bare.start({ module: "friendboard.wasm" });
  bare.post({ type: "showFriendList" });
  assert.deepEqual(states(bare), ["loading"]);
  assert.ok(!isBlank(bare), "the loading state is there at once");
  await bare.clock.run(200);
  assert.deepEqual(states(bare), ["loading", "ready"]);
  assert.ok(reds(bare) > 300, "avatars are there");
  assert.deepEqual(bare.faults, []);
  assert.equal(bare.events[0].event, "painter");
});

test("a browser's ImageData is used over the module's memory, also when that grows", async () => {
  class ImageData {
    constructor(data, width, height) {
      assert.equal(data.length, width * height * 4);
      Object.assign(this, { data, width, height });
    }
  }
  const plain = phone();
  const browser = phone({ globals: { ImageData } });
  for (const it of [plain, browser]) {
    await it.start({ module: "friendboard.wasm" });
    it.post({ type: "showFriendList" });
    await it.clock.run(200);
    it.canvas.resize(900, 1200);
    it.post({ type: "showFriendList" });
    await it.clock.run(400);
  }
  assert.deepEqual(browser.faults, []);
  assert.ok(Buffer.compare(Buffer.from(plain.canvas.pixels), Buffer.from(browser.canvas.pixels)) === 0);
});

test("what is hidden is transparent, and leaves no frame and no timer", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm" });
  for (const wait of [0, 3, 9, 100]) {
    it.post({ type: "showFriendList" });
    await it.clock.run(it.clock.now + wait);
    it.post({ type: "hide" });
    assert.ok(isBlank(it), `after ${wait} ms`);
    assert.deepEqual([it.frames, it.timers], [0, 0], `after ${wait} ms`);
    await it.clock.run(it.clock.now + 1000);
    assert.ok(isBlank(it));
    assert.deepEqual([it.frames, it.timers], [0, 0]);
  }
  assert.deepEqual(it.faults, []);
});

test("at rest a board asks for no frame and no timer", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm" });
  it.post({ type: "showFriendList" });
  await it.clock.run(1000);
  assert.deepEqual([it.frames, it.timers], [0, 0]);
});

for (const [platform, call, id] of [
  ["tiktok", "shareToUser", "openid"],
  ["wechat", "shareMessageToFriend", "openId"],
  ["douyin", "shareMessageToFriend", "openId"],
]) {
  test(`${platform}: a tap on Invite calls ${call} with that friend's id`, async () => {
    const template = `<view class="root"><view for="friend in friends" key="{{ friend.openid }}" class="row">
      <button class="row" action="invite" data-openid="{{ friend.openid }}" value="{{ friend.nickname }}"/></view></view>`;
    const styles = ['{"root": {"width": 300}, "row": {"width": 300, "height": 100}}'];
    const it = phone({ platform });
    await it.start({ module: "friendboard.wasm", template, styles, share: { templateId: "t1", imageUrl: "share.png" } });
    assert.equal(it.events[0]?.painter, "pixels", JSON.stringify(it.faults));
    it.post({ type: "showFriendList" });
    await it.clock.run(100);
    it.touch("TouchStart", [150, 150]);
    await it.clock.run(140);
    it.touch("TouchEnd", [150, 150]);
    await it.clock.run(200);
    const shared = it.service.calls.filter(([name]) => name === call);
    assert.equal(shared.length, 1, JSON.stringify(it.service.calls));
    assert.equal(shared[0][1][id], "o1");
    assert.equal(it.events.filter((line) => line.event === "tap").length, 1);
  });
}

test("messages that come before the module is there wait for it", async () => {
  const it = phone();
  const started = it.start({ module: "friendboard.wasm" });
  it.post({ type: "showFriendList" });
  assert.ok(isBlank(it));
  await started;
  assert.deepEqual(states(it), ["loading"]);
  assert.ok(!isBlank(it));
});

test("a module that is not there is said, and tried again with the next message", async () => {
  let tries = 0;
  const it = phone({
    module: () => {
      tries += 1;
      if (tries < 3) throw new Error("no such file");
      return compiled;
    },
  });
  await it.start({ module: "friendboard.wasm" });
  it.post({ type: "showFriendList" });
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  await it.clock.run(10);
  assert.equal(it.faults.length, 1, "the same is said once");
  assert.equal(it.faults[0].code, "module");
  assert.match(it.faults[0].message, /friendboard\.wasm.*no such file/);
  it.post({ type: "showFriendList" });
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  assert.deepEqual(states(it), ["loading"]);
});

test("after a trap the last good frame stays, and the next message starts anew", async () => {
  let isBroken = false;
  const globals = {
    WXWebAssembly: {
      instantiate: async (_path, imports) => {
        const { exports } = await WebAssembly.instantiate(compiled, imports);
        const frame = (now) => {
          if (isBroken) throw new WebAssembly.RuntimeError("unreachable");
          return exports.frame(now);
        };
        return { instance: { exports: { ...exports, frame } } };
      },
    },
  };
  const it = phone({ globals });
  await it.start({ module: "friendboard.wasm" });
  it.post({ type: "showFriendList" });
  await it.clock.run(200);
  const before = it.canvas.pixels.slice();
  isBroken = true;
  it.touch("TouchStart", [150, 150]);
  it.post({ type: "hide" });
  await it.clock.run(300);
  assert.deepEqual(it.faults.map((fault) => fault.code), ["trap"]);
  assert.deepEqual(it.canvas.pixels, before);
  assert.deepEqual([it.frames, it.timers], [0, 0]);
  isBroken = false;
  it.post({ type: "showFriendList" });
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  await it.clock.run(500);
  assert.deepEqual(states(it), ["loading", "ready", "loading", "ready"]);
  assert.ok(Buffer.compare(Buffer.from(it.canvas.pixels), Buffer.from(before)) === 0);
});

test("a call that throws or that the platform lacks has failed, and the board says so", async () => {
  const lacking = phone({ service: { has: () => false } });
  await lacking.start({ module: "friendboard.wasm" });
  lacking.post({ type: "showFriendList" });
  await lacking.clock.run(100);
  assert.deepEqual(states(lacking), ["loading", "error"]);
  const throwing = phone({ service: { has: () => true, call: () => assert.fail("this phone is broken") } });
  await throwing.start({ module: "friendboard.wasm" });
  throwing.post({ type: "showFriendList" });
  await throwing.clock.run(100);
  assert.deepEqual(states(throwing), ["loading", "error"]);
});

test("a canvas whose size only the main domain can set keeps its size", async () => {
  const it = phone({ fixed: true });
  await it.start({ module: "friendboard.wasm" });
  it.post({ type: "renderRank", width: 500, height: 600 });
  await it.clock.run(100);
  assert.deepEqual([it.canvas.width, it.canvas.height], [300, 400]);
  assert.deepEqual(states(it), ["loading", "ready"]);
  const free = phone();
  await free.start({ module: "friendboard.wasm" });
  free.post({ type: "showFriendList" });
  await free.clock.run(100);
  assert.ok(Buffer.compare(Buffer.from(it.canvas.pixels), Buffer.from(free.canvas.pixels)) === 0);
});

test("options that are wrong are said with what was meant", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm", bord: "podium" });
  await it.clock.run(10);
  assert.match(it.faults[0].message, /did you mean `board`\?/);
  assert.ok(isBlank(it));
});

test("what is wrong with a template is said with its place", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm", template: '<view class="root" onclick="go"/>', styles: ['{"root": {"colour": "red"}}'] });
  it.post({ type: "showFriendList" });
  await it.clock.run(50);
  assert.ok(it.faults.length > 0);
  assert.ok(it.faults.every((fault) => fault.severity === "warning" && fault.message !== ""), JSON.stringify(it.faults));
});

test("messages of any shape, with circles and functions in them, are passed over with a word", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm" });
  const circle = {};
  circle.self = circle;
  for (const message of [undefined, null, 7, "", "x".repeat(100000), "\ud800", [], {}, circle, () => 1, { type: {} }, NaN, true]) it.post(message);
  await it.clock.run(50);
  it.post({ type: "showFriendList" });
  await it.clock.run(100);
  assert.deepEqual(states(it).slice(-2), ["loading", "ready"]);
});

test("a listener that throws harms nothing", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm" });
  it.domain.options.onEvent = () => {
    throw new Error("the game's own");
  };
  it.post({ type: "showFriendList" });
  await it.clock.run(100);
  assert.ok(!isBlank(it));
  assert.match(it.faults[0].message, /onEvent: the game's own/);
});

test("a stopped board neither draws nor waits", async () => {
  const it = phone();
  await it.start({ module: "friendboard.wasm" });
  it.post({ type: "showFriendList" });
  it.board.stop();
  const { puts } = it.canvas;
  it.post({ type: "hide" });
  it.touch("TouchStart", [10, 10]);
  await it.clock.run(1000);
  assert.equal(it.canvas.puts, puts);
  assert.deepEqual([it.frames, it.timers, Object.keys(it.listeners).length], [0, 0, 0]);
});

test("a large picture is read small", async () => {
  const template = '<image class="all" src="large.png"/>';
  const it = phone({ picture: () => red(300, 300) });
  await it.start({ module: "friendboard.wasm", template, styles: ['{"all": {"width": 300, "height": 400}}'] });
  it.post({ type: "showFriendList" });
  await it.clock.run(200);
  assert.equal(reds(it), 300 * 400);
});

test("the file for the game is what its sources make", () => {
  const text = readFileSync(new URL("../../../../assets/open-data-context/friendboard.js", import.meta.url), "utf8");
  assert.ok(!/\b(eval|new Function|TextDecoder|fetch|performance)\b/.test(text.replace(/\/\/.*/g, "")));
});
