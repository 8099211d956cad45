// The sessions of `golden/play` in a bare domain: the same log as `friendboard play`, member for member, and the same bytes.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { canvas2d, compiled } from "./module.mjs";
import { recorded } from "./recorded.mjs";
import { run } from "./session.mjs";

const golden = fileURLToPath(new URL("../../../../golden/play/", import.meta.url));
const module = () => compiled;
const compiled2d = new WebAssembly.Module(canvas2d);

/** What only the script's side tells of: the game's own calls. */
const isOfTheGame = (line) => line.event === "setUserCloudStorage" || line.diagnostic !== undefined;
/** A template of the game's own has no name here. */
const named = (line) => (line.event === "state" && line.board && line.board.endsWith(".xml") ? { ...line, board: "board" } : line);
const isShown = (line) => line.event !== "painter";
/** Without what depends on whose fonts measure: how far a list scrolls, and for how long. */
const isOfNoFont = (line) => line.event !== "scroll" && !["requestAnimationFrame", "setTimer", "clearTimeout"].includes(line.effect);

for (const name of readdirSync(golden)) {
  test(`${name}: the log and the pixels of play`, async () => {
    const { phone, snapshots } = await run(`${golden}${name}/script.json`, module);
    const expected = readFileSync(`${golden}${name}/expected.ndjson`, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const found = phone.events.filter(isShown).filter((line) => !isOfTheGame(line));
    const wanted = expected.filter((line) => !isOfTheGame(line)).map(named);
    for (let index = 0; index < Math.max(found.length, wanted.length); index += 1) {
      assert.deepEqual(found[index] && JSON.parse(JSON.stringify(found[index])), wanted[index], `line ${index + 1}`);
    }
    for (const [snapshot, shown] of Object.entries(snapshots)) {
      const { width, height, data } = PNG.sync.read(readFileSync(`${golden}${name}/expected-${snapshot}.png`));
      assert.deepEqual([shown.width, shown.height], [width, height], snapshot);
      assert.ok(Buffer.compare(Buffer.from(shown.pixels.buffer), data) === 0, `${snapshot}: other pixels`);
    }
  });

  test(`${name}: the log of play by canvas2d`, async () => {
    const { context, calls } = recorded();
    const { phone } = await run(`${golden}${name}/script.json`, () => compiled2d, { context });
    assert.equal(phone.events[0].painter, "canvas2d", JSON.stringify(phone.faults));
    const expected = readFileSync(`${golden}${name}/expected.ndjson`, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const of = (lines) => lines.filter((line) => isShown(line) && !isOfTheGame(line) && isOfNoFont(line)).map(({ at, ...line }) => line);
    assert.deepEqual(of(JSON.parse(JSON.stringify(phone.events))), of(expected.map(named)));
    assert.ok(calls.some(([name]) => name === "fillText"), "letters were drawn");
  });
}
