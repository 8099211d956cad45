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
    constructor(exports) {
      this.exports = exports;
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
  async function load(host, from, imports) {
    const module = await instantiate(host, from === void 0 ? MODULE_PATH : from, imports);
    const exports = module.instance ? module.instance.exports : module.exports || module;
    if (!exports || typeof exports.poll !== "function" || !exports.memory) {
      throw new Error("the module is none of friendboard's");
    }
    return new Module(exports);
  }
  async function instantiate(host, from, imports) {
    const standard = typeof WebAssembly === "undefined" ? void 0 : WebAssembly;
    if (typeof from !== "string") {
      if (!standard) {
        throw new Error(`${host.name} has no WebAssembly for a module that is not a path`);
      }
      return standard.instantiate(from, imports);
    }
    const own = typeof WXWebAssembly !== "undefined" ? WXWebAssembly : typeof TTWebAssembly !== "undefined" ? TTWebAssembly : void 0;
    const reasons = [];
    if (own) {
      try {
        return await own.instantiate(from, imports);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
    if (standard) {
      try {
        return await standard.instantiate(host.readFile(from), imports);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
    throw new Error(`no module could be had from ${from}: ${reasons.join("; ") || "there is no WebAssembly"}`);
  }

  // source/pixels.ts
  var LONGEST_SIDE = 1024;
  var PixelsPainter = class {
    constructor(host, context) {
      this.host = host;
      this.context = context;
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
    read(picture) {
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
  var RUNTIME_OPTIONS = ["module", "fonts", "files", "log", "onEvent", "onError"];
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
      if (!this.module) {
        this.begin();
      }
      this.input((module) => {
        module.put(json);
        module.exports.message(this.host.now());
      }, true);
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
      load(this.host, this.options.module, {}).then((module) => {
        this.loading = false;
        if (!this.stopped) {
          this.started(module);
        }
      }).catch((error) => {
        this.loading = false;
        this.waiting.length = 0;
        this.fault("module", messageOf(error));
      });
    }
    started(module) {
      const canvas = this.host.canvas();
      const context = canvas && canvas.getContext("2d");
      if (!context) {
        throw new Error(`${this.host.name} has no shared canvas to draw on`);
      }
      if (typeof context.putImageData !== "function") {
        throw new Error("the canvas has no putImageData, by which pixels come onto it");
      }
      for (const font of this.options.fonts || []) {
        const bytes = typeof font === "string" ? this.host.readFile(font) : new Uint8Array(font);
        module.put("", bytes);
        if (module.exports.add_font() !== 1) {
          this.fault("font", `${typeof font === "string" ? font : "a font"}: ${module.text()}`);
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
      if (module.exports.start() !== 1) {
        const said = JSON.parse(module.text());
        this.waiting.length = 0;
        throw new Error(said.message);
      }
      this.module = module;
      this.pixels = new PixelsPainter(this.host, context);
      this.known = this.knownStyle = this.knownWindow = "";
      if (this.painter === void 0) {
        this.painter = "pixels";
        this.emit({ at: this.host.now(), event: "painter", painter: "pixels", why: "the module rasterizes, and the canvas takes pixels" });
      }
      this.run();
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
      const style = styleOf(canvas);
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
      this.pixels.paint(module, size, damage);
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
              read2 = this.pixels.read(picture);
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
