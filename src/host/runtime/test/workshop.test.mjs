// The page of `friendboard dev` in a browser: saves, mistakes, the inspector, messages, failing pictures, a session that
// `friendboard play` repeats.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { addressOf, launch } from "./browser.mjs";

const root = new URL("../../../../", import.meta.url);
const FRIENDBOARD = process.env.FRIENDBOARD ?? fileURLToPath(new URL("target/debug/friendboard", root));
const BOARD = `<view class="board">
  <text id="top" class="title" value="{{ friends[0].nickname if state == 'ready' else '' }}"/>
  <scrollview id="list" class="list" scrollY="true">
    <image for="friend in friends" class="avatar" src="{{ friend.avatarUrl }}" alt="{{ friend.nickname }}"/>
  </scrollview>
</view>`;
const style = (color) => `{
  "board": {"width": "100%", "height": "100%", "backgroundColor": "${color}", "padding": 10},
  "title": {"fontSize": 20, "color": "#114488"},
  "list": {"flex": 1, "minHeight": 0},
  "avatar": {"width": 200, "height": 200, "margin": 6}
}`;

let folder, server, url, browser, page;
const wrong = [], asked = [];
const write = (file, text) => writeFileSync(join(folder, file), text);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "friendboard-workshop-"));
  write("board.xml", BOARD);
  write("board.json", style("#ffffff"));
  writeFileSync(join(folder, "fox.png"), readFileSync(fileURLToPath(new URL("assets/example/avatars/fox.png", root))));
  const people = ["Ann", "Bo", "Cy", "Di"].map((nickname, index) => ({ openid: `o${index}`, nickname, avatarUrl: "fox.png", KVDataList: [{ key: "score", value: String(40 - index) }] }));
  write("friends.json", JSON.stringify({ data: people }));
  const env = { ...process.env, FRIENDBOARD_EDITOR: `node ${fileURLToPath(new URL("editor.mjs", import.meta.url))} ${join(folder, "opened")} {file} {line} {column}` };
  delete env.CI;
  server = spawn(FRIENDBOARD, ["dev", folder], { env });
  url = await addressOf(server);
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && !/status of 400/.test(message.text()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector(".foot span")?.textContent === "ready");
});

after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The colour of a pixel of a frame, as the page shows it. */
const pixel = (x, y, frame = 0) => page.evaluate(([x, y, frame]) =>
  [...document.querySelectorAll(".screen canvas")[frame].getContext("2d").getImageData(x, y, 1, 1).data].join(), [x, y, frame]);
const shows = (x, y, color, frame = 0) => page.waitForFunction(([x, y, color, frame]) =>
  [...document.querySelectorAll(".screen canvas")[frame].getContext("2d").getImageData(x, y, 1, 1).data].join() === color, [x, y, color, frame]);

test("a save shows", async () => {
  const times = [];
  for (let turn = 0; turn < 20; turn++) {
    const blue = 100 + turn;
    const start = performance.now();
    write("board.json", style(`#ffff${blue.toString(16)}`));
    await page.waitForFunction((blue) => document.querySelector(".screen canvas").getContext("2d").getImageData(2, 2, 1, 1).data[2] === blue, blue);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`a save shows after ${times[10].toFixed(0)} ms (median of 20; ${times[0].toFixed(0)} to ${times[19].toFixed(0)})`);
  await page.waitForFunction(() => /board\.json: shown \d+ ms after the save/.test(document.getElementById("status").textContent));
});

test("a mistake is said over the board with its line, opens there, and is mended", async () => {
  write("board.xml", BOARD.replace("</view>", "</vieww>"));
  await page.waitForSelector(".error:not([hidden]) .place");
  assert.match(await page.textContent(".error .place"), /^board\.xml:6:\d+$/);
  await page.click(".error .place");
  await page.waitForFunction(() => /^opened board\.xml:6/.test(document.getElementById("status").textContent));
  for (let turn = 0; turn < 200 && !existsSync(join(folder, "opened")); turn++) await page.waitForTimeout(50);
  assert.match(readFileSync(join(folder, "opened"), "utf8"), /board\.xml 6 \d+$/);
  write("board.xml", BOARD);
  await page.waitForSelector(".error", { state: "hidden" });
});

test("the inspector leads from a pixel to the line", async () => {
  await page.keyboard.press("i");
  const box = await page.locator(".screen canvas").boundingBox();
  await page.mouse.move(box.x + 20, box.y + 22);
  await page.waitForFunction(() => document.getElementById("node-name")?.textContent === "text#top.title");
  assert.match(await page.textContent("#panel-inspect"), /written at board\.xml:2:3/);
  const declared = await page.$$eval("#declared li", (all) => all.map((line) => line.textContent.replace(/\s+/g, " ")));
  assert.deepEqual(declared, [".title color: #114488 board.json:3:38", ".title fontSize: 20 board.json:3:25"]);
  assert.equal(await page.locator(".screen svg path").count(), 4);
  await page.keyboard.press("i");
  assert.equal(await page.locator(".screen svg path").count(), 0);
});

test("messages are posted, friends edited, frames added", async () => {
  await page.keyboard.press("3");
  await page.fill("#message", '{"type": "hide"}');
  await page.click("#post");
  await page.waitForFunction(() => document.querySelector(".foot span").textContent === "hidden");
  await page.click("#messages li:has-text('Show the friends') button");
  await page.waitForFunction(() => document.querySelector(".foot span").textContent === "ready");
  await page.keyboard.press("2");
  await page.waitForFunction(() => document.querySelectorAll("#panel-friends tbody tr").length === 4);
  await page.selectOption("#friends-names", { label: "Markup" });
  await page.keyboard.press("1");
  await page.evaluate(() => document.activeElement.blur());
  await page.waitForFunction(async () => {
    const state = await (await fetch("people.json")).json();
    return state.people[0].nickname.startsWith("<b>");
  });
  await page.keyboard.press("n");
  await page.waitForFunction(() => document.querySelectorAll(".frame").length === 2);
  await page.selectOption(".frame:nth-child(2) select[aria-label^='theme']", "dark");
  await page.selectOption(".frame:nth-child(2) select[aria-label^='A usual size']", "320x480");
  await page.waitForFunction(() => document.querySelectorAll(".screen canvas")[1].width === 640);
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("x");
  await page.waitForFunction(() => document.querySelectorAll(".frame").length === 1);
});

test("a picture fails, is seen to, and is in the log", async () => {
  await page.evaluate(() => fetch("friends", { method: "POST", headers: { "content-type": "application/json" }, body: '{"file": "friends.json"}' }));
  const before = await pixel(200, 200);
  await page.keyboard.press("4");
  await page.fill("#failing", "fox.png");
  await page.evaluate(() => document.activeElement.blur());
  await page.waitForFunction((before) => [...document.querySelector(".screen canvas").getContext("2d").getImageData(200, 200, 1, 1).data].join() !== before, before);
  await page.keyboard.press("5");
  await page.waitForFunction(() => /missing-picture|fox\.png/.test(document.querySelector("#log-lines .diagnostic")?.textContent ?? ""));
  await page.keyboard.press("4");
  await page.fill("#failing", "");
  await page.evaluate(() => document.activeElement.blur());
  await shows(200, 200, before);
});

test("scrolling stays through a save, and a recorded session is played to the same bytes", async () => {
  const box = await page.locator(".screen canvas").boundingBox();
  await page.mouse.move(box.x + 100, box.y + 200);
  await page.mouse.down();
  for (let step = 1; step <= 6; step++) await page.mouse.move(box.x + 100, box.y + 200 - step * 15);
  await page.mouse.up();
  await page.mouse.wheel(0, 60);
  const offset = () => page.evaluate(async () => (await (await fetch("frame/1/steps")).json()).filter((step) => step.touchend || step.message?.type === "scrollTo").length);
  for (let turn = 0; turn < 100 && (await offset()) < 2; turn++) await page.waitForTimeout(50);
  assert.ok((await offset()) >= 2);
  await page.waitForTimeout(1500);
  const top = await page.evaluate(async () => (await (await fetch("frame/1/inspect?x=200&y=200")).json()).seen[1]);
  write("board.json", style("#ffeedd"));
  await shows(2, 2, "255,238,221,255");
  assert.equal(await page.evaluate(async () => (await (await fetch("frame/1/inspect?x=200&y=200")).json()).seen[1]), top);
  await page.keyboard.press("6");
  await page.fill("#session-name", "tried");
  await page.click("#save");
  await page.waitForSelector("#saved:has-text('the same bytes')");
  const picture = Buffer.from(await page.evaluate(async () => [...new Uint8Array(await (await fetch("frame/1/picture.png")).arrayBuffer())]));
  const log = await page.evaluate(async () => (await fetch("frame/1/log")).text());
  execFileSync(FRIENDBOARD, ["play", "tried.json", "--offline", "--out", "run"], { cwd: folder });
  assert.ok(readFileSync(join(folder, "run/end.png")).equals(picture));
  assert.equal(readFileSync(join(folder, "run/events.ndjson"), "utf8"), log);
  await page.fill("#session-name", "tried");
  await page.click("#golden");
  await page.waitForSelector("#saved:has-text('golden/tried is written')");
  assert.match(execFileSync(FRIENDBOARD, ["golden", "run", join(folder, "golden/tried")], { cwd: folder, encoding: "utf8" }), /as accepted/);
});

test("the draw list is stepped through", async () => {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("7");
  await page.waitForFunction(() => document.querySelectorAll("#commands li").length > 2);
  await page.click("#commands li:first-child");
  await page.waitForFunction(() => document.querySelectorAll("#commands li.off").length === document.querySelectorAll("#commands li").length - 1);
});

/** WCAG's contrast of two `rgb(…)` colours. */
function contrast(a, b) {
  const luminance = (color) => {
    const [red, green, blue] = color.match(/\d+/g).map((channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

for (const scheme of ["light", "dark"]) {
  test(`the page can be read in ${scheme}, has names for all, and reaches nothing but its server`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    for (let tab = 1; tab <= 7; tab++) {
      await page.keyboard.press(String(tab));
      const colors = await page.evaluate(() => [...document.querySelectorAll("h1, h2, p, label, button:not(:disabled), code, td, th, li:not(.off), select")].filter((e) => e.textContent && e.offsetParent).map((element) => {
        let ground = element;
        while (ground.parentElement && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
        return [element.id || element.textContent.slice(0, 20), getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
      }));
      assert.ok(colors.length > 15);
      for (const [what, ink, ground] of colors) assert.ok(contrast(ink, ground) >= 4.5, `${what}: ${ink} on ${ground}`);
      const nameless = await page.$$eval("button, input, select, textarea, canvas", (all) =>
        all.filter((e) => e.offsetParent && !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map((e) => e.outerHTML));
      assert.deepEqual(nameless, []);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${scheme}-${tab}.png`) });
    }
    assert.deepEqual(wrong, []);
    assert.ok(asked.every((address) => address.startsWith(url) || address.startsWith("data:")), asked.join("\n"));
  });
}
