// The page of `friendboard golden review` in a browser, by the keyboard alone, in light and in dark.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { addressOf, launch } from "./browser.mjs";

const FRIENDBOARD = process.env.FRIENDBOARD ?? fileURLToPath(new URL("../../../../target/debug/friendboard", import.meta.url));
const env = { ...process.env };
delete env.CI;

let folder, server, url, browser;
const golden = (...words) => execFileSync(FRIENDBOARD, ["golden", ...words], { cwd: folder, env, encoding: "utf8" });
const fails = (...words) => {
  try {
    golden(...words);
  } catch (error) {
    return error.stdout + error.stderr;
  }
  return assert.fail(`${words} passed`);
};

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "friendboard-review-"));
  writeFileSync(join(folder, "board.xml"), `<view class="board"><text id="title" class="title" value="Best of May"/></view>`);
  writeFileSync(join(folder, "board.json"), `{"board": {"width": 120, "height": 60, "backgroundColor": "#ffffff"}, "title": {"color": "#114488", "margin": 8}}`);
  golden("new", "title", "--from", "render", "--template", "board.xml", "--style", "board.json", "--size", "120x60");
  golden("new", "podium", "--from", "render", "--board", "podium", "--size", "200x200");
  for (const [name, from, to] of [["title/case.toml", `"light"`, `"light", "dark"`], ["podium/case.toml", `"podium"`, `"surpass"`]]) {
    const path = join(folder, "golden", name);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  }
  fails("accept", "golden/title");
  golden("prune");
  const style = join(folder, "golden/title/board.json");
  writeFileSync(style, readFileSync(style, "utf8").replace("#114488", "#aa2200"));
  server = spawn(FRIENDBOARD, ["golden", "review"], { cwd: folder, env });
  url = await addressOf(server);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
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

for (const colorScheme of ["light", "dark"]) {
  test(`the page can be read in ${colorScheme}, and reaches nothing but its server`, async () => {
    const page = await browser.newPage({ colorScheme });
    const asked = [], wrong = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(String(error)));
    await page.goto(url);
    await page.waitForSelector("figure img");
    const colors = await page.evaluate(() => {
      const of = (element) => {
        let ground = element;
        while (ground.parentElement && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
        return [element.id || element.textContent.slice(0, 20), getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
      };
      return [...document.querySelectorAll("h1, h2, p, label, button:not(:disabled), figcaption, pre, dd")].filter((e) => e.textContent).map(of);
    });
    assert.ok(colors.length > 15);
    for (const [what, ink, ground] of colors) assert.ok(contrast(ink, ground) >= 4.5, `${what}: ${ink} on ${ground}`);
    const background = colors.find(([what]) => what === "name")[2];
    assert.equal(background === "rgb(255, 255, 255)", colorScheme === "light");
    assert.deepEqual(wrong, []);
    assert.ok(asked.every((address) => address.startsWith(url) || address.startsWith("data:")), asked.join("\n"));
    // Nothing is without a name for who does not see it.
    const nameless = await page.$$eval("button, input, select, img", (all) =>
      all.filter((e) => !(e.textContent.trim() || e.alt || e.ariaLabel || e.labels?.length)).map((e) => e.outerHTML));
    assert.deepEqual(nameless, []);
    await page.close();
  });
}

test("failures are looked at in every way, and accepted, by the keyboard alone", async () => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForSelector("figure img");
  const name = () => page.textContent("#name");
  const press = (key) => page.keyboard.press(key);
  const shown = async (key, selector) => {
    await press(key);
    await page.waitForSelector(selector);
  };
  assert.equal(await name(), "golden/podium");
  await press("j");
  await page.waitForFunction(() => document.getElementById("name").textContent === "golden/title/light");
  await press("k");
  await page.waitForFunction(() => document.getElementById("name").textContent === "golden/podium");
  await press("j");
  await page.waitForFunction(() => document.querySelectorAll("figure img").length === 3 && document.getElementById("name").textContent.endsWith("light"));
  assert.match(await page.textContent("#lines"), /begins at scene[^]*board\.xml:1:21: text#title\.title/);

  await shown("2", ".divider");
  const left = () => page.$eval(".divider", (divider) => parseFloat(divider.style.left));
  const before = await left();
  await press("ArrowRight");
  assert.ok((await left()) > before);
  await shown("4", ".stack img + img");
  const opacity = () => page.$eval(".stack img + img", (image) => Number(image.style.opacity));
  const half = await opacity();
  await press("Shift+ArrowLeft");
  assert.ok((await opacity()) < half);
  await shown("5", `img[alt="Difference"]`);
  await press(" ");
  const blinked = await page.textContent("figcaption");
  await press(" ");
  assert.notEqual(await page.textContent("figcaption"), blinked);
  await shown("6", "canvas.pixels");
  const [, x, y] = /\((\d+), (\d+)\) RGBA: expected \d+ \d+ \d+ 255, actual \d+ \d+ \d+ 255/.exec(await page.textContent("#values"));
  await press("ArrowRight");
  await press("ArrowDown");
  assert.match(await page.textContent("#values"), new RegExp(`\\(${Number(x) + 1}, ${Number(y) + 1}\\)`));
  await shown("1", "figure img");
  const width = () => page.$eval("figure img", (image) => image.getBoundingClientRect().width);
  const small = await width();
  for (let times = 0; times < 3; times++) await press("+");
  assert.ok((await width()) > small);
  await press("0");
  await shown("b", ".overlay rect");
  const titles = await page.$$eval(".overlay rect title", (all) => all.map((title) => title.textContent));
  assert.ok(titles.some((title) => /^text#title\.title .*board\.xml:1:21$/.test(title)), titles.join());
  await shown("?", "#keys:not([hidden])");

  // The focus goes through the page, and is seen.
  await press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter");
  await page.keyboard.type("dark");
  assert.equal((await page.$$("#list li")).length, 1);
  await page.fill("#filter", "");
  await page.evaluate(() => document.activeElement.blur());

  await press("a");
  await page.waitForFunction(() => document.getElementById("name").textContent === "golden/title/dark");
  assert.match(fails("run"), /2 of 3 pictures failed/);
  await press("c");
  await page.waitForFunction(() => document.getElementById("count").textContent === "1 of 3 left");
  assert.match(golden("run", "golden/title"), /2 pictures as accepted/);
  await page.click("#accept-all");
  await page.waitForFunction(() => document.getElementById("count").textContent === "0 of 3 left");
  assert.match(golden("run"), /3 pictures as accepted/);
  await page.close();
});
