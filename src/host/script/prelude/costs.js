// Functions of the engine's own that go through all that they are given, and tell of nothing meanwhile: the engine counts loops
// and calls, and one call of these may take a minute. Their work is counted before they begin.
(native, shared) => {
  "use strict";
  const { define, goOn } = shared;
  const { apply } = Reflect;
  const { spend } = native;
  const { isArray } = Array;
  const { min, log2 } = Math;
  /** Of less than this, a call is all that it costs. */
  const FREE = 32;
  const sizeOf = (value) => {
    if (typeof value === "string") return value.length;
    return typeof value === "object" && value !== null ? +value.length || 0 : 0;
  };
  /** Counts a function's work, `steps(this, its arguments)`, wherever it is called. */
  const counted = (object, names, steps) => {
    for (const name of names) {
      const own = object[name];
      if (typeof own !== "function") continue;
      const method = { [name]() {
        const cost = steps(this, arguments);
        if (cost > FREE) goOn(spend(cost));
        return apply(own, this, arguments);
      } }[name];
      Object.defineProperty(method, "length", { value: own.length, configurable: true });
      define(object, name, method);
    }
  };
  const each = (by) => (self) => sizeOf(self) * by;
  const sorted = (self) => {
    const size = sizeOf(self);
    return size > FREE ? size * log2(size) * 20 : 0;
  };

  counted(Array.prototype, ["shift", "unshift", "splice", "slice", "copyWithin", "fill", "with", "indexOf", "lastIndexOf", "includes"], each(2));
  counted(Array.prototype, ["reverse", "toReversed", "toSpliced", "flat"], each(20));
  counted(Array.prototype, ["join", "toLocaleString"], each(50));
  // What a comparator that is no order makes of a list differs from engine to engine, and so from phone to phone.
  const NO_ORDER = "the comparator of a sort is no order: phones put the list in different orders";
  const isOrdered = (list, compare) => {
    for (let index = 1; index < list.length && list[index] !== undefined; index += 1) {
      if (compare(list[index - 1], list[index]) > 0) return false;
    }
    return true;
  };
  for (const name of ["sort", "toSorted"]) {
    const own = Array.prototype[name];
    define(Array.prototype, name, { [name](compare) {
      const cost = sorted(this);
      if (cost > FREE) goOn(spend(cost));
      if (typeof compare !== "function") return apply(own, this, arguments);
      let isNumber = true;
      const list = apply(own, this, [(a, b) => {
        const order = compare(a, b);
        isNumber &&= typeof order !== "boolean";
        return order;
      }]);
      if (!isNumber || !isOrdered(list, compare)) shared.warn(NO_ORDER);
      return list;
    } }[name]);
  }
  counted(Array.prototype, ["concat"], (self, given) => {
    let size = sizeOf(self);
    for (let i = 0; i < given.length; i++) if (isArray(given[i])) size += given[i].length;
    return size * 2;
  });

  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  counted(typed, ["slice", "copyWithin", "fill", "indexOf", "lastIndexOf", "includes", "reverse", "toReversed", "with"], each(1));
  counted(typed, ["set"], (self, given) => sizeOf(given[0]) * 4);
  counted(typed, ["join", "toLocaleString"], each(100));
  counted(typed, ["sort", "toSorted"], sorted);
  counted(ArrayBuffer.prototype, ["slice"], (self) => (+self?.byteLength || 0) / 4);

  // What is looked for may nearly stand at each place.
  const searched = (self, given) => {
    const size = sizeOf(self);
    return size * (1 + min(sizeOf(given[0]), size) / 16);
  };
  counted(String.prototype, ["indexOf", "lastIndexOf", "includes", "split", "replace", "replaceAll"], searched);
  counted(String.prototype, ["trim", "trimStart", "trimEnd", "isWellFormed", "toWellFormed", "startsWith", "endsWith"], each(1));
  counted(String.prototype, ["toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase", "localeCompare"], each(20));
  counted(String.prototype, ["normalize"], each(100));
  const read = (self, given) => sizeOf(given[0]) * 20;
  counted(JSON, ["parse"], read);
  counted(globalThis, ["encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent", "escape", "unescape", "parseInt", "parseFloat"], read);
}
