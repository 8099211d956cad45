// Runs a script of `friendboard play` on the phone, with a platform that answers as the script says.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PNG } from "pngjs";
import { Phone } from "./phone.mjs";
import "./service.js";

/** A script as it is written, with the data that it names. */
export function readScript(file) {
  const script = JSON.parse(readFileSync(file, "utf8"));
  const folder = dirname(file);
  const data = (entry) => (typeof entry === "string" ? JSON.parse(readFileSync(join(folder, entry), "utf8")) : entry);
  script.friends = data(script.friends ?? { data: [] });
  script.groups = Object.fromEntries(Object.entries(script.groups ?? {}).map(([name, group]) => [name, data(group)]));
  script.self ??= script.friends.self;
  script.assets = typeof script.assets === "string" ? join(folder, script.assets) : folder;
  const text = (name) => readFileSync(join(folder, name), "utf8");
  const look = (entry) => (typeof entry === "string" && entry.endsWith(".json") ? JSON.parse(text(entry)) : entry);
  script.options = { variables: script.var, selfOpenid: script.self, theme: look(script.theme), locale: look(script.locale) };
  const same = ["order", "key", "keyList", "thenBy", "since", "period", "zone", "date", "ties", "withoutScore", "top", "words", "share", "dataAge", "board"];
  for (const name of same) script.options[name] = script[name];
  if (script.template) Object.assign(script.options, { template: text(script.template), styles: [script.style ?? []].flat().map(text) });
  for (const name of Object.keys(script.options)) if (script.options[name] === undefined) delete script.options[name];
  return script;
}

/* global PhoneService */
/** How long a picture takes: a number for all, or by address with `*` for the others. */
const latencyOf = (image, src) => (typeof image === "object" ? (image[src] ?? image["*"]) : image) ?? 0;

const TOUCHES = { touchstart: "TouchStart", touchmove: "TouchMove", touchend: "TouchEnd", touchcancel: "TouchCancel" };

/** Runs a script; gives the phone, and the shown pixels by the names of snapshots. */
export async function run(file, module, change = {}) {
  const script = readScript(file);
  const service = new PhoneService(script);
  const picture = (src) => {
    const fault = service.faults.image?.[src];
    const after = latencyOf(service.latency.image, src);
    if (fault === "hang") return undefined;
    if (fault === "error") return { after, error: "the script says that it fails" };
    try {
      const { width, height, data } = PNG.sync.read(readFileSync(join(script.assets, src)));
      return { after, width, height, rgba: data };
    } catch (error) {
      return { after, error: error.message };
    }
  };
  const window = script.window ?? { width: 360, height: 640 };
  const canvas = { width: 300, height: 150, ...script.canvas };
  const phone = new Phone({ platform: script.platform, module, canvas, window, service, picture, ...change });
  await phone.start({ module: "friendboard.wasm", log: true, ...script.options, ...change.options });
  const snapshots = {};
  const step = ({ at, ...action }) => {
    const [[name, value]] = Object.entries(action);
    if (name === "message") phone.post(value);
    else if (name === "tap") for (const phase of ["TouchStart", "TouchEnd"]) phone.touch(phase, value);
    else if (name.startsWith("touch")) phone.touch(TOUCHES[name], value);
    else if (name === "expect") {
      phone.board.draw();
      phone.events.push({ at: phone.clock.now, event: "expect" });
    } else if (name === "snapshot") {
      phone.events.push({ at: phone.clock.now, event: "snapshot", name: value });
      phone.board.draw();
      snapshots[value] = { width: phone.canvas.width, height: phone.canvas.height, pixels: phone.canvas.pixels.slice() };
    } else if (name === "canvas") {
      if (value.width) phone.canvas.resize(value.width, value.height);
      if (value.style) phone.canvas.style = value.style;
      phone.board.draw();
    } else if (name === "window") {
      phone.window = value;
      phone.board.draw();
    }
    else if (name === "faults") service.faults = structuredClone(value);
    else if (name === "latency") service.latency = value;
    else if (name === "setUserCloudStorage") {
      const pairs = value.KVDataList ?? value.data ?? value;
      service.store(Array.isArray(pairs) ? pairs : Object.entries(pairs).map(([key, value]) => ({ key, value })));
    } else throw new Error(`the test does not know the step ${name}`);
  };
  for (const entry of script.steps) phone.clock.at(entry.at, () => step(entry));
  await phone.clock.run(script.end ?? script.steps.at(-1).at);
  return { phone, script, snapshots };
}
