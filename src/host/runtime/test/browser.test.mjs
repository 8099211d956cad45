// In headless Chromium, in a domain without eval and network: both painters on each platform.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { launch, openDomain, play } from "./browser.mjs";
import * as modules from "./module.mjs";
import { readScript } from "./session.mjs";

const golden = fileURLToPath(new URL("../../../../golden/play/", import.meta.url));
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const isOfTheGame = (line) => line.event === "setUserCloudStorage" || line.diagnostic !== undefined || line.event === "painter";
/** A template of the game's own has no name here. */
const named = (line) => (line.event === "state" && line.board && line.board.endsWith(".xml") ? { ...line, board: "board" } : line);
/** Without what depends on whose fonts measure: how far a list scrolls, and for how long. */
const isOfNoFont = (line) => line.event !== "scroll" && !["requestAnimationFrame", "setTimer", "clearTimeout"].includes(line.effect);

async function inDomain(options, run) {
  const { page, frame } = await openDomain(browser, options);
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  try {
    await run(frame, page);
    assert.deepEqual(thrown, [], "nothing is thrown to the host");
  } finally {
    await page.close();
  }
}

for (const name of readdirSync(golden)) {
  const script = () => readScript(`${golden}${name}/script.json`);
  const canvas = { width: 300, height: 150, ...script().canvas };
  const expected = readFileSync(`${golden}${name}/expected.ndjson`, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const wanted = expected.filter((line) => !isOfTheGame(line)).map(named);

  // The others are held to the same bytes in a bare domain; here the way onto a real canvas is looked at.
  if (!name.startsWith("field-"))
    test(`${name}: pixels`, () =>
    inDomain({ platform: script().platform, canvas, script: script() }, async (frame) => {
      const { events, snapshots } = await play(frame, script(), modules.pixels);
      assert.equal(events[0].painter, "pixels");
      assert.deepEqual(events.filter((line) => !isOfTheGame(line)), wanted);
      for (const [snapshot, shown] of Object.entries(snapshots)) {
        const { width, height, data } = PNG.sync.read(readFileSync(`${golden}${name}/expected-${snapshot}.png`));
        assert.deepEqual([shown.width, shown.height], [width, height], snapshot);
        let differ = 0;
        for (let at = 0; at < data.length; at += 4) {
          // What is not opaque comes back from a canvas as its own rounding has it.
          if (data[at + 3] === 255) differ += Buffer.compare(data.subarray(at, at + 4), shown.pixels.subarray(at, at + 4)) !== 0;
          else assert.ok(Math.abs(data[at + 3] - shown.pixels[at + 3]) <= 1, `${snapshot}: opacity`);
        }
        assert.equal(differ, 0, `${snapshot}: pixels that differ`);
      }
    }));

  test(`${name}: canvas2d`, () =>
    inDomain({ platform: script().platform, canvas, script: script() }, async (frame) => {
      const { events, snapshots, faults } = await play(frame, script(), modules.canvas2d);
      assert.equal(events[0].painter, "canvas2d", JSON.stringify(faults));
      const of = (lines) => lines.filter((line) => !isOfTheGame(line) && isOfNoFont(line)).map(({ at, ...line }) => line);
      assert.deepEqual(of(events), of(wanted));
      for (const [snapshot, shown] of Object.entries(snapshots)) {
        const { width, height, data } = PNG.sync.read(readFileSync(`${golden}${name}/expected-${snapshot}.png`));
        assert.deepEqual([shown.width, shown.height], [width, height], snapshot);
        // Other letters, the same picture: seen from afar it hardly differs.
        assert.ok(distance(data, shown.pixels, width, height) < 12, `${snapshot}: ${distance(data, shown.pixels, width, height)}`);
      }
    }));
}

/** The mean difference of two pictures' blocks of 20×20 px, 0 to 255. */
function distance(a, b, width, height) {
  let sum = 0;
  let count = 0;
  for (let top = 0; top + 20 <= height; top += 20) {
    for (let left = 0; left + 20 <= width; left += 20) {
      for (let channel = 0; channel < 4; channel += 1) {
        let difference = 0;
        for (let y = top; y < top + 20; y += 1) {
          for (let x = left; x < left + 20; x += 1) {
            const at = (y * width + x) * 4;
            const [alpha, other] = [a[at + 3] / 255, b[at + 3] / 255];
            difference += channel === 3 ? a[at + 3] - b[at + 3] : a[at + channel] * alpha - b[at + channel] * other;
          }
        }
        sum += Math.abs(difference / 400);
        count += 1;
      }
    }
  }
  return sum / count;
}

const FRIENDS = Array.from({ length: 30 }, (_, index) => ({
  openid: `o${index}`,
  nickname: ["小明", "Zoë", "さくら", "Ann"][index % 4] + index,
  avatarUrl: `avatars/${["fox", "panda", "cat", "whale"][index % 4]}.png`,
  KVDataList: [{ key: "score", value: String(9000 - index) }],
}));
const BOARD = {
  template: `<view class="root"><scrollview id="list" class="list" scrollY="true">
    <view for="friend in friends" key="{{ friend.openid }}" class="row">
      <image class="face" src="{{ friend.avatarUrl }}"/><text class="name" value="{{ friend.nickname }}"/>
      <button class="go" action="invite" data-openid="{{ friend.openid }}" value="Invite"/></view></scrollview></view>`,
  styles: [
    `{"root": {"backgroundColor": "#fff"}, "list": {"width": 300, "height": 400}, "row": {"flexDirection": "row", "height": 50, "alignItems": "center"},
      "face": {"width": 40, "height": 40, "borderRadius": 20}, "name": {"flex": 1, "fontSize": 16}, "go": {"width": 80, "height": 30, "backgroundColor": "#45e"}}`,
  ],
};
const assets = fileURLToPath(new URL("../../../../assets/example", import.meta.url));
const CALLS = {
  tiktok: ["shareToUser", "openid"],
  wechat: ["shareMessageToFriend", "openId"],
  douyin: ["shareMessageToFriend", "openId"],
};

for (const painter of ["pixels", "canvas2d"]) {
  for (const platform of ["tiktok", "wechat", "douyin"]) {
    test(`${platform}, ${painter}: loading, rows, avatars, scroll with inertia, invitation, hide`, () => {
      const swipe = Array.from({ length: 6 }, (_, index) => ({ at: 1016 + index * 16, touchmove: [100, 300 - index * 30] }));
      const script = {
        friends: { data: FRIENDS },
        groups: {},
        assets,
        latency: { getFriendCloudStorage: 50, getCloudStorageByRelation: 50, image: 40 },
        window: { width: 300, height: 400 },
        canvas: { width: 300, height: 400 },
        options: { ...BOARD, share: { templateId: "t", imageUrl: "share.png" } },
        steps: [
          { at: 0, message: { type: "showFriendList" } },
          { at: 100, snapshot: "rows" },
          { at: 600, snapshot: "avatars" },
          { at: 1000, touchstart: [100, 300] },
          ...swipe,
          { at: 1110, touchend: [100, 150] },
          { at: 1130, snapshot: "moving" },
          { at: 4000, snapshot: "rest" },
          { at: 4000, message: { type: "scrollTo", y: 100 } },
          { at: 4900, tap: [260, 25] },
          { at: 5000, message: { type: "hide" } },
          { at: 5000, snapshot: "hidden" },
          { at: 6000, snapshot: "still-hidden" },
        ],
      };
      const canvas = { width: 300, height: 400 };
      return inDomain({ platform, canvas, script }, async (frame) => {
        const { events, faults, snapshots, counts } = await play(frame, script, modules[painter]);
        assert.deepEqual(faults, []);
        assert.deepEqual([events[0].event, events[0].painter], ["painter", painter]);
        const states = events.filter((line) => line.event === "state").map((line) => line.state);
        assert.deepEqual(states, ["loading", "ready", "hidden"]);
        assert.equal(events.filter((line) => line.effect === "createImage").length, 4, "each address once");
        const scrolls = events.filter((line) => line.event === "scroll");
        assert.deepEqual(scrolls.slice(0, 2).map((line) => line.phase), ["start", "end"]);
        const { y } = scrolls[1];
        assert.ok(y > 160, `it went on by itself: ${y}`);
        for (const [one, other] of [["rows", "avatars"], ["avatars", "moving"], ["moving", "rest"]]) {
          assert.notDeepEqual(snapshots[one].pixels, snapshots[other].pixels, `${one} and ${other}`);
        }
        const [call, id] = CALLS[platform];
        const shared = events.filter((line) => line.effect === call);
        assert.deepEqual(shared.map((line) => line[id]), ["o2"]);
        for (const name of ["hidden", "still-hidden"]) assert.ok(snapshots[name].pixels.every((byte) => byte === 0), name);
        assert.deepEqual(counts, { frames: 0, timers: 0 });
      });
    });
  }
}

const SHOW = {
  friends: { data: FRIENDS },
  groups: {},
  assets,
  canvas: { width: 300, height: 400 },
  window: { width: 300, height: 400 },
  options: BOARD,
  steps: [
    { at: 0, message: { type: "showFriendList" } },
    { at: 500, snapshot: "shown" },
  ],
};
const both = { pixels: modules.pixels, canvas2d: modules.canvas2d };

/** Takes a member from the contexts that are not shown: the test itself reads the one that is. */
const lackOfWork = (frame, name) =>
  frame.evaluate((name) => {
    const create = phone.api.createCanvas;
    phone.api.createCanvas = () => {
      const canvas = create();
      canvas.getContext("2d")[name] = undefined;
      return canvas;
    };
  }, name);

// What is missing; with a package of both painters: who draws, and what is said; with each alone: the same.
const LACKING = {
  nothing: { both: ["pixels", /^the canvas takes pixels and gives them back$/], canvas2d: /^the package has no other$/, pixels: /^the package has no other$/ },
  clip: { both: ["pixels", /^the canvas takes pixels/], canvas2d: /has no clip, so what is round is cut out/, pixels: /^the package has no other$/ },
  putImageData: { both: ["canvas2d", /^the canvas has no putImageData$/], canvas2d: /no putImageData/ },
  createImageData: { both: ["pixels", /^the canvas takes pixels/], canvas2d: /^the package has no other$/, pixels: /^the package has no other$/ },
  getImageData: { both: ["canvas2d", /^the canvas has no getImageData$/], canvas2d: /no getImageData/, pixels: /no getImageData; pictures can't be read, so the canvas draws them itself/ },
};
for (const platform of ["tiktok", "wechat", "douyin"]) {
  for (const [lacks, { both: [chosen, why], ...alone }] of Object.entries(LACKING)) {
    test(`${platform}: where ${lacks} is missing, who draws is chosen and said`, async () => {
      const shoot = async (module, name, said) => {
        const canvas = SHOW.canvas;
        await inDomain({ platform, canvas, script: SHOW, lacks: ["nothing", "getImageData"].includes(lacks) ? [] : [lacks] }, async (frame) => {
          if (lacks === "getImageData") await lackOfWork(frame, lacks);
          const { events, faults, snapshots } = await play(frame, SHOW, module);
          assert.deepEqual([events[0].event, events[0].painter], ["painter", name]);
          assert.match(events[0].why, said);
          assert.deepEqual(faults, []);
          const { pixels } = snapshots.shown;
          let dark = 0;
          for (let at = 0; at < pixels.length; at += 4) dark += pixels[at + 3] === 255 && pixels[at] + pixels[at + 1] + pixels[at + 2] < 240;
          assert.ok(dark > 300, `${dark} px of letters`);
        });
      };
      await shoot(both, chosen, why);
      for (const [name, said] of Object.entries(alone)) await shoot(both[name], name, said);
    });
  }
}

test("without clip a board looks as it does with it", () => {
  const shots = [];
  const shoot = (lacks) =>
    inDomain({ canvas: SHOW.canvas, script: SHOW, lacks }, async (frame) => {
      const { faults, snapshots } = await play(frame, SHOW, modules.canvas2d);
      assert.deepEqual(faults, []);
      shots.push(snapshots.shown);
    });
  return shoot([])
    .then(() => shoot(["clip"]))
    .then(() => {
      const [{ pixels: a, width, height }, { pixels: b }] = shots;
      let far = 0;
      for (let at = 0; at < a.length; at += 1) far += Math.abs(a[at] - b[at]) > 24;
      assert.ok(far < (width * height) / 200, `${far} channels differ`);
      assert.ok(distance(a, b, width, height) < 1);
    });
});

const BLURRED = {
  ...SHOW,
  options: {
    ...BOARD,
    template: BOARD.template.replace('<view class="root">', '<view class="root"><image class="ground" src="avatars/fox.png"/>'),
    styles: [
      ...BOARD.styles,
      '{"ground": {"position": "absolute", "left": -20, "top": -20, "width": 340, "height": 440, "objectFit": "cover", "filter": "blur(9px)"}}',
    ],
  },
};

test("a blurred ground looks the same by each painter, and where the context has no filters", async () => {
  const shoot = async (module, lacks) => {
    let shown;
    await inDomain({ canvas: BLURRED.canvas, script: BLURRED, lacks }, async (frame) => {
      const { faults, snapshots } = await play(frame, BLURRED, module);
      assert.deepEqual(faults, []);
      shown = snapshots.shown;
    });
    return shown;
  };
  const shown = await shoot(modules.pixels, []);
  const { width, height } = shown;
  for (const lacks of [[], ["filter"]]) {
    const { pixels } = await shoot(modules.canvas2d, lacks);
    assert.ok(distance(shown.pixels, pixels, width, height) < 6, `${lacks}: ${distance(shown.pixels, pixels, width, height)}`);
  }
});
