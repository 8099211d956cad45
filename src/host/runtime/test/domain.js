// Inside of the open data domain that the browser test makes: the platform's globals, a virtual clock, and a canvas that is a
// real one. It runs before the runtime does, as a plain script; `phoneParts` comes from the page.
(function (global) {
  "use strict";
  const real = { setTimeout: global.setTimeout.bind(global), Image: global.Image, document: global.document };
  const clock = { now: 0, next: 1, due: new Map() };
  const at = (time, run) => (clock.due.set(clock.next, { time, run }), clock.next++);
  const nextFrame = () => Math.ceil(((Math.floor((clock.now * 60) / 1000) + 1) * 1000) / 60);
  // A turn of the real event loop, without the wait that browsers put between timers.
  const { port1, port2 } = new MessageChannel();
  const turns = [];
  port1.onmessage = () => turns.shift()();
  const turn = () => new Promise((done) => (turns.push(done), port2.postMessage(0)));
  const counts = { frames: 0, timers: 0 };
  global.Date.now = () => 1e12 + clock.now;
  global.setTimeout = (run, after) => (counts.timers++, at(clock.now + Math.max(0, after || 0), () => (counts.timers--, run())));
  global.clearTimeout = (handle) => clock.due.delete(handle) && counts.timers--;
  global.requestAnimationFrame = (run) => (counts.frames++, at(nextFrame(), () => (counts.frames--, run(clock.now))));
  global.cancelAnimationFrame = (handle) => clock.due.delete(handle) && counts.frames--;
  for (const name of ["fetch", "TextDecoder", "TextEncoder", "URL", "XMLHttpRequest", "WebSocket", "performance", "Worker"]) {
    Object.defineProperty(global, name, { value: undefined, configurable: true });
  }

  const phone = { clock, counts, events: [], faults: [], calls: [], messages: [], touches: {}, window: {}, pictures: {}, latency: 0 };
  phone.canvas = real.document.getElementById("canvas");
  const api = {
    onMessage: (listener) => phone.messages.push(listener),
    getSharedCanvas: () => phone.canvas,
    getSystemInfoSync: () => ({ windowWidth: phone.window.width, windowHeight: phone.window.height, pixelRatio: phone.window.devicePixelRatio || 1 }),
    createCanvas: () => real.document.createElement("canvas"),
    createImage() {
      const image = new real.Image();
      const outer = {};
      Object.defineProperties(image, {
        onload: { set: (run) => (outer.load = run) },
        onerror: { set: (run) => (outer.error = run) },
        src: {
          set(src) {
            const url = phone.pictures[src];
            const found = phone.picture ? phone.picture(src) : { after: 0 };
            if (!found) return;
            // The browser decodes at once; what is virtual is when the phone has it.
            const loaded = url
              ? new Promise((done) => {
                  image.addEventListener("load", () => done(true));
                  image.addEventListener("error", () => done(false));
                  image.setAttribute("src", url);
                })
              : Promise.resolve(false);
            phone.pending.push(loaded);
            at(clock.now + found.after, async () => {
              const good = (await loaded) && !found.error;
              good ? outer.load() : outer.error({ errMsg: found.error || "it is not there" });
            });
          },
        },
      });
      return image;
    },
  };
  phone.pending = [];
  phone.wait = (time) => new Promise((done) => real.setTimeout(done, time));
  for (const name of ["TouchStart", "TouchMove", "TouchEnd", "TouchCancel"]) {
    api["on" + name] = (listener) => (phone.touches[name] = listener);
    api["off" + name] = () => delete phone.touches[name];
  }
  const service = global.phoneService;
  phone.api = new Proxy(api, {
    get(target, name) {
      if (name in target || typeof name !== "string" || !service.has(name)) return target[name];
      return ({ success, fail, ...rest }) => {
        phone.calls.push([name, JSON.parse(JSON.stringify(rest))]);
        const { after, success: good, answer } = service.call(name, rest);
        at(clock.now + after, () => (good ? success : fail)(answer));
      };
    },
  });
  phone.run = async (end) => {
    for (;;) {
      let first;
      for (const [number, { time }] of clock.due) if (first === undefined || time < clock.due.get(first).time) first = number;
      if (first === undefined || clock.due.get(first).time > end) break;
      const { time, run } = clock.due.get(first);
      clock.due.delete(first);
      clock.now = Math.max(clock.now, time);
      await Promise.all(phone.pending.splice(0));
      await run();
      await turn();
    }
    clock.now = Math.max(clock.now, end);
  };
  phone.start = async (options) => {
    phone.board = global.friendboard.start({
      ...options,
      onEvent: (event) => phone.events.push(JSON.parse(JSON.stringify(event))),
      onError: (fault) => phone.faults.push(fault),
    });
    // Compiling takes real time.
    for (let tries = 0; tries < 2000 && !phone.board.painter && phone.faults.length === 0; tries += 1) {
      await new Promise((done) => real.setTimeout(done, 4));
      for (const [number, { time, run }] of clock.due) if (time <= clock.now) (clock.due.delete(number), run());
    }
  };
  phone.post = (message) => phone.messages.forEach((listener) => listener(message));
  phone.touch = (name, [x, y]) => phone.touches[name] && phone.touches[name]({ changedTouches: [{ identifier: 0, clientX: x, clientY: y }] });
  phone.pixels = () => {
    const { width, height } = phone.canvas;
    const { data } = phone.canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode.apply(null, data.subarray(at, at + 8192));
    return { width, height, base64: global.btoa(text) };
  };
  const name = global.phonePlatform;
  if (global.phoneFiles) {
    // A module comes from the package by its path, or by the platform's file system; never from the network.
    const standard = global.WebAssembly;
    const bytes = (path) => {
      const base64 = global.phoneFiles[path];
      if (base64 === undefined) throw new Error(`${path}: no such file in the package`);
      return Uint8Array.from(global.atob(base64), (character) => character.charCodeAt(0));
    };
    const own = { instantiate: async (path, imports) => ({ instance: await standard.instantiate(await standard.compile(bytes(path)), imports) }) };
    if (global.phoneHasWasm && name === "wechat") global.WXWebAssembly = own;
    if (global.phoneHasWasm && name === "douyin") global.TTWebAssembly = own;
    if (name === "tiktok") api.getFileSystemManager = () => ({ readFileSync: (path) => bytes(path).buffer });
    if (name !== "tiktok" || !global.phoneHasWasm) Object.defineProperty(global, "WebAssembly", { value: undefined, configurable: true });
  }
  if (name === "wechat") global.wx = phone.api;
  if (name === "douyin") global.tt = phone.api;
  if (name === "tiktok") global.TTMinis = { game: phone.api };
  global.phone = phone;
})(globalThis);
