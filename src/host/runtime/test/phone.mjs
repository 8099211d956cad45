// A phone that we wrote after the platforms' documents: a virtual clock, a shared canvas that is a plain buffer, and an open
// data domain with the platform's globals and nothing else.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const runtime = new URL("../../../../assets/open-data-context/friendboard.js", import.meta.url);
const FRAMES_PER_SECOND = 60;

/** The shared canvas: straight RGBA8 rows. */
export class Canvas {
  constructor(width, height) {
    Object.assign(this, { own: [0, 0], pixels: new Uint8ClampedArray(), puts: 0, lacks: new Set() });
    this.resize(width, height);
  }
  resize(width, height) {
    this.own = [width, height];
    this.pixels = new Uint8ClampedArray(width * height * 4);
  }
  get width() {
    return this.own[0];
  }
  set width(width) {
    if (!this.fixed) this.resize(width, this.height);
  }
  get height() {
    return this.own[1];
  }
  set height(height) {
    if (!this.fixed) this.resize(this.width, height);
  }
  getContext() {
    if (this.other) return this.other;
    const canvas = this;
    this.context ??= {
      createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
      putImageData(image, x, y, left = 0, top = 0, width = image.width, height = image.height) {
        canvas.puts += 1;
        for (let row = top; row < top + height; row += 1) {
          const line = image.data.subarray((row * image.width + left) * 4, (row * image.width + left + width) * 4);
          canvas.pixels.set(line, ((y + row) * canvas.width + x + left) * 4);
        }
      },
      drawImage(image, x, y, width, height) {
        if (width !== image.width || height !== image.height) throw new Error("this phone does not scale");
        canvas.pixels.set(image.rgba);
      },
      getImageData: (x, y, width, height) => ({ width, height, data: canvas.pixels.slice(0, width * height * 4) }),
    };
    for (const name of this.lacks) delete this.context[name];
    return this.context;
  }
}

/** What happens on the phone, in order of time. */
class Clock {
  constructor() {
    Object.assign(this, { now: 0, next: 0, due: new Map() });
  }
  at(time, run) {
    this.due.set(this.next, { time, run });
    return this.next++;
  }
  nextFrame() {
    const number = Math.floor((this.now * FRAMES_PER_SECOND) / 1000) + 1;
    return Math.ceil((number * 1000) / FRAMES_PER_SECOND);
  }
  /** Runs what is due until a time, with the promises between. */
  async run(end) {
    for (;;) {
      let first;
      for (const [number, { time }] of this.due) {
        if (first === undefined || time < this.due.get(first).time) first = number;
      }
      if (first === undefined || this.due.get(first).time > end) break;
      const { time, run } = this.due.get(first);
      this.due.delete(first);
      this.now = Math.max(this.now, time);
      run();
      await new Promise(setImmediate);
    }
    this.now = Math.max(this.now, end);
  }
}

/** How a platform names things. */
const PLATFORMS = {
  wechat: (api) => ({ wx: api }),
  douyin: (api) => ({ tt: api, GameGlobal: { tt: api } }),
  tiktok: (api) => ({ TTMinis: { game: api } }),
};

/**
 * A phone. `service` answers calls: `(name, arguments) → {after, success, answer}`; `picture` loads one:
 * `(src) → {after, width, height, rgba} | {after, error} | undefined` (never). `lacks` are members of the 2D context that
 * it has not; `fixed`: the canvas's size can't be set from inside; `context`: a 2D context in the place of the buffer's.
 */
export class Phone {
  constructor({ platform = "wechat", module, canvas, window, service, picture, lacks = [], fixed = false, globals = {}, files = {}, context }) {
    this.clock = new Clock();
    this.canvas = new Canvas(canvas.width, canvas.height);
    Object.assign(this.canvas, { fixed, lacks: new Set(lacks), style: canvas.style, other: context });
    Object.assign(this, { window, listeners: {}, messages: [], events: [], faults: [], service, picture, timers: 0, frames: 0 });
    const phone = this;
    const api = {
      onMessage: (listener) => phone.messages.push(listener),
      getSharedCanvas: () => phone.canvas,
      getSystemInfoSync: () => ({
        windowWidth: phone.window.width,
        windowHeight: phone.window.height,
        pixelRatio: phone.window.devicePixelRatio ?? 1,
      }),
      createCanvas: () => Object.assign(new Canvas(1, 1), { lacks: new Set(lacks), other: context }),
      createImage: () => {
        const image = {};
        Object.defineProperty(image, "src", {
          set(src) {
            const found = phone.picture(src);
            if (!found) return;
            phone.clock.at(phone.clock.now + found.after, () => {
              Object.assign(image, { width: found.width, height: found.height, rgba: found.rgba });
              found.error ? image.onerror({ errMsg: found.error }) : image.onload();
            });
          },
        });
        return image;
      },
      getFileSystemManager: () => ({
        readFileSync: (path, encoding) => {
          if (files[path] === undefined) throw new Error(`${path}: no such file`);
          return encoding ? files[path].toString("utf8") : files[path];
        },
      }),
    };
    for (const name of ["TouchStart", "TouchMove", "TouchEnd", "TouchCancel"]) {
      api[`on${name}`] = (listener) => (phone.listeners[name] = listener);
      api[`off${name}`] = () => delete phone.listeners[name];
    }
    this.api = new Proxy(api, {
      get(target, name) {
        if (name in target || typeof name !== "string" || !phone.service.has(name)) return target[name];
        return ({ success, fail, ...rest }) => {
          const { after, success: good, answer } = phone.service.call(name, rest);
          phone.clock.at(phone.clock.now + after, () => (good ? success : fail)(answer));
        };
      },
    });
    const global = {
      Date: { now: () => 1e12 + phone.clock.now },
      setTimeout: (run, after) => {
        phone.timers += 1;
        return phone.clock.at(phone.clock.now + Math.max(0, after), () => {
          phone.timers -= 1;
          run();
        });
      },
      clearTimeout: (handle) => phone.clock.due.delete(handle) && (phone.timers -= 1),
      requestAnimationFrame: (run) => {
        phone.frames += 1;
        return phone.clock.at(phone.clock.nextFrame(), () => {
          phone.frames -= 1;
          run(phone.clock.now);
        });
      },
      cancelAnimationFrame: (handle) => phone.clock.due.delete(handle) && (phone.frames -= 1),
      WXWebAssembly: { instantiate: (path, imports) => WebAssembly.instantiate(module(path), imports).then((instance) => ({ instance })) },
      module: { exports: {} },
      ...PLATFORMS[platform](this.api),
      ...globals,
    };
    this.domain = createContext(global);
    runInContext("delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer; delete globalThis.Atomics;", this.domain);
    runInContext(readFileSync(runtime, "utf8"), this.domain, { filename: "friendboard.js" });
  }

  /** Starts a board, and waits until its module is there. */
  async start(options) {
    this.domain.options = {
      ...options,
      onEvent: (event) => this.events.push(event),
      onError: (fault) => this.faults.push(fault),
    };
    this.board = runInContext("module.exports.start(options)", this.domain);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  }

  /** The main domain posts a message. */
  post(message) {
    for (const listener of this.messages) listener(message);
  }

  /** A finger. */
  touch(name, [x, y], finger = 0) {
    this.listeners[name]?.({ changedTouches: [{ identifier: finger, clientX: x, clientY: y }] });
  }
}
