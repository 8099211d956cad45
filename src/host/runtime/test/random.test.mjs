// 10,000 messages, touches and faults in a browser's domain, from a seed: nothing is thrown to the host, and what is kept after
// half an hour is what was kept after a minute. `FRIENDBOARD_SEED` is another run.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openDomain } from "./browser.mjs";
import * as modules from "./module.mjs";

const STEPS = 10_000;
const HALF_AN_HOUR = 30 * 60_000;
const seed = Number(process.env.FRIENDBOARD_SEED ?? 20261129);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const FRIENDS = Array.from({ length: 40 }, (_, index) => ({
  openid: `o${index}`,
  nickname: ["小明", "Zoë", "さくら", "👨‍👩‍👧", "\u202eevil", ""][index % 6] + index,
  avatarUrl: `a${index % 12}.png`,
  KVDataList: [{ key: "score", value: index % 7 ? String(9000 - index) : '{"wxgame":{"score":' }],
}));
const PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

for (const painter of ["canvas2d", "pixels"]) {
  test(`${painter}: ${STEPS} random messages, touches and faults (seed ${seed})`, async () => {
    const canvas = { width: 300, height: 400 };
    const script = { friends: { data: FRIENDS }, groups: { g: { data: FRIENDS.slice(0, 5) } }, self: "o3" };
    const { page, frame } = await openDomain(browser, { canvas, script });
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(error.message));
    const inspector = await page.context().newCDPSession(frame).catch(() => page.context().newCDPSession(page));
    // What is kept of JavaScript, bytes.
    await page.exposeFunction("heapOfPhone", async () => {
      await inspector.send("HeapProfiler.collectGarbage");
      return (await inspector.send("Runtime.getHeapUsage")).usedSize;
    });
    try {
      const found = await frame.evaluate(
        async ({ module, steps, length, seed, pixel }) => {
          let state = seed >>> 0;
          const random = (below) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0), Math.floor((state / 2 ** 32) * below));
          const pick = (list) => list[random(list.length)];
          const memories = [];
          const instantiate = WebAssembly.instantiate;
          WebAssembly.instantiate = async (...all) => {
            const made = await instantiate(...all);
            memories.push(made.instance.exports.memory);
            return made;
          };
          const words = ["show", "showFriendList", "render", "showGroupRank", "hide", "close", "updateViewPort", "WXRender", "viewport", "changeMatrix", "resize", "update", "setUserRecord", "beyond", "changePage", "next", "prev", "getOpenId", "userInfo", "refreshData", "scrollTo", "variables", "loadRes", "nonsense", "", "engine"];
          const names = ["type", "command", "event", "action", "message", "method", "key", "cmd", "msgType"];
          const numbers = [0, 1, -1, 0.5, 3, 100, 1e9, -1e9, 1e308, NaN, Infinity, 2 ** 53];
          const values = () => pick([() => pick(numbers), () => pick(words), () => null, () => random(2) === 1, () => "\ud800x", () => [], () => ({}), () => "9".repeat(random(60)), () => ({ x: pick(numbers), y: pick(numbers), width: pick(numbers), height: pick(numbers) })])();
          const members = ["x", "y", "a", "b", "c", "d", "tx", "ty", "w", "h", "score", "value", "page", "shareTicket", "openId", "data", "box", "top", "left", "animated", "force", "id", "KVDataList", "userInfo", "tab"];
          const message = () => {
            if (random(12) === 0) return values();
            const made = { [pick(names)]: random(10) ? pick(words) : values() };
            for (let count = random(5); count > 0; count -= 1) made[pick(members)] = values();
            if (random(3) === 0) Object.assign(made, pick(canvases));
            return random(8) ? made : JSON.stringify(made);
          };
          // A game has a few sizes of canvas; what the largest took is never given back.
          const canvases = [[300, 400], [1, 1], [360, 640], [500, 20], [600, 600], [299, 401]].map(([width, height]) => ({ width, height }));
          const calls = ["getFriendCloudStorage", "getGroupCloudStorage", "setUserCloudStorage", "getUserInfo"];
          const fault = () => pick([undefined, { errMsg: "fail", times: random(3) }, { errCode: -12006 }, null]);
          Object.assign(phone, { window: { width: 300, height: 400, devicePixelRatio: 1 } });
          for (let index = 0; index < 12; index += 1) phone.pictures[`a${index}.png`] = index % 5 ? pixel : undefined;
          const picture = () => pick([{ after: random(900) }, { after: 5 }, { after: 3, error: "no" }, undefined]);
          phone.picture = picture;
          const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
          await phone.start({ module: bytes, share: { imageUrl: "s.png" } });
          const sizes = {};
          for (let step = 0; step < steps; step += 1) {
            const kind = random(20);
            if (kind < 10) phone.post(message());
            else if (kind < 17) phone.touch(pick(["TouchStart", "TouchMove", "TouchMove", "TouchEnd", "TouchCancel"]), [pick([random(300), pick(numbers)]), pick([random(400), pick(numbers)])]);
            else if (kind === 17) phoneService.faults = Object.fromEntries([[pick(calls), fault()]].filter(([, fault]) => fault));
            else if (kind === 18) phoneService.latency = { [pick(calls)]: random(3000) };
            else Object.assign(phone.canvas, pick(canvases));
            // Most of them in the first minute: what is kept for good, and the caches, are full by then.
            const first = steps * 0.75;
            await phone.run(step < first ? ((step + 1) * 60_000) / first : 60_000 + ((step + 1 - first) * (length - 60_000)) / (steps - first));
            // What the test itself writes down is none of the board's.
            if (step % 500 === 499) phone.events.length = phone.calls.length = 0;
            if (step + 1 === first) Object.assign(sizes, { minute: memories.at(-1).buffer.byteLength, heapMinute: await heapOfPhone() });
          }
          phone.events.length = phone.calls.length = 0;
          Object.assign(sizes, { end: memories.at(-1).buffer.byteLength, heapEnd: await heapOfPhone() });
          phone.post({ type: "hide" });
          await phone.run(length + 60_000);
          return { sizes, counts: phone.counts, modules: memories.length, traps: phone.faults.filter((fault) => ["trap", "module", "font", "listener", "canvas"].includes(fault.code)) };
        },
        { module: modules[painter].toString("base64"), steps: STEPS, length: HALF_AN_HOUR, seed, pixel: PIXEL },
      );
      assert.deepEqual(thrown, [], "nothing is thrown to the host");
      assert.deepEqual(found.traps, []);
      assert.equal(found.modules, 1, "the module lives through all of it");
      assert.ok(found.sizes.end <= found.sizes.minute * 1.05, JSON.stringify(found.sizes));
      assert.ok(found.sizes.heapEnd <= found.sizes.heapMinute * 1.05, JSON.stringify(found.sizes));
      assert.deepEqual(found.counts, { frames: 0, timers: 0 });
      const { minute, end, heapMinute, heapEnd } = found.sizes;
      console.log(`${painter}: ${minute} bytes of the module and ${heapMinute} of JavaScript after a minute, ${end} and ${heapEnd} after half an hour`);
    } finally {
      await page.close();
    }
  });
}
