// What every script stands on: a clock that does not run by itself, chance that repeats, numbers that are the same everywhere.
(native, shared) => {
  "use strict";
  const global = globalThis;
  const { options, hooks } = shared;
  const define = (object, name, value) =>
    Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
  shared.define = define;
  /** Goes on where the script may: else it waits for the engine to stop it, which no `catch` holds up. */
  shared.goOn = (fine) => {
    while (!fine);
  };

  // --- Errors ---
  /** Tells of what a callback threw, as the platforms' consoles do; the script goes on. */
  shared.report = (error, kind = "error") => {
    if (error instanceof Error) {
      let message = String(error.name);
      if (error.message) message += ": " + error.message;
      native.report(kind, message.toWellFormed(), String(error.stack ?? ""));
    } else {
      let text;
      try { text = typeof error === "string" ? error : JSON.stringify(error) ?? String(error); } catch { text = "a value"; }
      native.report(kind, ("Uncaught " + text).toWellFormed(), "");
    }
  };
  /** Calls what a script gave, and tells of what it throws. */
  let last;
  shared.invoke = (callback, self, ...args) => {
    if (typeof callback !== "function") return undefined;
    last = callback;
    try {
      return callback.apply(self, args);
    } catch (error) {
      shared.report(error);
      return undefined;
    }
  };
  /** What is called next by something else than `invoke`: should it end where no place is known, it is named. */
  shared.calls = (callback) => { if (typeof callback === "function") last = callback; };
  const { then } = Promise.prototype;
  define(Promise.prototype, "then", { then(fulfilled, rejected) {
    shared.calls(fulfilled);
    return Reflect.apply(then, this, [fulfilled, rejected]);
  } }.then);
  /** Calls something of this prelude as soon as what runs now is done. */
  shared.soon = (callback) => void Reflect.apply(then, Promise.resolve(), [callback]);
  /** Where the last function stands that a script was called by: `file:line:column`. */
  hooks.last = () => (last?.fileName ? `${last.fileName}:${last.lineNumber}:${last.columnNumber}` : "");
  const warned = new Set();
  /** Says once that something is not as on a phone. */
  shared.warn = (message) => {
    if (warned.has(message)) return;
    warned.add(message);
    native.report("warning", message, String(new Error().stack));
  };

  // --- Mathematics ---
  for (const name of ["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp",
    "expm1", "log", "log2", "log10", "log1p", "cbrt"]) {
    const compute = native[name];
    define(Math, name, { [name](x) { return compute(+x); } }[name]);
  }
  define(Math, "pow", function pow(base, exponent) { return native.pow(+base, +exponent); });
  define(Math, "atan2", function atan2(y, x) { return native.atan2(+y, +x); });
  // sfc32: the sequence of a seed is the same on every machine.
  let [a, b, c, d] = [options.seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  define(Math, "random", function random() { return (next() * 2097152 + (next() >>> 11)) / 9007199254740992; });

  // --- Date: on the clock, in one zone ---
  const RealDate = Date;
  const zone = options.zone * 60000;
  const now = () => Math.floor(options.date + native.now());
  const parse = (text) => {
    text = String(text);
    // What names no zone is of the clock's, but for a day alone.
    const isDay = /^[+-]?\d{4,6}(-\d\d){0,2}$/.test(text.trim());
    const hasZone = /(Z|GMT|UTC|[+-]\d\d:?\d\d)\s*(\(.*\))?$/i.test(text.trim());
    if (isDay || hasZone) return RealDate.parse(text);
    const iso = /^[+-]?\d{4,6}-\d\d-\d\dT/.test(text.trim());
    return RealDate.parse(iso ? text.trim() + "Z" : text + " GMT") - zone;
  };
  function ClockDate(...parts) {
    if (new.target === undefined) return new ClockDate().toString();
    let time;
    if (parts.length === 0) time = now();
    else if (parts.length === 1) {
      const value = parts[0] instanceof RealDate ? parts[0].getTime() : parts[0]?.[Symbol.toPrimitive]?.("default") ?? parts[0]?.valueOf?.() ?? parts[0];
      time = typeof value === "string" ? parse(value) : Number(value);
    } else time = RealDate.UTC(...parts) - zone;
    return Reflect.construct(RealDate, [time], new.target);
  }
  ClockDate.prototype = RealDate.prototype;
  define(RealDate.prototype, "constructor", ClockDate);
  define(ClockDate, "now", function () { return now(); });
  define(ClockDate, "parse", function (text) { return parse(text); });
  define(ClockDate, "UTC", RealDate.UTC);
  Object.defineProperty(ClockDate, "name", { value: "Date", configurable: true });
  Object.defineProperty(ClockDate, "length", { value: 7, configurable: true });
  const local = (date) => new RealDate(RealDate.prototype.getTime.call(date) + zone);
  for (const part of ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"]) {
    const get = RealDate.prototype["getUTC" + part];
    define(RealDate.prototype, "get" + part, { ["get" + part]() { return get.call(local(this)); } }["get" + part]);
    const set = RealDate.prototype["setUTC" + part];
    if (set) {
      define(RealDate.prototype, "set" + part, {
        ["set" + part](...values) {
          const moved = local(this);
          set.apply(moved, values);
          return this.setTime(moved.getTime() - zone);
        },
      }["set" + part]);
    }
  }
  const two = (number) => String(number).padStart(2, "0");
  const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const text = (date, part) => {
    if (Number.isNaN(date.getTime())) return "Invalid Date";
    const day = `${days[date.getDay()]} ${months[date.getMonth()]} ${two(date.getDate())} ${String(date.getFullYear()).padStart(4, "0")}`;
    const away = Math.abs(options.zone);
    const offset = `GMT${options.zone < 0 ? "-" : "+"}${two(Math.floor(away / 60))}${two(away % 60)}`;
    const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${offset}`;
    return part === "date" ? day : part === "time" ? time : `${day} ${time}`;
  };
  const shownDay = (date) => `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;
  const shownTime = (date) => {
    const hours = date.getHours();
    return `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${hours < 12 ? "AM" : "PM"}`;
  };
  const methods = {
    getTimezoneOffset() { return Number.isNaN(this.getTime()) ? NaN : -options.zone || 0; },
    getYear() { return this.getFullYear() - 1900; },
    toString() { return text(this); },
    toDateString() { return text(this, "date"); },
    toTimeString() { return text(this, "time"); },
    toLocaleString() { return Number.isNaN(this.getTime()) ? "Invalid Date" : `${shownDay(this)}, ${shownTime(this)}`; },
    toLocaleDateString() { return Number.isNaN(this.getTime()) ? "Invalid Date" : shownDay(this); },
    toLocaleTimeString() { return Number.isNaN(this.getTime()) ? "Invalid Date" : shownTime(this); },
  };
  for (const name of Object.keys(methods)) define(RealDate.prototype, name, methods[name]);
  define(global, "Date", ClockDate);
  define(global, "performance", { now: () => native.now(), timeOrigin: options.date });
  // As in English; QuickJS knows no locales.
  define(Number.prototype, "toLocaleString", function toLocaleString(_locale, wanted) {
    const value = Number(this);
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "-∞" : "∞";
    const least = wanted?.minimumFractionDigits ?? 0;
    const most = Math.max(least, wanted?.maximumFractionDigits ?? 3);
    let [whole, part = ""] = Math.abs(value).toFixed(most).split(".");
    while (part.length > least && part.endsWith("0")) part = part.slice(0, -1);
    if (wanted?.useGrouping !== false) whole = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    const sign = value < 0 && /[1-9]/.test(whole + part) ? "-" : "";
    return sign + whole + (part && "." + part);
  });

  // --- console ---
  const shown = (value, depth = 0, seen = []) => {
    if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value);
    if (typeof value === "function") return `[Function: ${value.name || "(anonymous)"}]`;
    if (typeof value === "symbol" || typeof value !== "object" || value === null) {
      return typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : String(value);
    }
    if (value instanceof Error) {
      const frames = String(value.stack ?? "").split("\n").filter((line) => line.trim() && !line.includes("friendboard:"));
      return [`${value.name}: ${value.message}`, ...frames].join("\n");
    }
    if (seen.includes(value)) return "[Circular]";
    if (depth > 3) return Array.isArray(value) ? "[Array]" : "[Object]";
    const inside = [...seen, value];
    if (Array.isArray(value)) {
      const items = value.slice(0, 100).map((item) => shown(item, depth + 1, inside));
      if (value.length > 100) items.push(`… ${value.length - 100} more`);
      return `[${items.join(", ")}]`;
    }
    if (value instanceof RealDate) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof Map) return `Map(${value.size}) ${shown([...value], depth, seen)}`;
    if (value instanceof Set) return `Set(${value.size}) ${shown([...value], depth, seen)}`;
    if (value instanceof RegExp) return String(value);
    const members = Object.keys(value).slice(0, 100).map((name) => `${name}: ${shown(value[name], depth + 1, inside)}`);
    const name = value.constructor && value.constructor !== Object ? value.constructor.name + " " : "";
    return `${name}{${members.join(", ")}}`;
  };
  const formatted = (values) => {
    const [first, ...rest] = values;
    if (typeof first !== "string" || !rest.length) return values.map((value) => shown(value)).join(" ");
    const text = first.replace(/%[sdifoOc%]/g, (mark) => {
      if (mark === "%%") return "%";
      if (!rest.length) return mark;
      const value = rest.shift();
      if (mark === "%c") return "";
      if (mark === "%d" || mark === "%i") return String(mark === "%i" ? parseInt(value, 10) : Number(value));
      if (mark === "%f") return String(parseFloat(value));
      return shown(value, mark === "%s" ? 0 : 1);
    });
    return [text, ...rest.map((value) => shown(value))].join(" ");
  };
  const console = {};
  const line = (level, values) => {
    let text;
    try { text = formatted(values); } catch (error) { text = `(${error})`; }
    native.console(level, text.toWellFormed());
  };
  for (const level of ["log", "info", "warn", "error", "debug"]) {
    console[level] = (...values) => line(level, values);
  }
  console.trace = console.debug;
  console.dir = (value) => line("log", [value]);
  console.table = (value) => line("log", [value]);
  console.assert = (fine, ...values) => { if (!fine) line("error", ["Assertion failed:", ...values]); };
  console.group = (...values) => { if (values.length) line("log", values); };
  console.groupCollapsed = console.group;
  console.groupEnd = () => {};
  const counts = new Map();
  console.count = (label = "default") => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    line("log", [`${label}: ${counts.get(label)}`]);
  };
  const starts = new Map();
  console.time = (label = "default") => void starts.set(label, native.now());
  console.timeEnd = (label = "default") => line("log", [`${label}: ${native.now() - (starts.get(label) ?? native.now())}ms`]);
  define(global, "console", console);

  // --- Timers ---
  let number = 0;
  const timers = new Map();
  const start = (repeats) => (callback, after, ...args) => {
    if (typeof callback !== "function") {
      if (typeof callback === "string") shared.warn("setTimeout with a text is barred in an open data domain: nothing is run");
      return ++number;
    }
    const id = ++number;
    // Browsers let nothing come sooner than after 1 ms, and nested repetition than after 4.
    const delay = Math.min(Math.max(Math.trunc(Number(after)) || 0, repeats ? 4 : 0), 2147483647);
    timers.set(id, { callback, args, delay, repeats });
    shared.goOn(native.timer(id, delay));
    return id;
  };
  const clear = (id) => {
    if (timers.delete(Number(id))) native.clearTimer(Number(id));
  };
  hooks.timer = (id) => {
    const timer = timers.get(id);
    if (!timer) return;
    if (timer.repeats) shared.goOn(native.timer(id, timer.delay));
    else timers.delete(id);
    shared.invoke(timer.callback, undefined, ...timer.args);
  };
  define(global, "setTimeout", start(false));
  define(global, "setInterval", start(true));
  define(global, "clearTimeout", clear);
  define(global, "clearInterval", clear);
  define(global, "queueMicrotask", (callback) => shared.soon(() => shared.invoke(callback)));

  // --- Frames ---
  let frames = new Map();
  const request = (callback) => {
    if (typeof callback !== "function") throw new TypeError("requestAnimationFrame: a function was expected");
    if (frames.size === 0) shared.goOn(native.frame());
    frames.set(++number, callback);
    return number;
  };
  const cancel = (id) => void frames.delete(Number(id));
  hooks.frame = () => {
    const due = frames;
    frames = new Map();
    const time = native.now();
    for (const [id, callback] of due) {
      // One of them may cancel another that is due now.
      if (due.has(id)) shared.invoke(callback, undefined, time);
    }
  };
  define(global, "requestAnimationFrame", request);
  define(global, "cancelAnimationFrame", (id) => {
    cancel(id);
  });
  define(global, "GameGlobal", global);
}
