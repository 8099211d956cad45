// How the Web reads arguments (Web IDL), as far as the objects here need it.
(native, shared) => {
  "use strict";
  /** A `double`: a number that is finite. */
  const finite = (value, what) => {
    const number = +value;
    if (!Number.isFinite(number)) throw new TypeError(`${what}: a finite number was expected, found ${String(value)}`);
    return number;
  };
  /** A `[EnforceRange] long`. */
  const long = (value, what) => {
    const number = Math.trunc(finite(value, what));
    if (number < -2147483648 || number > 2147483647) throw new TypeError(`${what}: ${number} is out of range`);
    return number + 0;
  };
  /** Throws where there are fewer arguments than a function needs. */
  const need = (found, least, what) => {
    if (found < least) throw new TypeError(`${what}: ${least} argument${least === 1 ? "" : "s"} required, but only ${found} present`);
  };
  const text = (value) => {
    if (typeof value === "symbol") throw new TypeError("a symbol can't be made a text");
    return String(value).toWellFormed();
  };

  const CODES = { IndexSizeError: 1, InvalidStateError: 11, SyntaxError: 12, InvalidAccessError: 15, TypeMismatchError: 17,
    SecurityError: 18, NotSupportedError: 9, DataCloneError: 25, QuotaExceededError: 22 };
  class DOMException extends Error {
    #name;
    constructor(message = "", name = "Error") {
      super(message);
      this.#name = text(name);
    }
    get name() { return this.#name; }
    get code() { return CODES[this.#name] ?? 0; }
    get [Symbol.toStringTag]() { return "DOMException"; }
  }
  for (const [name, code] of Object.entries(CODES)) {
    const constant = name.replace(/Error$/, "").replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase() + "_ERR";
    for (const object of [DOMException, DOMException.prototype]) Object.defineProperty(object, constant, { value: code, enumerable: true });
  }

  /** Makes a class look as the Web's do: enumerable members, a tag. */
  const expose = (type, name = type.name) => {
    for (const key of Object.getOwnPropertyNames(type.prototype)) {
      if (key === "constructor") continue;
      Object.defineProperty(type.prototype, key, { enumerable: true });
    }
    Object.defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
    shared.interfaces[name] = type;
    return type;
  };
  shared.interfaces = {};
  shared.expose = expose;
  shared.idl = { finite, long, need, text, DOMException };
  shared.interfaces.DOMException = DOMException;
  /** Frees what is behind an object when the object is gone. */
  const registry = new FinalizationRegistry(([free, id]) => free(id));
  shared.freed = (object, free, id) => registry.register(object, [free, id]);
}
