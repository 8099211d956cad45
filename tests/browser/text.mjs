#!/usr/bin/env node
// Records how headless Chromium draws text in the bundled font files, for tests/text_browser.rs.
//
//     npm ci && npm run text          writes text-14.png, text-24.png, text-64.png and text.json beside this file
//     npm ci && npm run text:check    says where the recording differs from what this machine's Chromium draws
//
// CHROMIUM names another browser than /usr/bin/chromium. The text is drawn in grayscale at fractions of a pixel and without
// hinting, as on the phones that boards are for.

import { mkdtempSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const fonts = join(here, "..", "..", "assets", "fonts");
const sizes = [14, 24, 64];
// In the order of fallback of src/text/bundled.rs. (The small Latin face has the outlines and advances of the whole one.)
const faces = [
  ["NotoSans-Regular.ttf", 400], ["NotoSans-Bold.ttf", 700], ["NotoSansSC-Regular.otf", 400], ["NotoSansSC-Bold.otf", 700],
  ["NotoSansArabic-Regular.ttf", 400], ["NotoSansArabic-Bold.ttf", 700], ["NotoSansHebrew-Regular.ttf", 400],
  ["NotoSansHebrew-Bold.ttf", 700], ["NotoSansDevanagari-Regular.ttf", 400], ["NotoSansDevanagari-Bold.ttf", 700],
  ["NotoSansThai-Regular.ttf", 400], ["NotoSansThai-Bold.ttf", 700], ["NotoSansSymbols-Regular.ttf", 400],
];
// [weight, text]
const lines = [
  [400, "Alice AVATAR To-Wolf 1,234,567"], [700, "Bob the Builder Yvonne fjord"], [400, "Zoë Łukasz Øystein ßüñ çåæ"],
  [400, "Иванов Дмитрий Ёжик"], [700, "Ελληνικά Νίκος"], [400, "Nguyễn Thị Phượng Đặng"],
  [400, "小明的排行榜 王者荣耀"], [700, "无敌是多么寂寞，第一名"], [400, "ひらがなカタカナ東京"], [400, "안녕하세요 김철수 점수"],
  [700, "최고 점수 홍길동"], [400, "محمد السلام عليكم"], [700, "أفضل النتيجة"], [400, "שלום דוד ירושלים"], [700, "מוביל תוצאות"],
  [400, "नमस्ते श्रीमती विद्यार्थी"], [700, "कृष्ण क्षत्रिय"], [400, "สวัสดี ผู้เล่น น้ำใจ"], [700, "อันดับ คะแนน"],
  [400, "Alice 小明 42% 안녕"], [400, "小明 שלום דוד 第一"], [400, "★ ♥ → ♛ 1st"],
];

const family = (name) => name.replace(/-.*/, "");
const faceRules = faces.map(([name, weight]) => `@font-face { font-family: ${family(name)}; font-weight: ${weight};
  src: url("${pathToFileURL(join(fonts, name))}"); }`).join("\n");
const stack = [...new Set(faces.map(([name]) => family(name)))].join(", ");
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

function page_of(size) {
  const step = Math.round(size * 1.75);
  const rows = lines.map(([weight, text], number) =>
    `<div dir=auto style="left: ${8 + (number % 4) / 4}px; top: ${number * step}px; font-weight: ${weight}">${escape(text)}<i></i></div>`);
  return `<!doctype html><meta charset=utf-8><style>
${faceRules}
body { margin: 0; background: #fff; color: #000; font: ${size}px/${step}px ${stack}; text-rendering: geometricPrecision;
  -webkit-font-smoothing: antialiased; }
div { position: absolute; white-space: pre; }
i { display: inline-block; width: 0; height: 0; }
</style>${rows.join("\n")}`;
}

// In the page: the left and right edge of each grapheme cluster, the baseline, the width.
function measure() {
  return [...document.querySelectorAll("div")].map((line) => {
    const text = line.firstChild;
    const range = document.createRange();
    const box = (start, end) => {
      range.setStart(text, start);
      range.setEnd(text, end);
      const { left, right } = range.getBoundingClientRect();
      return [left, right].map((edge) => Math.round(edge * 1000) / 1000);
    };
    const clusters = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text.data)].map(
      ({ index, segment }) => [segment, ...box(index, index + segment.length)],
    );
    const [left, right] = box(0, text.data.length);
    const baseline = line.querySelector("i").getBoundingClientRect().bottom;
    return { text: text.data, left, right, baseline, clusters };
  });
}

async function record() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--headless", "--font-render-hinting=none", "--disable-lcd-text", "--force-device-scale-factor=1",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    ],
  });
  const recorded = { browser: browser.version(), sizes: {} };
  const pictures = {};
  try {
    const folder = mkdtempSync(join(tmpdir(), "friendboard-"));
    for (const size of sizes) {
      const width = Math.ceil(size * 22);
      const height = Math.round(size * 1.75) * lines.length;
      const page = await browser.newPage({ viewport: { width, height } });
      const file = join(folder, `${size}.html`);
      writeFileSync(file, page_of(size));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => document.fonts.ready);
      const failed = await page.evaluate(() => [...document.fonts].filter((face) => face.status === "error").map((face) => face.family));
      if (failed.length) throw new Error(`fonts that did not load: ${failed}`);
      const measured = await page.evaluate(measure);
      recorded.sizes[size] = measured.map((line, number) => ({ weight: lines[number][0], ...line }));
      pictures[size] = await page.screenshot({ animations: "disabled" });
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return { recorded, pictures };
}

const { recorded, pictures } = await record();
const json = JSON.stringify(recorded).replace(/\{"weight"/g, '\n{"weight"') + "\n";
const files = { "text.json": Buffer.from(json), ...Object.fromEntries(sizes.map((size) => [`text-${size}.png`, pictures[size]])) };
if (process.argv[2] === "--check") {
  const without_version = (bytes) => bytes.toString("latin1").replace(/"browser":"[^"]*"/, "");
  const different = Object.keys(files).filter(
    (name) => !existsSync(join(here, name)) || without_version(readFileSync(join(here, name))) !== without_version(files[name]),
  );
  if (different.length) {
    const known = existsSync(join(here, "text.json")) ? JSON.parse(readFileSync(join(here, "text.json"))).browser : "none";
    console.error(`Chromium ${recorded.browser} (recorded: ${known}) draws differently: ${different.join(", ")}`);
    process.exit(1);
  }
  console.log(`Chromium ${recorded.browser} draws what is recorded`);
} else {
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(here, name), bytes);
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
