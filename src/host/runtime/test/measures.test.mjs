// The canvas2d painter's boxes and line breaks are those of a native run with the same host's measures: both are held to
// tests/data/host-measures.json, here by what the runtime draws, in tests/host_measures.rs by the draw list.
// FRIENDBOARD_ACCEPT=1 writes what was drawn, which the native test then judges.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { canvas2d } from "./module.mjs";
import { Phone } from "./phone.mjs";
import { recorded } from "./recorded.mjs";

const place = new URL("../../../../tests/data/host-measures.json", import.meta.url);
const compiled = new WebAssembly.Module(canvas2d);

/** A phone that shows the fixture's friends, on a context that lacks something: what it drew, and the phone itself. */
async function shown(fixture, lacks = []) {
  const { context, calls } = recorded({ lacks });
  const [width, height] = fixture.canvas;
  const phone = new Phone({
    module: () => compiled,
    canvas: { width, height },
    window: { width, height, devicePixelRatio: 1 },
    service: { has: (name) => /^get\w*Cloud/.test(name), call: (name) => ({ after: 5, success: true, answer: { data: fixture.friends, errMsg: `${name}:ok` } }) },
    picture: () => ({ after: 5, error: "none" }),
    context,
  });
  await phone.start({ module: "friendboard.wasm", ...fixture.settings });
  assert.equal(phone.board.painter, "canvas2d", JSON.stringify(phone.faults));
  phone.post({ type: "showFriendList" });
  await phone.clock.run(1000);
  return { phone, calls };
}

test("in a bare domain every box and line break is that of a native run with the host's measures", async () => {
  const fixture = JSON.parse(readFileSync(place, "utf8"));
  const { phone, calls } = await shown(fixture);
  assert.deepEqual(phone.events.filter((line) => line.event === "state").map((line) => line.state), ["loading", "ready"]);
  // Of another size and back, everything is drawn again, whatever a frame before has drawn of it.
  const [width, height] = fixture.canvas;
  for (const by of [1, 0]) phone.post({ type: "resize", width: width + by, height: height + by });
  const drawn = calls.slice(calls.findLastIndex(([name]) => name === "clearRect") + 1);
  if (process.env.FRIENDBOARD_ACCEPT) {
    fixture.drawn = drawn;
    const lines = drawn.map((call) => `    ${JSON.stringify(call)}`).join(",\n");
    writeFileSync(place, `${JSON.stringify({ ...fixture, drawn: [] }, undefined, 2).replace('"drawn": []', `"drawn": [\n${lines}\n  ]`)}\n`);
  }
  assert.ok(drawn.filter(([name]) => name === "fillText").length > 12);
  assert.deepEqual(drawn, fixture.drawn);
});

test("without clip a bare domain shows the same letters at the same places, and says how", async () => {
  const fixture = JSON.parse(readFileSync(place, "utf8"));
  const letters = [];
  for (const lacks of [[], ["clip"]]) {
    const { phone, calls } = await shown(fixture, lacks);
    assert.equal(/no clip/.test(phone.events[0].why), lacks.length > 0, phone.events[0].why);
    letters.push(calls.filter(([name]) => name === "fillText").slice(-12));
  }
  assert.deepEqual(letters[0], letters[1]);
});

test("while the module is compiled the canvas gets its memory and a font is looked for, and nothing is to be seen", async () => {
  const fixture = JSON.parse(readFileSync(place, "utf8"));
  const { context, calls } = recorded();
  const styles = [], measured = [];
  const { fillRect, measureText } = context;
  Object.assign(context, {
    fillRect: (...all) => (styles.push(context.fillStyle), fillRect(...all)),
    measureText: (text) => (measured.push(text), measureText.call(context, text)),
  });
  let come;
  const phone = new Phone({
    globals: { WXWebAssembly: { instantiate: (_path, imports) => new Promise((done) => (come = async () => done({ instance: await WebAssembly.instantiate(compiled, imports) }))) } },
    canvas: { width: 300, height: 400 },
    window: { width: 300, height: 400, devicePixelRatio: 1 },
    service: { has: () => false },
    context,
  });
  await phone.start({ module: "friendboard.wasm", ...fixture.settings });
  assert.equal(phone.board.painter, undefined);
  assert.deepEqual([calls, styles, measured], [[["fillRect", 0, 0, 1, 1]], ["rgba(0,0,0,0)"], ["x"]]);
  await come();
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  assert.equal(phone.board.painter, "canvas2d", JSON.stringify(phone.faults));
});

test("what a frame does not change is not drawn again, but where the canvas has no clip", async () => {
  const fixture = JSON.parse(readFileSync(place, "utf8"));
  fixture.settings.selfOpenid = fixture.friends[0].openid;
  const [width, height] = fixture.canvas;
  const texts = [];
  for (const lacks of [[], ["clip"]]) {
    const { phone, calls } = await shown(fixture, lacks);
    calls.length = 0;
    phone.post({ type: "update", score: 123_456 });
    const cleared = calls.filter(([name]) => name === "clearRect").at(-1);
    assert.equal(cleared[3] === width && cleared[4] === height, lacks.length > 0, `${cleared}`);
    texts.push(calls.filter(([name]) => name === "fillText").map(([, text]) => text));
    phone.post({ type: "hide" });
    assert.deepEqual(calls.at(-1), ["clearRect", 0, 0, width, height], "what is hidden is transparent");
  }
  const [part, whole] = texts;
  assert.ok(part.length > 0 && part.length < whole.length, `${part} of ${whole}`);
  assert.deepEqual(part.filter((text) => !whole.includes(text)), []);
});
