// Runs a script of `friendboard play` on the phone, with a platform that answers as the script says.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PNG } from "pngjs";
import { Phone } from "./phone.mjs";

/** The platform's side of a script. */
class Service {
  constructor(script, folder) {
    Object.assign(this, { script, latency: script.latency ?? {}, faults: structuredClone(script.faults ?? {}) });
    const data = (entry) => (typeof entry === "string" ? JSON.parse(readFileSync(join(folder, entry), "utf8")) : entry);
    this.friends = data(script.friends ?? { data: [] });
    this.groups = Object.fromEntries(Object.entries(script.groups ?? {}).map(([name, group]) => [name, data(group)]));
    this.self = script.self ?? this.friends.self;
    this.authorized = script.authorized ?? true;
  }
  /** WeChat's cloud is everybody's here, but for what Douyin and TikTok have alone. */
  has(name) {
    return /^(get(Friend|Group)CloudStorage|getCloudStorageByRelation|[sg]etUserCloudStorage|getUserInfo|authorizeOpenContext|share\w+)$/.test(name);
  }
  call(name, options) {
    const after = this.latency[name] ?? 0;
    const fault = this.faults[name];
    if (fault && fault.times !== 0) {
      if (fault.times !== undefined) fault.times -= 1;
      const { times, ...answer } = fault;
      return { after, success: false, answer };
    }
    if (name === "authorizeOpenContext") {
      this.authorized = true;
      return { after, success: true, answer: { errMsg: `${name}:ok` } };
    }
    if (name === "setUserCloudStorage") {
      this.store(options.KVDataList ?? options.data);
      return { after, success: true, answer: { errMsg: `${name}:ok` } };
    }
    if (!/CloudStorage/.test(name)) return { after, success: true, answer: { errMsg: `${name}:ok` } };
    if (!this.authorized) return { after, success: false, answer: { errMsg: `${name}:fail auth deny`, errCode: -12006 } };
    const list = this.groups[options.shareTicket ?? options.groupid ?? options.extra?.groupId] ?? this.friends;
    const asked = ({ KVDataList = [], ...friend }) => ({
      ...friend,
      KVDataList: KVDataList.filter((pair) => options.keyList.includes(pair.key)),
    });
    const { self, ...rest } = list;
    return { after, success: true, answer: { ...rest, data: list.data.map(asked), errMsg: `${name}:ok` } };
  }
  store(pairs) {
    for (const list of [this.friends, ...Object.values(this.groups)]) {
      const own = list.data.find((friend) => friend.openid === this.self);
      if (!own) continue;
      own.KVDataList ??= [];
      for (const { key, value } of pairs) {
        const known = own.KVDataList.find((pair) => pair.key === key);
        known ? (known.value = value) : own.KVDataList.push({ key, value });
      }
    }
  }
}

const TOUCHES = { touchstart: "TouchStart", touchmove: "TouchMove", touchend: "TouchEnd", touchcancel: "TouchCancel" };

/** Runs a script; gives the phone, and the shown pixels by the names of snapshots. */
export async function run(file, module, change = {}) {
  const script = JSON.parse(readFileSync(file, "utf8"));
  const folder = dirname(file);
  const service = new Service(script, folder);
  const assets = typeof script.assets === "string" ? join(folder, script.assets) : folder;
  const picture = (src) => {
    const fault = service.faults.image?.[src];
    const after = service.latency.image ?? 0;
    if (fault === "hang") return undefined;
    if (fault === "error") return { after, error: "the script says that it fails" };
    try {
      const { width, height, data } = PNG.sync.read(readFileSync(join(assets, src)));
      return { after, width, height, rgba: data };
    } catch (error) {
      return { after, error: error.message };
    }
  };
  const window = script.window ?? { width: 360, height: 640 };
  const canvas = { width: 300, height: 150, ...script.canvas };
  const phone = new Phone({ platform: script.platform, module, canvas, window, service, picture, ...change });
  const { theme, locale, order, keyList, words, share, dataAge, board } = script;
  const options = { theme, locale, order, keyList, words, share, dataAge, board, variables: script.var, selfOpenid: service.self };
  if (script.template) {
    const text = (name) => readFileSync(join(folder, name), "utf8");
    Object.assign(options, { template: text(script.template), styles: [script.style ?? []].flat().map(text) });
  }
  for (const name of Object.keys(options)) if (options[name] === undefined) delete options[name];
  await phone.start({ module: "friendboard.wasm", log: true, ...options, ...change.options });
  const snapshots = {};
  const step = ({ at, ...action }) => {
    const [[name, value]] = Object.entries(action);
    if (name === "message") phone.post(value);
    else if (name === "tap") for (const phase of ["TouchStart", "TouchEnd"]) phone.touch(phase, value);
    else if (name.startsWith("touch")) phone.touch(TOUCHES[name], value);
    else if (name === "snapshot") {
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
