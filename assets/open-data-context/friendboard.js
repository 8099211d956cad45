// friendboard: the open data context's side of a board. MIT OR Apache-2.0. Made from src/host/runtime; change it there.
"use strict";
var friendboard = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // source/index.ts
  var index_exports = {};
  __export(index_exports, {
    start: () => start
  });

  // source/host.ts
  var Host = class {
    constructor(name, api) {
      this.name = name;
      this.api = api;
      this.last = 0;
      /** When times are 0, ms since 1970. */
      this.origin = Date.now();
    }
    /** Milliseconds since the start; they never go back. */
    now() {
      this.last = Math.max(this.last, Date.now() - this.origin);
      return this.last;
    }
    /** Listens to the main domain's messages. */
    listen(receive) {
      if (typeof this.api.onMessage !== "function") {
        throw new Error(`${this.name} has no onMessage: this is not the open data domain`);
      }
      this.api.onMessage(receive);
    }
    /** Listens to fingers; phases are 0 start, 1 move, 2 end, 3 cancel. */
    listenToTouches(touched) {
      const names = ["TouchStart", "TouchMove", "TouchEnd", "TouchCancel"];
      const listeners = names.map((name, phase) => {
        const listener = (event) => {
          const fingers = event && (event.changedTouches || event.touches) || [];
          for (let index = 0; index < fingers.length; index += 1) {
            const finger = fingers[index];
            const x = first(finger.clientX, finger.pageX, finger.x);
            const y = first(finger.clientY, finger.pageY, finger.y);
            touched(phase, first(finger.identifier, index), x, y);
          }
        };
        if (typeof this.api["on" + name] === "function") {
          this.api["on" + name](listener);
        }
        return [name, listener];
      });
      return () => {
        for (const [name, listener] of listeners) {
          if (typeof this.api["off" + name] === "function") {
            this.api["off" + name](listener);
          }
        }
      };
    }
    /** The window: logical px, and device px per logical px. */
    window() {
      for (const name of ["getWindowInfo", "getSystemInfoSync"]) {
        if (typeof this.api[name] !== "function") {
          continue;
        }
        try {
          const info = this.api[name]() || {};
          const width = first(info.windowWidth, info.screenWidth);
          const height = first(info.windowHeight, info.screenHeight);
          if (width > 0 && height > 0) {
            return { width, height, ratio: first(info.pixelRatio, info.devicePixelRatio, 1) };
          }
        } catch (error) {
        }
      }
      return { width: 375, height: 667, ratio: 2 };
    }
    /** Asks for the next frame of the screen, once. */
    askFrame(come) {
      if (this.frame !== void 0) {
        return;
      }
      const pending = {};
      const arrive = () => {
        if (this.frame && this.frame.pending === pending) {
          this.frame = void 0;
          come();
        }
      };
      this.frame = { pending };
      const canvas = typeof requestAnimationFrame === "function" ? void 0 : this.canvas();
      if (typeof requestAnimationFrame === "function") {
        const handle = requestAnimationFrame(arrive);
        if (this.frame) this.frame.cancel = () => typeof cancelAnimationFrame === "function" && cancelAnimationFrame(handle);
      } else if (canvas && typeof canvas.requestAnimationFrame === "function") {
        const handle = canvas.requestAnimationFrame(arrive);
        if (this.frame) this.frame.cancel = () => canvas.cancelAnimationFrame && canvas.cancelAnimationFrame(handle);
      } else {
        const handle = setTimeout(arrive, 16);
        if (this.frame) this.frame.cancel = () => clearTimeout(handle);
      }
    }
    /** Takes a frame back that was asked for. */
    cancelFrame() {
      const frame = this.frame;
      this.frame = void 0;
      if (frame && frame.cancel) {
        frame.cancel();
      }
    }
    /** Sets the timer, in the place of one that runs. */
    setTimer(time, come) {
      this.clearTimer();
      const handle = setTimeout(
        () => {
          this.timer = void 0;
          come();
        },
        Math.max(1, Math.ceil(time - this.now()))
      );
      this.timer = { handle };
    }
    /** Takes the timer back. */
    clearTimer() {
      if (this.timer) {
        clearTimeout(this.timer.handle);
        this.timer = void 0;
      }
    }
    /** The shared canvas. */
    canvas() {
      return typeof this.api.getSharedCanvas === "function" ? this.api.getSharedCanvas() : void 0;
    }
    /** A canvas that is not shown; undefined where there is none to be had. */
    workCanvas(width, height) {
      try {
        const canvas = typeof this.api.createCanvas === "function" ? this.api.createCanvas() : typeof document !== "undefined" ? document.createElement("canvas") : void 0;
        if (canvas) {
          canvas.width = width;
          canvas.height = height;
        }
        return canvas;
      } catch (error) {
        return void 0;
      }
    }
    /** Loads a picture; one of the two functions is called, once. */
    loadImage(src, loaded, failed) {
      let done = false;
      const once = (then) => {
        if (!done) {
          done = true;
          then();
        }
      };
      try {
        const canvas = this.canvas();
        const image = typeof this.api.createImage === "function" ? this.api.createImage() : canvas && typeof canvas.createImage === "function" ? canvas.createImage() : new Image();
        const load2 = () => once(() => {
          const width = first(image.naturalWidth, image.width, 0);
          const height = first(image.naturalHeight, image.height, 0);
          width > 0 && height > 0 ? loaded({ image, width, height }) : failed("it has no size");
        });
        const fail = (event) => once(() => failed(String(event && (event.errMsg || event.message) || "the platform could not load it")));
        image.onload = load2;
        image.onerror = fail;
        image.src = src;
      } catch (error) {
        once(() => failed(String(error)));
      }
    }
    /** The bytes of a file of the package; throws where they can't be read. */
    readFile(path) {
      return new Uint8Array(this.fileSystem().readFileSync(path));
    }
    /** The text of a file of the package; throws where it can't be read. */
    readText(path) {
      return String(this.fileSystem().readFileSync(path, "utf8"));
    }
    fileSystem() {
      if (typeof this.api.getFileSystemManager !== "function") {
        throw new Error(`${this.name} has no file system here`);
      }
      return this.api.getFileSystemManager();
    }
    /** Makes a call of the platform's. `come` is called once, with whether it succeeded and the JSON of what it got. */
    call(name, json, come) {
      let done = false;
      const answer = (success) => (result) => {
        if (!done) {
          done = true;
          come(success, textOf(result));
        }
      };
      try {
        if (typeof this.api[name] !== "function") {
          throw new Error(`${this.name} has no such call here`);
        }
        this.api[name](Object.assign(JSON.parse(json), { success: answer(true), fail: answer(false) }));
      } catch (error) {
        answer(false)({ errMsg: `${name}:fail ${messageOf(error)}` });
      }
    }
  };
  function first(...values) {
    for (const value of values) {
      if (typeof value === "number" && value === value) {
        return value;
      }
    }
    return 0;
  }
  function textOf(value) {
    try {
      const json = JSON.stringify(value);
      return json === void 0 ? "null" : json;
    } catch (error) {
      return "null";
    }
  }
  function messageOf(error) {
    const thrown = error;
    return String(thrown && (thrown.message || thrown.errMsg) || thrown);
  }
  function findHost(wanted) {
    const game = typeof GameGlobal === "undefined" ? {} : GameGlobal;
    const found = {
      tiktok: typeof TTMinis === "undefined" ? void 0 : TTMinis.game || TTMinis,
      douyin: typeof tt === "undefined" ? game.tt : tt,
      wechat: typeof wx === "undefined" ? game.wx : wx
    };
    const names = wanted === void 0 ? ["tiktok", "douyin", "wechat"] : [wanted];
    for (const name of names) {
      if (found[name]) {
        return new Host(name, found[name]);
      }
    }
    const other = wanted !== void 0 && (found["douyin"] || found["wechat"]);
    if (other) {
      return new Host(wanted, other);
    }
    throw new Error("expected the global of a platform (TTMinis.game, tt or wx), found none");
  }

  // source/utf8.ts
  function write(text, into) {
    let at = 0;
    for (let index = 0; index < text.length; index += 1) {
      let code = text.charCodeAt(index);
      if (code >= 55296 && code < 57344) {
        const next = code < 56320 ? text.charCodeAt(index + 1) : 0;
        if (next >= 56320 && next < 57344) {
          code = 65536 + (code - 55296 << 10) + (next - 56320);
          index += 1;
        } else {
          code = 65533;
        }
      }
      if (code < 128) {
        into[at++] = code;
      } else if (code < 2048) {
        into[at++] = 192 | code >> 6;
        into[at++] = 128 | code & 63;
      } else if (code < 65536) {
        into[at++] = 224 | code >> 12;
        into[at++] = 128 | code >> 6 & 63;
        into[at++] = 128 | code & 63;
      } else {
        into[at++] = 240 | code >> 18;
        into[at++] = 128 | code >> 12 & 63;
        into[at++] = 128 | code >> 6 & 63;
        into[at++] = 128 | code & 63;
      }
    }
    return at;
  }
  function length(text) {
    let bytes = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 128) {
        bytes += 1;
      } else if (code < 2048) {
        bytes += 2;
      } else if (code >= 55296 && code < 56320 && (text.charCodeAt(index + 1) & 64512) === 56320) {
        bytes += 4;
        index += 1;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
  function read(bytes) {
    const parts = [];
    let codes = [];
    for (let at = 0; at < bytes.length; ) {
      const first2 = bytes[at];
      const more = first2 < 128 ? 0 : first2 < 224 ? 1 : first2 < 240 ? 2 : 3;
      let code = more === 0 ? first2 : first2 & 63 >> more;
      for (let step = 1; step <= more; step += 1) {
        code = code << 6 | bytes[at + step] & 63;
      }
      if (at + more >= bytes.length) {
        code = 65533;
      }
      at += more + 1;
      if (code >= 65536) {
        codes.push(55232 + (code >> 10), 56320 | code & 1023);
      } else {
        codes.push(code);
      }
      if (codes.length > 4e3) {
        parts.push(String.fromCharCode.apply(null, codes));
        codes = [];
      }
    }
    parts.push(String.fromCharCode.apply(null, codes));
    return parts.join("");
  }

  // source/module.ts
  var MODULE_PATH = "openDataContext/friendboard.wasm";
  var Module = class {
    /** `note`: why it is none of WebAssembly's; empty where it is. */
    constructor(exports, note) {
      this.exports = exports;
      this.note = note;
      this.memory = exports.memory;
    }
    /** The module's memory; a new view where it has grown. */
    view() {
      if (!this.bytes || this.bytes.buffer !== this.memory.buffer) {
        this.bytes = new Uint8Array(this.memory.buffer);
      }
      return this.bytes;
    }
    /** Puts a text, and bytes after it, where the next call looks for them; gives the text's length in bytes. */
    put(text, rest) {
      const length2 = length(text);
      const total = length2 + (rest ? rest.length : 0);
      const at = this.exports.room(total) >>> 0;
      if (total > 0 && at === 0) {
        throw new Error(`the module takes no ${total} bytes`);
      }
      const view = this.view();
      write(text, view.subarray(at, at + length2));
      if (rest) {
        view.set(rest, at + length2);
      }
      return length2;
    }
    /** The text of the last call. */
    text() {
      return this.slice(this.exports.text(), this.exports.text_length());
    }
    /** What the module said before it trapped; empty where it said nothing. */
    fault() {
      try {
        return this.slice(this.exports.fault(), this.exports.fault_length());
      } catch (error) {
        return "";
      }
    }
    slice(at, length2) {
      return read(this.view().subarray(at >>> 0, (at >>> 0) + length2));
    }
  };
  async function load(host, from, plain, imports) {
    const module = await instantiate(host, from === void 0 ? MODULE_PATH : from, plain, imports);
    const exports = module.instance ? module.instance.exports : module.exports || module;
    if (!exports || typeof exports.poll !== "function" || !exports.memory) {
      throw new Error("the module is none of friendboard's");
    }
    return new Module(exports, module.note || "");
  }
  async function instantiate(host, from, plain, imports) {
    const standard = typeof WebAssembly === "undefined" ? void 0 : WebAssembly;
    if (typeof from !== "string" && (standard || !plain)) {
      if (!standard) {
        throw new Error(`${host.name} has no WebAssembly for a module that is not a path`);
      }
      return standard.instantiate(from, imports);
    }
    const own = typeof WXWebAssembly !== "undefined" ? WXWebAssembly : typeof TTWebAssembly !== "undefined" ? TTWebAssembly : void 0;
    const reasons = [];
    if (own && typeof from === "string") {
      try {
        return await own.instantiate(from, imports);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
    if (standard && typeof from === "string") {
      try {
        return await standard.instantiate(host.readFile(from), imports);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
    if (plain) {
      const { instantiate: instantiate2 } = plain();
      return { exports: instantiate2(imports), note: `plain JavaScript: ${reasons.join("; ") || "there is no WebAssembly"}` };
    }
    throw new Error(`no module could be had from ${from}: ${reasons.join("; ") || "there is no WebAssembly"}`);
  }

  // source/data.ts
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function isData(address) {
    return address.slice(0, 5) === "data:";
  }
  function fromData(address) {
    const text = address.slice(address.indexOf(",") + 1);
    const end = text.indexOf("=");
    const length2 = end < 0 ? text.length : end;
    const values = new Uint8Array(128);
    for (let digit = 0; digit < 64; digit += 1) {
      values[DIGITS.charCodeAt(digit)] = digit;
    }
    const bytes = new Uint8Array(length2 * 3 >> 2);
    let bits = 0;
    let at = 0;
    for (let index = 0; index < length2; index += 1) {
      bits = bits << 6 | values[text.charCodeAt(index) & 127];
      if (index % 4 > 0) {
        bytes[at] = bits >> 6 - 2 * (index % 4);
        at += 1;
      }
    }
    return bytes;
  }

  // source/place.ts
  var SIDES = ["left", "top", "width", "height"];
  var SIDE_MOST = 4096;
  var AWAY = "200vh";
  var Berth = class {
    constructor() {
      this.sides = {};
      this.away = true;
    }
    /** Gives the canvas a place and its px; without px, as many as the place has on this screen. */
    place(canvas, wanted, window) {
      const style = wanted.style || {};
      for (const side of SIDES) {
        const length2 = style[side];
        if (length2 !== void 0) {
          this.sides[side] = typeof length2 === "number" ? `${length2}px` : String(length2);
        }
      }
      this.apply(canvas);
      const across = wanted.width || pixels(style.width, window, window.width) * window.ratio;
      const down = wanted.height || pixels(style.height, window, window.height) * window.ratio;
      for (const [side, size] of [["width", across], ["height", down]]) {
        const whole = Math.min(SIDE_MOST, Math.round(size));
        if (whole > 0 && canvas[side] !== whole) {
          canvas[side] = whole;
        }
      }
    }
    /** The canvas is at its place while a board is shown, and off the screen while none is. */
    moor(canvas, shown) {
      if (shown === this.away) {
        this.away = !shown;
        this.apply(canvas);
      }
    }
    /** JSON of the place that it has while a board is shown. */
    style() {
      return JSON.stringify(this.sides);
    }
    apply(canvas) {
      if (canvas.style) {
        Object.assign(canvas.style, this.sides, this.away ? { top: AWAY } : {});
      }
    }
  };
  function pixels(length2, window, extent) {
    const found = /^\s*([\d.]+)\s*(vw|vh|%|px|)\s*$/.exec(String(length2));
    if (!found) {
      return 0;
    }
    const of = { vw: window.width / 100, vh: window.height / 100, "%": extent / 100 };
    return Number(found[1]) * (of[found[2]] || 1);
  }

  // source/canvas2d.ts
  var PICTURES_MAX = 512;
  var TILES_MAX = 4096;
  var COLORS_MAX = 1024;
  var Canvas2dPainter = class {
    constructor(host, shared) {
      this.host = host;
      this.shared = shared;
      this.name = "canvas2d";
      this.texts = [];
      this.pictures = {};
      this.names = [];
      this.colors = {};
      this.colorCount = 0;
      this.fonts = {};
      this.work = [];
      this.measured = "";
      this.words = new Uint32Array(0);
      this.numbers = new Float32Array(0);
      this.at = 0;
      this.state = stateOf();
      this.saved = [];
      this.layers = [];
      this.size = { width: 0, height: 0 };
      this.area = { left: 0, top: 0, width: 0, height: 0 };
    }
    /** What the module asks of the host while it lays a board out. */
    imports() {
      return {
        friendboard: {
          measure: (font, fontLength, text, textLength, which) => {
            const view = this.module.view();
            const css = read(view.subarray(font >>> 0, (font >>> 0) + fontLength));
            const said = read(view.subarray(text >>> 0, (text >>> 0) + textLength));
            return this.measure(css, said, which);
          }
        }
      };
    }
    /** The module whose memory texts to be measured are in. */
    attach(module) {
      this.module = module;
      this.texts.length = 0;
    }
    measure(css, text, which) {
      if (!this.measuring) {
        const canvas = this.host.workCanvas(1, 1);
        this.measuring = canvas && canvas.getContext("2d") || this.shared;
      }
      if (this.measured !== css || this.measuring === this.shared) {
        this.measuring.font = this.measured = css;
      }
      const found = this.measuring.measureText(which === 0 ? text : "x");
      const value = which === 0 ? found.width : which === 1 ? found.fontBoundingBoxAscent : found.fontBoundingBoxDescent;
      return typeof value === "number" ? value : 0;
    }
    take(src, picture) {
      if (!this.pictures[src]) {
        this.names.push(src);
        if (this.names.length > PICTURES_MAX) {
          delete this.pictures[this.names.shift()];
        }
      }
      this.pictures[src] = picture;
      return { width: Math.round(picture.width), height: Math.round(picture.height) };
    }
    paint(module, size, damage) {
      const first2 = module.exports.new_texts();
      const told = module.text();
      if (told !== "") {
        const texts = told.split("\0");
        texts.pop();
        this.texts.length = Math.min(this.texts.length, first2);
        texts.forEach((text, index) => this.texts[first2 + index] = text);
      }
      const buffer = module.view().buffer;
      const length2 = module.exports.operations_length();
      const start2 = module.exports.operations() >>> 0;
      this.words = new Uint32Array(buffer, length2 > 0 ? start2 : 0, length2);
      this.numbers = new Float32Array(buffer, length2 > 0 ? start2 : 0, length2);
      this.size = size;
      const context = this.context = this.shared;
      const hasClip = typeof context.clip === "function";
      this.area = hasClip ? damage : { left: 0, top: 0, width: size.width, height: size.height };
      const { left, top, width, height } = this.area;
      this.state = stateOf();
      this.saved = [];
      this.layers = [];
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      if (hasClip) {
        context.beginPath();
        context.rect(left, top, width, height);
        context.clip();
      }
      context.clearRect(left, top, width, height);
      try {
        this.replay();
      } finally {
        while (this.layers.length > 0) {
          this.endLayer();
        }
        for (let open = this.saved.length; open > 0; open -= 1) {
          this.shared.restore();
        }
        this.shared.restore();
      }
    }
    whole() {
      return this.words[this.at++];
    }
    number() {
      return this.numbers[this.at++];
    }
    text() {
      return this.texts[this.whole()] || "";
    }
    matrix() {
      return [this.number(), this.number(), this.number(), this.number(), this.number(), this.number()];
    }
    color() {
      const value = this.whole();
      let css = this.colors[value];
      if (css === void 0) {
        if (this.colorCount >= COLORS_MAX) {
          this.colors = {};
          this.colorCount = 0;
        }
        this.colorCount += 1;
        const alpha = Math.round((value & 255) / 255 * 1e3) / 1e3;
        css = `rgba(${value >>> 24},${value >>> 16 & 255},${value >>> 8 & 255},${alpha})`;
        this.colors[value] = css;
      }
      return css;
    }
    apply() {
      const [a, b, c, d, e, f] = this.state.transform;
      this.context.setTransform(a, b, c, d, e, f);
    }
    replay() {
      this.at = 0;
      while (this.at < this.words.length) {
        const op = this.whole();
        switch (op) {
          case 1 /* Save */:
            this.saved.push(this.state);
            this.state = copyOf(this.state);
            this.context.save();
            break;
          case 2 /* Restore */:
            this.restore();
            break;
          case 3 /* SetTransform */:
            this.state.transform = this.matrix();
            this.apply();
            break;
          case 4 /* Transform */:
            this.state.transform = product(this.state.transform, this.matrix());
            this.apply();
            break;
          case 5 /* Alpha */:
            this.state.alpha = this.number();
            this.context.globalAlpha = this.state.alpha;
            break;
          case 6 /* Composite */:
            this.context.globalCompositeOperation = this.text();
            break;
          case 7 /* Shadow */:
            this.state.shadow = { color: this.color(), blur: this.number(), x: this.number(), y: this.number(), only: this.whole() === 1 };
            break;
          case 8 /* Clip */:
            this.clip();
            break;
          case 9 /* Fill */:
            this.fill();
            break;
          case 10 /* Stroke */:
            this.stroke();
            break;
          case 11 /* Image */:
            this.image();
            break;
          case 12 /* Text */:
            this.run();
            break;
          case 13 /* BeginLayer */:
            this.beginLayer();
            break;
          case 14 /* EndLayer */:
            this.endLayer();
            break;
          case 15 /* Clear */:
            this.context.clearRect(this.number(), this.number(), this.number(), this.number());
            break;
          default:
            throw new Error(`the module gave an operation that is not known: ${op}`);
        }
      }
    }
    restore() {
      this.endMasks();
      const before = this.saved.pop();
      if (before) {
        this.state = before;
        this.context.restore();
      }
    }
    /** Draws something with the state's shadow; one without what casts it is drawn beside the canvas, and moved back. */
    shadowed(draw) {
      const context = this.context;
      const shadow = this.state.shadow;
      if (!shadow) {
        return draw(context);
      }
      context.save();
      const away = shadow.only ? (this.size.width + this.size.height) * 4 : 0;
      const [a, b, c, d, e, f] = this.state.transform;
      context.setTransform(a, b, c, d, e - away, f);
      context.shadowColor = shadow.color;
      context.shadowBlur = shadow.blur;
      context.shadowOffsetX = shadow.x + away;
      context.shadowOffsetY = shadow.y;
      draw(context);
      context.restore();
    }
    /** Puts the path that begins here onto a context, and goes behind it. */
    path(context) {
      const length2 = this.whole();
      const start2 = this.at;
      this.trace(context, start2, start2 + length2);
      this.at = start2 + length2;
      return { start: start2, end: this.at };
    }
    trace(context, start2, end) {
      const numbers = this.numbers;
      context.beginPath();
      for (let at = start2; at < end; ) {
        const kind = this.words[at];
        const n = (offset) => numbers[at + offset];
        switch (kind) {
          case 0:
            context.moveTo(n(1), n(2));
            at += 3;
            break;
          case 1:
            context.lineTo(n(1), n(2));
            at += 3;
            break;
          case 2:
            context.quadraticCurveTo(n(1), n(2), n(3), n(4));
            at += 5;
            break;
          case 3:
            context.bezierCurveTo(n(1), n(2), n(3), n(4), n(5), n(6));
            at += 7;
            break;
          case 4:
            context.closePath();
            at += 1;
            break;
          default:
            context.rect(n(1), n(2), n(3), n(4));
            at += 5;
        }
      }
    }
    clip() {
      if (typeof this.context.clip === "function") {
        this.path(this.context);
        const evenOdd = this.whole() === 1;
        evenOdd ? this.context.clip("evenodd") : this.context.clip();
        return;
      }
      const length2 = this.whole();
      const start2 = this.at;
      this.at += length2;
      const mask = { start: start2, end: this.at, evenOdd: this.whole() === 1, transform: this.state.transform };
      if (this.open(1, "source-over", 0)) {
        this.layers[this.layers.length - 1].mask = mask;
      }
    }
    /** Ends the layers that stand in for clips of the save that is open. */
    endMasks() {
      for (; ; ) {
        const layer = this.layers[this.layers.length - 1];
        if (this.saved.length > 0 || !layer || !layer.mask) {
          return;
        }
        this.cut(layer.mask);
        this.closeLayer();
      }
    }
    /** Keeps of the open layer what is inside of a path. */
    cut(mask) {
      const context = this.context;
      const [a, b, c, d, e, f] = mask.transform;
      context.save();
      context.setTransform(a, b, c, d, e, f);
      context.globalAlpha = 1;
      context.globalCompositeOperation = "destination-in";
      context.fillStyle = "#000";
      this.trace(context, mask.start, mask.end);
      mask.evenOdd ? context.fill("evenodd") : context.fill();
      context.restore();
    }
    fill() {
      const length2 = this.whole();
      const start2 = this.at;
      this.at += length2;
      const evenOdd = this.whole() === 1;
      if (this.words[this.at] === 3) {
        this.at += 1;
        return this.pattern(start2, start2 + length2, evenOdd);
      }
      const style = this.style(this.context);
      this.shadowed((context) => {
        context.fillStyle = style;
        if (length2 === 5 && this.words[start2] === 5) {
          const n = (offset) => this.numbers[start2 + offset];
          context.fillRect(n(1), n(2), n(3), n(4));
          return;
        }
        this.trace(context, start2, start2 + length2);
        evenOdd ? context.fill("evenodd") : context.fill();
      });
    }
    stroke() {
      const length2 = this.whole();
      const start2 = this.at;
      this.at += length2;
      const [width, cap, join, limit] = [this.number(), this.text(), this.text(), this.number()];
      const style = this.style(this.context);
      this.shadowed((context) => {
        this.trace(context, start2, start2 + length2);
        Object.assign(context, { lineWidth: width, lineCap: cap, lineJoin: join, miterLimit: limit, strokeStyle: style });
        context.stroke();
      });
    }
    /** A colour or a gradient; patterns are drawn where they are filled. */
    style(context) {
      const kind = this.whole();
      if (kind === 0) {
        return this.color();
      }
      const gradient = kind === 1 ? context.createLinearGradient(this.number(), this.number(), this.number(), this.number()) : context.createRadialGradient(this.number(), this.number(), this.number(), this.number(), this.number(), this.number());
      for (let stops = this.whole(); stops > 0; stops -= 1) {
        const offset = this.number();
        gradient.addColorStop(Math.min(1, Math.max(0, offset)), this.color());
      }
      return gradient;
    }
    /** Tiles of a picture inside of a path. */
    pattern(start2, end, evenOdd) {
      const picture = this.pictures[this.text()];
      const source = [this.number(), this.number(), this.number(), this.number()];
      const [x, y, width, height] = [this.number(), this.number(), this.number(), this.number()];
      this.at += 2;
      const transform = this.matrix();
      const smooth = this.whole() === 1;
      const bounds = this.boundsOf(start2, end);
      if (!picture || !(width > 0) || !(height > 0) || !bounds) {
        return;
      }
      const left = Math.floor((bounds.left - x) / width);
      const top = Math.floor((bounds.top - y) / height);
      const columns = Math.ceil((bounds.left + bounds.width - x) / width) - left;
      const rows = Math.ceil((bounds.top + bounds.height - y) / height) - top;
      if (columns * rows > TILES_MAX) {
        return;
      }
      const context = this.context;
      const draw = () => {
        context.transform(...transform);
        for (let row = 0; row < rows; row += 1) {
          for (let column = 0; column < columns; column += 1) {
            drawPicture(context, picture, source, [x + (left + column) * width, y + (top + row) * height, width, height], smooth);
          }
        }
      };
      context.save();
      if (typeof context.clip === "function") {
        this.trace(context, start2, end);
        evenOdd ? context.clip("evenodd") : context.clip();
        draw();
      } else {
        draw();
      }
      context.restore();
    }
    /** What a path's points lie in. */
    boundsOf(start2, end) {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      const see = (x, y) => {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
      };
      const points = [1, 1, 2, 3, 0];
      for (let at = start2; at < end; ) {
        const kind = this.words[at];
        const n = (offset) => this.numbers[at + offset];
        if (kind === 5) {
          see(n(1), n(2));
          see(n(1) + n(3), n(2) + n(4));
          at += 5;
          continue;
        }
        const count = points[kind] || 0;
        for (let point = 0; point < count; point += 1) {
          see(n(1 + point * 2), n(2 + point * 2));
        }
        at += 1 + count * 2;
      }
      return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : void 0;
    }
    image() {
      const picture = this.pictures[this.text()];
      const source = [this.number(), this.number(), this.number(), this.number()];
      const destination = [this.number(), this.number(), this.number(), this.number()];
      const smooth = this.whole() === 1;
      if (picture) {
        this.shadowed((context) => drawPicture(context, picture, source, destination, smooth));
      }
    }
    run() {
      const text = this.text();
      const font = this.text();
      const [x, y, size, stroke] = [this.number(), this.number(), this.number(), this.number()];
      const rightToLeft = this.whole() === 1;
      const style = this.words[this.at] === 3 ? "#000" : this.style(this.context);
      const name = `${size} ${font}`;
      const css = this.fonts[name] || (this.fonts[name] = font.replace("", `${Math.round(size * 1e3) / 1e3}px `));
      this.shadowed((context) => {
        context.font = css;
        context.textAlign = "left";
        context.textBaseline = "alphabetic";
        if ("direction" in context) {
          context.direction = rightToLeft ? "rtl" : "ltr";
        }
        if (stroke > 0) {
          Object.assign(context, { lineWidth: stroke, lineCap: "round", lineJoin: "round", strokeStyle: style });
          context.strokeText(text, x, y);
        } else {
          context.fillStyle = style;
          context.fillText(text, x, y);
        }
      });
    }
    beginLayer() {
      const [alpha, composite, blur] = [this.number(), this.text(), this.number()];
      if (this.whole() === 1) {
        this.at += 4;
      }
      if (!this.open(alpha, composite, blur)) {
        this.layers.push({
          context: this.context,
          canvas: void 0,
          alpha,
          composite,
          blur,
          outer: { state: this.state, saved: this.saved, area: this.area }
        });
        this.context.save();
        this.saved = [];
        this.state = copyOf(this.state);
        this.state.alpha *= alpha;
        this.context.globalAlpha = this.state.alpha;
      }
    }
    /** A canvas beside the shared one, as large as it: of each depth its own. */
    spare(depth) {
      let spare = this.work[depth];
      if (!spare) {
        const canvas = this.host.workCanvas(this.size.width, this.size.height);
        const context = canvas && canvas.getContext("2d");
        if (!context) {
          return void 0;
        }
        spare = this.work[depth] = { canvas, context };
      }
      if (spare.canvas.width !== this.size.width || spare.canvas.height !== this.size.height) {
        spare.canvas.width = this.size.width;
        spare.canvas.height = this.size.height;
      }
      return spare;
    }
    /** Begins a layer on a canvas of its own; false where there is none. */
    open(alpha, composite, blur) {
      const layer = this.spare(this.layers.length);
      if (!layer) {
        return false;
      }
      const { context, canvas } = layer;
      const outer = { state: this.state, saved: this.saved, area: this.area };
      this.layers.push({ context: this.context, canvas, alpha, composite, blur, outer });
      this.area = blur > 0 ? grown(this.area, Math.ceil(3 * blur) + 2, this.size) : this.area;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(this.area.left, this.area.top, this.area.width, this.area.height);
      this.context = context;
      this.saved = [];
      this.state = Object.assign(stateOf(), { transform: this.state.transform });
      this.apply();
      return true;
    }
    endLayer() {
      while (this.saved.length > 0) {
        this.restore();
      }
      this.endMasks();
      this.closeLayer();
    }
    /** Draws the open layer onto what is below it. */
    closeLayer() {
      const layer = this.layers.pop();
      if (!layer) {
        return;
      }
      this.context.restore();
      this.context = layer.context;
      this.state = layer.outer.state;
      this.saved = layer.outer.saved;
      if (!layer.canvas) {
        return;
      }
      const { left, top, width, height } = this.area;
      this.area = layer.outer.area;
      const context = this.context;
      if (layer.blur > 0 && !("filter" in context)) {
        this.blur(layer.canvas, layer.blur, { left, top, width, height });
      }
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = layer.alpha;
      context.globalCompositeOperation = layer.composite;
      if (layer.blur > 0 && "filter" in context) {
        context.filter = `blur(${layer.blur}px)`;
      }
      context.drawImage(layer.canvas, left, top, width, height, left, top, width, height);
      context.restore();
    }
    /**
     * Blurs a canvas in place, where the context has no filters: along the rows, then along the columns, the sum of the canvas
     * moved and weighed. Weights are whole 255ths, and the middle one takes what they lack, so that nothing fades.
     */
    blur(canvas, deviation, { left, top, width, height }) {
      const spare = this.spare(this.layers.length + 1);
      if (!spare) {
        return;
      }
      const step = Math.max(1, Math.round(deviation / 2));
      const count = Math.ceil(2.5 * deviation / step);
      const weights = [];
      for (let index = 0; index <= count; index += 1) {
        weights.push(Math.exp(-((index * step) ** 2) / (2 * deviation * deviation)));
      }
      const sum = weights.reduce((all, weight, index) => all + (index ? 2 : 1) * weight, 0);
      const bytes = weights.map((weight) => Math.round(weight / sum * 255));
      bytes[0] = 255 - 2 * bytes.slice(1).reduce((all, weight) => all + weight, 0);
      const pass = (from, to, across, down) => {
        to.save();
        to.setTransform(1, 0, 0, 1, 0, 0);
        to.globalAlpha = 1;
        to.globalCompositeOperation = "source-over";
        to.clearRect(left, top, width, height);
        to.globalCompositeOperation = "lighter";
        for (let index = -count; index <= count; index += 1) {
          to.globalAlpha = bytes[Math.abs(index)] / 255;
          const [x, y] = [left + index * step * across, top + index * step * down];
          to.drawImage(from, left, top, width, height, x, y, width, height);
        }
        to.restore();
      };
      pass(canvas, spare.context, 1, 0);
      pass(spare.canvas, canvas.getContext("2d"), 0, 1);
    }
  };
  function stateOf() {
    return { transform: [1, 0, 0, 1, 0, 0], shadow: void 0, alpha: 1 };
  }
  function copyOf(state) {
    return { transform: state.transform, shadow: state.shadow, alpha: state.alpha };
  }
  function grown({ left, top, width, height }, by, size) {
    const [x, y] = [Math.max(0, left - by), Math.max(0, top - by)];
    return { left: x, top: y, width: Math.min(size.width, left + width + by) - x, height: Math.min(size.height, top + height + by) - y };
  }
  function product([a, b, c, d, e, f], [g, h, i, j, k, l]) {
    return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
  }
  function drawPicture(context, picture, [x, y, width, height], [left, top, across, down], smooth) {
    const x0 = Math.max(0, x);
    const y0 = Math.max(0, y);
    const x1 = Math.min(picture.width, x + width);
    const y1 = Math.min(picture.height, y + height);
    if (!(x1 > x0) || !(y1 > y0) || !(across > 0) || !(down > 0)) {
      return;
    }
    const [sx, sy] = [across / width, down / height];
    if (context.imageSmoothingEnabled === smooth || context.imageSmoothingEnabled === void 0) {
    } else {
      context.imageSmoothingEnabled = smooth;
    }
    if (smooth && "imageSmoothingQuality" in context) {
      context.imageSmoothingQuality = "high";
    }
    context.drawImage(picture.image, x0, y0, x1 - x0, y1 - y0, left + (x0 - x) * sx, top + (y0 - y) * sy, (x1 - x0) * sx, (y1 - y0) * sy);
  }

  // source/painter.ts
  function tryPixels(host, shared) {
    if (typeof shared.putImageData !== "function") {
      return { put: false, read: false, why: "the canvas has no putImageData" };
    }
    if (typeof shared.createImageData !== "function" && typeof ImageData !== "function") {
      return { put: false, read: false, why: "the canvas can't make ImageData" };
    }
    const canvas = host.workCanvas(2, 2);
    const context = canvas && canvas.getContext("2d");
    if (!context) {
      return { put: true, read: false, why: "there is no second canvas to read pictures from" };
    }
    if (typeof context.getImageData !== "function") {
      return { put: true, read: false, why: "the canvas has no getImageData" };
    }
    try {
      const image = typeof context.createImageData === "function" ? context.createImageData(2, 2) : new ImageData(2, 2);
      image.data[0] = image.data[3] = 255;
      context.putImageData(image, 0, 0);
      const read2 = context.getImageData(0, 0, 2, 2).data;
      return read2[0] === 255 && read2[3] === 255 && read2[4] === 0 ? { put: true, read: true, why: "the canvas takes pixels and gives them back" } : { put: false, read: false, why: "the canvas gives other pixels back than it was given" };
    } catch (error) {
      return { put: false, read: false, why: `the canvas can't take pixels: ${messageOf(error)}` };
    }
  }

  // source/pixels.ts
  var LONGEST_SIDE = 1024;
  var PixelsPainter = class {
    constructor(host, context) {
      this.host = host;
      this.context = context;
      this.name = "pixels";
      this.at = -1;
    }
    /** Shows what the last frame touched. */
    paint(module, size, damage) {
      if (damage.width <= 0 || damage.height <= 0) {
        return;
      }
      const at = module.exports.pixels() >>> 0;
      if (typeof ImageData === "function") {
        const buffer = module.view().buffer;
        if (!this.shown || this.buffer !== buffer || this.at !== at || this.shown.width !== size.width || this.shown.height !== size.height) {
          this.shown = new ImageData(new Uint8ClampedArray(buffer, at, size.width * size.height * 4), size.width, size.height);
          this.buffer = buffer;
          this.at = at;
        }
        this.context.putImageData(this.shown, 0, 0, damage.left, damage.top, damage.width, damage.height);
        return;
      }
      if (!this.shown || this.shown.width !== damage.width || this.shown.height !== damage.height) {
        this.shown = this.context.createImageData(damage.width, damage.height);
      }
      const view = module.view();
      for (let row = 0; row < damage.height; row += 1) {
        const start2 = at + ((damage.top + row) * size.width + damage.left) * 4;
        this.shown.data.set(view.subarray(start2, start2 + damage.width * 4), row * damage.width * 4);
      }
      this.context.putImageData(this.shown, damage.left, damage.top);
    }
    /** The straight RGBA8 pixels of a picture; throws where the platform keeps them. */
    take(_src, picture) {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const width = Math.max(1, Math.round(picture.width * scale));
      const height = Math.max(1, Math.round(picture.height * scale));
      this.work = this.work || this.host.workCanvas(width, height);
      if (!this.work) {
        throw new Error(`${this.host.name} has no canvas to read a picture from`);
      }
      this.work.width = width;
      this.work.height = height;
      const context = this.work.getContext("2d");
      context.drawImage(picture.image, 0, 0, width, height);
      return { width, height, pixels: context.getImageData(0, 0, width, height).data };
    }
  };

  // source/board.ts
  var WAITING_MAX = 200;
  var RUNTIME_OPTIONS = ["module", "plain", "canvas", "painter", "fonts", "files", "log", "onEvent", "onError"];
  var Running = class {
    constructor(options) {
      this.loading = false;
      this.stopped = false;
      this.busy = false;
      /** What came while another input was under way, or before there was a module. */
      this.waiting = [];
      /** The canvas as the module knows it. */
      this.known = "";
      this.knownStyle = "";
      this.knownWindow = "";
      this.faults = {};
      this.options = options;
      this.host = findHost(options.platform);
      this.place(options.canvas);
      this.host.listen((message) => this.post(message));
      this.unlisten = this.host.listenToTouches((phase, finger, x, y) => {
        if (this.module) {
          this.input((module) => module.exports.touch(phase, finger, x, y, this.host.now()), false);
        }
      });
      this.begin();
    }
    post(message) {
      if (this.stopped) {
        return;
      }
      const json = textOf(message);
      this.place(message && message.canvas);
      if (!this.module) {
        this.begin();
      }
      this.input((module) => {
        module.put(json);
        module.exports.message(this.host.now());
      }, true);
    }
    /** Gives the canvas its size and place, where somebody says them. */
    place(wanted) {
      try {
        if (wanted && typeof wanted === "object") {
          this.berth = this.berth || new Berth();
          this.berth.place(this.host.canvas(), wanted, this.host.window());
        }
      } catch (error) {
        this.fault("canvas", `the canvas can't be placed: ${messageOf(error)}`);
      }
    }
    draw() {
      if (this.module) {
        this.input(() => void 0, true);
      }
    }
    stop() {
      this.stopped = true;
      this.waiting.length = 0;
      this.unlisten();
      this.host.cancelFrame();
      this.host.clearTimer();
      this.module = void 0;
    }
    /** Loads the module, where that is not under way. */
    begin() {
      if (this.loading || this.module || this.stopped) {
        return;
      }
      this.loading = true;
      this.load().then(() => {
        this.loading = false;
        this.run();
      }).catch((error) => {
        this.loading = false;
        this.waiting.length = 0;
        this.fault("module", messageOf(error));
      });
    }
    /** Chooses the painter by what the platform gives and the package has, and starts its module. */
    async load() {
      const canvas = this.host.canvas();
      const context = canvas && canvas.getContext("2d");
      if (!context) {
        throw new Error(`${this.host.name} has no shared canvas to draw on`);
      }
      const can = tryPixels(this.host, context);
      const wanted = this.options.painter || "auto";
      const replay = new Canvas2dPainter(this.host, context);
      let from = this.options.module;
      if (from && (from.pixels || from.canvas2d)) {
        const prefers = wanted !== "auto" ? wanted : can.put && can.read ? "pixels" : "canvas2d";
        from = from[prefers] || from.pixels || from.canvas2d;
      }
      const module = await load(this.host, from, this.options.plain, replay.imports());
      if (this.stopped) {
        return;
      }
      const brush = module.exports.operations ? replay : new PixelsPainter(this.host, context);
      if (wanted !== "auto" && wanted !== brush.name) {
        throw new Error(`the painter ${wanted} is asked for, and the module is ${brush.name}'s`);
      }
      if (brush.name === "pixels" && !can.put) {
        throw new Error(`${can.why}, and the module is the pixels painter's: take the one of canvas2d`);
      }
      replay.attach(module);
      this.start(module);
      this.module = module;
      this.brush = brush;
      this.known = this.knownStyle = this.knownWindow = "";
      if (this.painter === void 0) {
        this.painter = brush.name;
        const why = module.note || (wanted === "auto" ? can.why : "it is asked for");
        this.emit({ at: this.host.now(), event: "painter", painter: brush.name, why });
      }
    }
    /** Gives a module its fonts and options. */
    start(module) {
      for (const font of module.exports.add_font ? this.options.fonts || [] : []) {
        const name = typeof font === "string" && !isData(font) ? font : "a font";
        try {
          module.put("", typeof font !== "string" ? new Uint8Array(font) : isData(font) ? fromData(font) : this.host.readFile(font));
          if (module.exports.add_font() !== 1) {
            throw new Error(module.text());
          }
        } catch (error) {
          this.fault("font", `${name}: ${messageOf(error)}`);
        }
      }
      const settings = {};
      for (const name of Object.keys(this.options)) {
        if (RUNTIME_OPTIONS.indexOf(name) < 0) {
          settings[name] = this.options[name];
        }
      }
      settings["platform"] = this.host.name;
      module.put(textOf(settings));
      if (module.exports.start(this.host.origin) !== 1) {
        const said = JSON.parse(module.text());
        this.waiting.length = 0;
        throw new Error(said.message);
      }
    }
    /** Gives the module an input, now or when its turn comes; with `draw`, a frame is drawn at once. */
    input(give, draw) {
      if (this.waiting.length >= WAITING_MAX) {
        this.waiting.shift();
      }
      this.waiting.push(() => {
        const module = this.module;
        this.look(module);
        give(module);
        if (this.berth) {
          this.berth.moor(this.host.canvas(), module.exports.is_shown() === 1);
        }
        if (draw) {
          this.show(module);
        }
        this.settle(module);
      });
      this.run();
    }
    /** Does what waits, one after another, whoever calls meanwhile. */
    run() {
      if (this.busy || !this.module) {
        return;
      }
      this.busy = true;
      try {
        while (this.module && this.waiting.length > 0) {
          this.waiting.shift()();
        }
      } catch (error) {
        this.broken(error);
      }
      this.busy = false;
    }
    /** A module that trapped can't be called again. The canvas keeps its last good frame; the next message starts anew. */
    broken(error) {
      const said = this.module ? this.module.fault() : "";
      this.module = void 0;
      this.waiting.length = 0;
      this.host.cancelFrame();
      this.host.clearTimer();
      this.fault("trap", said ? `${messageOf(error)}: ${said}` : messageOf(error));
    }
    /** Tells the module of canvas and window, where they have changed. */
    look(module) {
      const now = this.host.now();
      const window = this.host.window();
      const asked = `${window.width} ${window.height} ${window.ratio}`;
      if (asked !== this.knownWindow) {
        this.knownWindow = asked;
        module.exports.window(window.width, window.height, window.ratio, now);
      }
      const canvas = this.host.canvas();
      const size = `${canvas.width} ${canvas.height}`;
      if (size !== this.known) {
        this.known = size;
        module.exports.canvas_size(canvas.width, canvas.height, now);
      }
      const style = this.berth ? this.berth.style() : styleOf(canvas);
      if (style !== this.knownStyle) {
        this.knownStyle = style;
        module.put(style || "{}");
        module.exports.canvas_style(now);
      }
    }
    show(module) {
      if (module.exports.frame(this.host.now()) !== 1) {
        return;
      }
      const extent = (which) => module.exports.extent(which);
      const canvas = this.host.canvas();
      const size = { width: extent(0), height: extent(1) };
      if (canvas.width !== size.width || canvas.height !== size.height) {
        try {
          canvas.width = size.width;
          canvas.height = size.height;
        } catch (error) {
        }
        this.known = `${canvas.width} ${canvas.height}`;
        if (canvas.width !== size.width || canvas.height !== size.height) {
          module.exports.canvas_size(canvas.width, canvas.height, this.host.now());
          if (module.exports.frame(this.host.now()) !== 1) {
            return;
          }
          size.width = extent(0);
          size.height = extent(1);
        }
      }
      const damage = { left: extent(2), top: extent(3), width: extent(4), height: extent(5) };
      this.brush.paint(module, size, damage);
    }
    /** Does what the module asks for, until it asks for nothing. */
    settle(module) {
      for (; ; ) {
        const kind = module.exports.poll();
        if (kind === 0 /* Nothing */) {
          return;
        }
        const text = kind === 4 /* Frame */ || kind === 5 /* NoFrame */ || kind === 6 /* Timer */ || kind === 7 /* NoTimer */ ? "" : module.text();
        if (kind <= 3 /* Font */ || this.options.log && kind < 8 /* Event */) {
          module.exports.log_line();
          this.emit(JSON.parse(module.text()));
        }
        switch (kind) {
          case 1 /* Call */:
            this.call(module.exports.call_number(), text);
            break;
          case 2 /* Picture */:
            this.picture(text);
            break;
          case 3 /* Font */:
            this.bitmapFont(text);
            break;
          case 4 /* Frame */:
            this.host.askFrame(() => {
              this.input((module2) => {
                module2.exports.animation_frame(this.host.now());
                this.show(module2);
              }, false);
            });
            break;
          case 5 /* NoFrame */:
            this.host.cancelFrame();
            break;
          case 6 /* Timer */:
            this.host.setTimer(module.exports.timer_time(), () => {
              this.input((module2) => module2.exports.timer(this.host.now()), false);
            });
            break;
          case 7 /* NoTimer */:
            this.host.clearTimer();
            break;
          case 8 /* Event */:
            this.emit(JSON.parse(text));
            break;
          default:
            this.diagnose(JSON.parse(text));
        }
      }
    }
    call(number, text) {
      const end = text.indexOf("\n");
      const owner = this.module;
      this.host.call(text.slice(0, end), text.slice(end + 1), (success, json) => {
        this.later(owner, (module) => {
          module.put(json);
          module.exports.answer(number, success ? 1 : 0, this.host.now());
        });
      });
    }
    picture(src) {
      const owner = this.module;
      const failed = (why) => {
        this.later(owner, (module) => {
          const address = module.put(src, bytesOf(why));
          module.exports.picture(address, 0, 0, this.host.now());
        });
      };
      this.host.loadImage(
        src,
        (picture) => {
          this.later(owner, (module) => {
            let read2;
            try {
              read2 = this.brush.take(src, picture);
            } catch (error) {
              const address2 = module.put(src, bytesOf(`its pixels can't be read: ${messageOf(error)}`));
              module.exports.picture(address2, 0, 0, this.host.now());
              return;
            }
            const address = module.put(src, read2.pixels);
            module.exports.picture(address, read2.width, read2.height, this.host.now());
          });
        },
        failed
      );
    }
    bitmapFont(path) {
      let found = 1;
      let text;
      try {
        const own = this.options.files && this.options.files[path];
        text = own === void 0 ? this.host.readText(path) : own;
      } catch (error) {
        found = 0;
        text = messageOf(error);
      }
      this.later(this.module, (module) => {
        const length2 = module.put(path, bytesOf(text));
        module.exports.bitmap_font(length2, found, this.host.now());
      });
    }
    /** An answer for the module that asked, whenever it comes; another module does not know of it. */
    later(owner, give) {
      if (!this.stopped && owner !== void 0 && owner === this.module) {
        this.input(give, false);
      }
    }
    emit(line) {
      if (this.options.onEvent) {
        try {
          this.options.onEvent(line);
        } catch (error) {
          this.fault("listener", `onEvent: ${messageOf(error)}`);
        }
      }
    }
    diagnose(line) {
      if (this.options.log) {
        this.emit(line);
      }
      const fault = Object.assign({ severity: "warning", code: "", message: String(line.diagnostic) }, line);
      delete fault.diagnostic;
      this.tell(fault);
    }
    fault(code, message) {
      this.tell({ at: this.host.now(), severity: "error", code, message });
    }
    /** Each once. */
    tell(fault) {
      const name = `${fault.code} ${fault.message}`;
      if (this.faults[name] || !this.options.onError) {
        return;
      }
      this.faults[name] = true;
      const tell = this.options.onError;
      setTimeout(() => tell(fault), 0);
    }
  };
  function bytesOf(text) {
    const bytes = new Uint8Array(length(text));
    write(text, bytes);
    return bytes;
  }
  function styleOf(canvas) {
    const style = {};
    let found = false;
    for (const name of ["width", "height", "top", "left", "position", "display", "zIndex"]) {
      const value = canvas.style && canvas.style[name];
      if (value !== void 0 && value !== null && value !== "") {
        style[name] = value;
        found = true;
      }
    }
    return found ? JSON.stringify(style) : "";
  }
  function start(options) {
    return new Running(options || {});
  }
  return __toCommonJS(index_exports);
})();
if (typeof module === "object" && module.exports) {
  module.exports = friendboard;
}
