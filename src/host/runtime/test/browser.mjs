// A page that plays the phone: the open data domain is a sandboxed frame without eval and without network, as strict as
// TikTok's, with a platform's globals that miss what they miss.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const RUNTIME = here("../../../../assets/open-data-context/friendboard.js");
const POLICY = "default-src 'none'; script-src 'nonce-friendboard' 'wasm-unsafe-eval'; img-src data:; style-src 'unsafe-inline'";

/** One browser for a file of tests. */
export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
}

/** The address that a server says on its output that it serves at. */
export function addressOf(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
}

/**
 * The frame of an open data domain on a platform. `lacks` are members that the 2D context has not; `files` are those of the
 * package, which then are all that the domain has, in place of the bytes of a module; `wasm`: whether it has WebAssembly.
 */
export async function openDomain(browser, { platform = "wechat", canvas, script = {}, lacks = [], scripts = [RUNTIME], files, wasm = true }) {
  const page = await browser.newPage();
  const inline = (text) => `<script nonce="friendboard">${text.replace(/<\/script/g, "<\\/script")}</script>`;
  const { friends, groups, self, latency, faults, authorized } = script;
  const setup = `
    for (const name of ${JSON.stringify(lacks)}) delete CanvasRenderingContext2D.prototype[name];
    phonePlatform = ${JSON.stringify(platform)};
    phoneFiles = ${JSON.stringify(files ?? null)};
    phoneHasWasm = ${wasm};
    phoneService = new PhoneService(${JSON.stringify({ friends, groups, self, latency, faults, authorized }).replace(/</g, "\\u003c")});`;
  const html = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><body style="margin:0">
    <canvas id="canvas" width="${canvas.width}" height="${canvas.height}" style="display:block"></canvas>
    ${inline(here("service.js"))}${inline("var phonePlatform, phoneService, phoneFiles, phoneHasWasm;" + setup)}${inline(here("domain.js"))}${scripts.map(inline).join("")}</body>`;
  await page.setContent(`<!doctype html><body style="margin:0;background:#8a8"><iframe id="domain" sandbox="allow-scripts" style="border:0"
    width="${canvas.width}" height="${canvas.height}"></iframe></body>`);
  await page.evaluate((html) => (document.getElementById("domain").srcdoc = html), html);
  await page.waitForFunction(() => window.frames.length === 1);
  const frame = page.frames()[1];
  await frame.waitForFunction((files) => typeof phone !== "undefined" && (files || typeof friendboard !== "undefined"), Boolean(files));
  return { page, frame };
}

/** The addresses of a script's pictures, as `data:` addresses. */
function picturesOf(script) {
  const pictures = {};
  const lists = [script.friends, ...Object.values(script.groups)].flatMap((list) => list.data ?? []);
  for (const { avatarUrl } of lists) {
    try {
      pictures[avatarUrl] = `data:image/png;base64,${readFileSync(join(script.assets, avatarUrl)).toString("base64")}`;
    } catch {
      // It is not there, and fails.
    }
  }
  return pictures;
}

/** Plays a script in the frame, with a module or with one for each painter; gives its log, its snapshots and what was said. */
export async function play(frame, script, module, options = {}) {
  const argument = {
    script: { steps: script.steps, end: script.end ?? script.steps.at(-1).at, window: script.window ?? { width: 360, height: 640 } },
    faults: script.faults ?? {},
    latency: script.latency ?? {},
    style: script.canvas?.style,
    modules: module instanceof Uint8Array ? { only: module.toString("base64") } : Object.fromEntries(Object.entries(module).map(([painter, bytes]) => [painter, bytes.toString("base64")])),
    pictures: picturesOf(script),
    options: { log: true, ...script.options, ...options },
  };
  const result = await frame.evaluate(async ({ script, faults, latency, style, modules, pictures, options }) => {
    const TOUCHES = { touchstart: "TouchStart", touchmove: "TouchMove", touchend: "TouchEnd", touchcancel: "TouchCancel" };
    const { phone, phoneService: service } = globalThis;
    Object.assign(service, { faults, latency });
    phone.window = script.window;
    phone.pictures = pictures;
    if (style) Object.defineProperty(phone.canvas, "style", { value: style, writable: true });
    phone.picture = (src) => {
      const fault = service.faults.image && service.faults.image[src];
      return fault === "hang" ? undefined : { after: latencyOf(service.latency.image, src), error: fault === "error" ? "the script says that it fails" : undefined };
    };
    for (const name of Object.keys(modules)) modules[name] = Uint8Array.from(atob(modules[name]), (character) => character.charCodeAt(0));
    await phone.start({ ...options, module: modules.only ?? modules });
    const latencyOf = (image, src) => (image && typeof image === "object" ? (src in image ? image[src] : image["*"]) : image) || 0;
    const snapshots = {};
    const step = (action) => {
      const [[name, value]] = Object.entries(action);
      if (name === "message") phone.post(value);
      else if (name === "tap") for (const phase of ["TouchStart", "TouchEnd"]) phone.touch(phase, value);
      else if (TOUCHES[name]) phone.touch(TOUCHES[name], value);
      else if (name === "expect") {
        phone.board.draw();
        phone.events.push({ at: phone.clock.now, event: "expect" });
      } else if (name === "snapshot") {
        phone.events.push({ at: phone.clock.now, event: "snapshot", name: value });
        phone.board.draw();
        snapshots[value] = phone.pixels();
      } else if (name === "canvas") {
        if (value.width) Object.assign(phone.canvas, { width: value.width, height: value.height });
        if (value.style) phone.canvas.style = value.style;
        phone.board.draw();
      } else if (name === "window") {
        phone.window = value;
        phone.board.draw();
      } else if (name === "faults") service.faults = value;
      else if (name === "latency") service.latency = value;
      else if (name === "setUserCloudStorage") {
        const pairs = value.KVDataList || value.data || value;
        service.store(Array.isArray(pairs) ? pairs : Object.entries(pairs).map(([key, value]) => ({ key, value })));
      } else throw new Error(`the test does not know the step ${name}`);
    };
    // In the order of the script, whatever else is due at the same time comes after.
    for (const { at, ...action } of script.steps) phone.clock.due.set(phone.clock.next++, { time: at, run: () => step(action) });
    await phone.run(script.end);
    return { events: phone.events, faults: phone.faults, snapshots, counts: phone.counts };
  }, argument);
  for (const shot of Object.values(result.snapshots)) shot.pixels = Buffer.from(shot.base64, "base64");
  return result;
}
