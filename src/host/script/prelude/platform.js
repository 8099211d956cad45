// The platform's object and the globals that its open data domain has; what it lacks is undefined here too.
(native, shared) => {
  "use strict";
  const global = globalThis;
  const { options, hooks, define } = shared;
  const { platform } = options;
  const window = { width: options.windowWidth, height: options.windowHeight, ratio: options.pixelRatio };
  const api = {};
  const all = (names, from) => { for (const name of names) api[name] = from[name]; };

  // --- Calls: nothing answers inside the call that asked ---
  let number = 0;
  const pending = new Map();
  const CALLBACKS = ["success", "fail", "complete"];
  const call = (name) => ({
    [name](given = undefined) {
      const asked = typeof given === "object" && given !== null ? given : {};
      const callbacks = {};
      const rest = {};
      for (const key of Object.keys(asked)) {
        if (CALLBACKS.includes(key)) callbacks[key] = asked[key];
        else rest[key] = asked[key];
      }
      let json;
      try {
        json = JSON.stringify(rest).toWellFormed();
      } catch (error) {
        throw new TypeError(`${name}: the arguments can't be sent: ${error.message}`);
      }
      const id = ++number;
      shared.goOn(native.call(id, name, json));
      // Who gives no callback gets a promise.
      if (CALLBACKS.some((key) => typeof callbacks[key] === "function")) {
        pending.set(id, callbacks);
        return undefined;
      }
      return new Promise((success, fail) => pending.set(id, { success, fail }));
    },
  }[name]);
  hooks.answer = (id, success, answer) => {
    const callbacks = pending.get(id);
    pending.delete(id);
    if (!callbacks) return;
    // Members come in the order in which the platforms have them: what somebody is called, then what they have stored.
    if (Array.isArray(answer?.data)) {
      answer.data = answer.data.map((row) => {
        if (typeof row !== "object" || row === null || !("KVDataList" in row)) return row;
        const { KVDataList, ...rest } = row;
        return { ...rest, KVDataList };
      });
    }
    shared.invoke(success ? callbacks.success : callbacks.fail, undefined, answer);
    shared.invoke(callbacks.complete, undefined, answer);
  };
  for (const name of options.calls) api[name] = call(name);

  // --- Messages ---
  const listeners = [];
  const functions = {
    onMessage(listener) {
      if (typeof listener !== "function") throw new TypeError("onMessage: a function was expected");
      listeners.push(listener);
    },
    offMessage(listener = undefined) {
      if (listener === undefined) listeners.length = 0;
      else if (listeners.includes(listener)) listeners.splice(listeners.indexOf(listener), 1);
    },
    getSharedCanvas: () => shared.sharedCanvas,
    createCanvas: () => shared.createCanvas(),
    createImage: () => new shared.Image(),
    getSystemInfoSync: () => systemInfo(),
    getSystemInfo(given = {}) {
      const info = { ...systemInfo(), errMsg: "getSystemInfo:ok" };
      return new Promise((resolve) => {
        queueMicrotask(() => {
          shared.invoke(given?.success, undefined, info);
          shared.invoke(given?.complete, undefined, info);
          resolve(info);
        });
      });
    },
    getWindowInfo() {
      const { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea, screenTop } = systemInfo();
      return { pixelRatio, screenWidth, screenHeight, windowWidth, windowHeight, statusBarHeight, safeArea, screenTop };
    },
    canIUse(schema) {
      const name = String(schema).split(".")[0];
      return options.calls.includes(name) || typeof api[name] === "function";
    },
    triggerGC() {},
    loadFont: () => null,
    reportPerformance() {},
    requestAnimationFrame: global.requestAnimationFrame,
    cancelAnimationFrame: global.cancelAnimationFrame,
    setTimeout: global.setTimeout,
    clearTimeout: global.clearTimeout,
    setInterval: global.setInterval,
    clearInterval: global.clearInterval,
  };
  hooks.message = (message) => {
    // Each listener gets a copy of its own, as what is posted is copied.
    const json = JSON.stringify(message);
    if (!listeners.length) shared.warn("a message came, and nothing listens: onMessage is to be called before");
    for (const listener of [...listeners]) shared.invoke(listener, undefined, JSON.parse(json));
  };

  // --- Touches ---
  const touchListeners = { touchstart: [], touchmove: [], touchend: [], touchcancel: [] };
  for (const phase of ["Start", "Move", "End", "Cancel"]) {
    const list = touchListeners["touch" + phase.toLowerCase()];
    functions["onTouch" + phase] = (listener) => { if (typeof listener === "function" && !list.includes(listener)) list.push(listener); };
    functions["offTouch" + phase] = (listener = undefined) => {
      if (listener === undefined) list.length = 0;
      else if (list.includes(listener)) list.splice(list.indexOf(listener), 1);
    };
  }
  hooks.touch = (type, x, y) => {
    for (const listener of [...touchListeners[type]]) {
      const touch = () => ({ identifier: 0, clientX: x, clientY: y, pageX: x, pageY: y, screenX: x, screenY: y, force: 0 });
      const isDown = type === "touchstart" || type === "touchmove";
      const event = { type, touches: isDown ? [touch()] : [], changedTouches: [touch()], timeStamp: native.now() };
      event.targetTouches = event.touches;
      shared.invoke(listener, undefined, event);
    }
  };
  hooks.window = (width, height, ratio) => {
    Object.assign(window, { width, height, ratio });
    if (platform === "tiktok") [global.innerWidth, global.innerHeight, global.devicePixelRatio] = [width, height, ratio];
  };
  const systemInfo = () => {
    const { width, height, ratio } = window;
    const info = {
      brand: "friendboard", model: "virtual", pixelRatio: ratio, devicePixelRatio: ratio, screenWidth: width, screenHeight: height,
      windowWidth: width, windowHeight: height, screenTop: 0, statusBarHeight: 20, language: platform === "wechat" ? "zh_CN" : "en",
      version: options.client || "99.0.0", SDKVersion: options.library || "99.0.0", system: "iOS 17.0", platform: "ios",
      fontSizeSetting: 16, benchmarkLevel: 40,
      safeArea: { left: 0, top: 0, right: width, bottom: height, width, height },
    };
    if (platform === "tiktok") info.appName = "TikTok";
    if (platform === "douyin") info.appName = "Douyin";
    return info;
  };

  // --- What each platform has ---
  const common = ["onMessage", "getSharedCanvas", "createCanvas", "createImage", "getSystemInfoSync", "getSystemInfo", "canIUse",
    "onTouchStart", "onTouchMove", "onTouchEnd", "onTouchCancel", "offTouchStart", "offTouchMove", "offTouchEnd", "offTouchCancel"];
  const own = {
    wechat: ["getWindowInfo", "triggerGC", "loadFont"],
    douyin: ["offMessage", "triggerGC", "requestAnimationFrame", "cancelAnimationFrame"],
    tiktok: ["offMessage", "requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  };
  all([...common, ...(own[platform] ?? [])], functions);

  // The interfaces by which objects are known; phones have them where their JavaScript engine is a browser's, and a script that
  // looks for one there looks for it by `typeof`.
  for (const name of ["CanvasRenderingContext2D", "CanvasGradient", "CanvasPattern", "Path2D", "ImageData", "TextMetrics", "DOMMatrix", "DOMPoint",
    "DOMMatrixReadOnly", "DOMException"]) {
    define(global, name, shared.interfaces[name]);
  }
  if (platform === "wechat") {
    define(global, "wx", api);
    define(global, "sharedCanvas", shared.sharedCanvas);
  } else if (platform === "douyin") {
    define(global, "tt", api);
    define(global, "sharedCanvas", shared.sharedCanvas);
  } else {
    define(global, "TTMinis", { game: api });
    // Its guide has both names.
    define(global, "tt", api);
    browser();
  }

  /** TikTok's open data domain is a page of its own in a WebView. */
  function browser() {
    const windowListeners = {};
    const target = {
      addEventListener(type, listener) { (windowListeners[type] ??= []).push(listener); },
      removeEventListener(type, listener) {
        windowListeners[type] = (windowListeners[type] ?? []).filter((other) => other !== listener);
      },
    };
    const createElement = (name) => {
      name = String(name).toLowerCase();
      if (name === "canvas") return shared.createCanvas();
      if (name === "img") return new shared.Image();
      return { tagName: name.toUpperCase(), style: {}, children: [], appendChild() {}, setAttribute() {}, addEventListener() {} };
    };
    const document = {
      ...target, createElement, body: createElement("body"), head: createElement("head"), documentElement: createElement("html"),
      readyState: "complete", hidden: false, visibilityState: "visible",
      getElementById: () => null, querySelector: () => null, querySelectorAll: () => [], getElementsByTagName: () => [],
      createElementNS: (_, name) => createElement(name),
    };
    for (const [name, value] of Object.entries({
      window: global, self: global, document, Image: shared.Image, HTMLImageElement: shared.Image,
      HTMLCanvasElement: shared.interfaces.HTMLCanvasElement, innerWidth: window.width, innerHeight: window.height,
      devicePixelRatio: window.ratio, navigator: { userAgent: "Mozilla/5.0 (iPhone) TikTok", language: "en", platform: "iPhone" },
      location: { href: "https://tiktok/", protocol: "https:", host: "tiktok", search: "", hash: "" }, ...target,
    })) define(global, name, value);
  }
}
