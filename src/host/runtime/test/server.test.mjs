// The pages of `friendboard serve` in a browser: that of examples (`--dev`), and that of the API. Nothing of them comes from
// elsewhere.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { addressOf, launch } from "./browser.mjs";

const FRIENDBOARD = process.env.FRIENDBOARD ?? fileURLToPath(new URL("../../../../target/debug/friendboard", import.meta.url));

let server, url, browser, page;
const wrong = [], asked = [];

before(async () => {
  server = spawn(FRIENDBOARD, ["serve", "--dev", "--listen", "127.0.0.1:0", "--rate", "0", "--time", "60000"], { stdio: ["ignore", "pipe", "ignore"] });
  url = (await addressOf(server)).replace(/\/$/, "");
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && !/status of 422/.test(message.text()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
});

after(async () => {
  await browser?.close();
  server?.kill();
});

/** Waits for the picture of what the page asks for now, and gives its size. */
const picture = () => page.waitForFunction(() => {
  const image = document.getElementById("picture");
  return document.getElementById("status").textContent.startsWith("200") && !image.hidden && image.complete && image.naturalWidth > 0
    && { width: image.naturalWidth, height: image.naturalHeight };
}).then((found) => found.jsonValue());

test("each board, share image and card has its picture, and a line that asks for it elsewhere", async () => {
  await page.goto(`${url}/`);
  const labels = await page.waitForFunction(() => {
    const found = [...document.getElementById("example").options].map((option) => option.label);
    return found.length > 0 && found;
  }).then((found) => found.jsonValue());
  for (const kind of ["board podium", "board duel", "share image invite", "card tiktok/shareToUser"]) assert.ok(labels.includes(kind), `${kind}: ${labels}`);
  for (const [index, label] of labels.entries()) {
    const before = await page.getAttribute("#picture", "src");
    if (index > 0) {
      await page.selectOption("#example", String(index));
      await page.waitForFunction((before) => document.getElementById("picture").getAttribute("src") !== before, before);
    }
    const { width, height } = await picture();
    assert.ok(width > 100 && height > 100, label);
    const line = await page.textContent("#curl");
    const path = label.startsWith("board ") ? `/v1/boards/${label.slice(6)}.png` : undefined;
    assert.ok(line.startsWith("curl -s ") && (path === undefined || line.includes(`${url}${path}`)), line);
  }
});

test("a change is drawn, and a mistake is said in place of the picture", async () => {
  await page.goto(`${url}/`);
  await picture();
  await page.fill("#body", '{"width": 200, "height": 100, "data": []}');
  await page.waitForFunction(() => document.getElementById("picture").naturalWidth === 200);
  await page.fill("#body", '{"widht": 200}');
  await page.waitForFunction(() => !document.getElementById("problem").hidden);
  assert.match(await page.textContent("#problem"), /did you mean `width`\?/);
  assert.equal(await page.isHidden("#picture"), true);
});

test("the API's page names each route and draws its example", async () => {
  await page.goto(`${url}/docs`);
  await page.waitForFunction(() => document.querySelectorAll("textarea").length > 2);
  const api = await page.evaluate(() => fetch("/v1/openapi.json").then((response) => response.json()));
  const text = await page.textContent("main");
  for (const path of Object.keys(api.paths)) assert.ok(text.includes(path), path);
  for (const id of ["drawBoard", "drawShareImage"]) {
    await page.click(`#${id} summary`);
    await page.click(`#${id} button`);
    await page.waitForFunction((id) => document.querySelector(`#${id} img`)?.naturalWidth > 0, id);
  }
  // Each kind of what is signed has its members.
  assert.ok((await page.textContent("#sign")).includes("PLATFORM/CALL"));
});

test("nothing came from elsewhere, and nothing was wrong", () => {
  assert.deepEqual(asked.filter((address) => !address.startsWith(`${url}/`) && !address.startsWith("blob:")), []);
  assert.deepEqual(wrong, []);
});
