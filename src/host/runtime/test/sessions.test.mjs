// The sessions of `golden/play` in a bare domain: the same log as `friendboard play`, member for member, and the same bytes.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { compiled } from "./module.mjs";
import { run } from "./session.mjs";

const golden = fileURLToPath(new URL("../../../../golden/play/", import.meta.url));
const module = () => compiled;

/** What only the script's side tells of: the game's own calls. */
const isOfTheGame = (line) => line.event === "setUserCloudStorage" || line.diagnostic !== undefined;
/** A template of the game's own has no name here. */
const named = (line) => (line.event === "state" && line.board && line.board.endsWith(".xml") ? { ...line, board: "board" } : line);
const isShown = (line) => line.event !== "painter";

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
}
