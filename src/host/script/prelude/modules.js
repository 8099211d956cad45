// Modules: CommonJS, JSON and ES modules of the game's package.
(native, shared) => {
  "use strict";
  const { hooks, define } = shared;
  const loaded = new Map();
  const isModule = (source) => /(^|[\n\r;}])\s*(import|export)(?=[\s{*"'(])/.test(source);
  const json = (path, source) => {
    try {
      return JSON.parse(source);
    } catch (error) {
      throw new SyntaxError(`${path}: ${error.message}`);
    }
  };
  /** What a module exports; its file runs the first time. */
  const load = (path) => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const source = native.source(path);
    const module = { exports: {}, id: path, filename: "/" + path, loaded: false };
    loaded.set(path, module);
    try {
      if (path.endsWith(".json")) module.exports = json(path, source);
      else run(module, path, source);
    } catch (error) {
      loaded.delete(path);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };
  const run = (module, path, source) => {
    let body;
    try {
      if (!path.endsWith(".mjs")) body = native.compile(path, source);
    } catch (error) {
      if (!(error instanceof SyntaxError) || !isModule(source)) throw error;
    }
    if (body) {
      shared.calls(body);
      body.call(module.exports, requireFrom(path), module, module.exports);
      return;
    }
    // Games' build tools let one file both require and export: it finds what it asks for.
    const before = module.exports;
    let head = "";
    const says = (word) => new RegExp(`\\b(const|let|var|function|class|import)\\s+${word}\\b`).test(source);
    if (/\brequire\s*\(/.test(source) && !says("require")) head += `const require = globalThis[Symbol.for('friendboard.hooks')].requireFrom(${JSON.stringify(path)});`;
    if (/\bmodule\.exports\b/.test(source) && !says("module")) head += `const module = globalThis[Symbol.for('friendboard.hooks')].moduleOf(${JSON.stringify(path)});`;
    if (/(^|[^.\w])exports\.\w/.test(source) && !says("exports")) head += `const exports = globalThis[Symbol.for('friendboard.hooks')].moduleOf(${JSON.stringify(path)}).exports;`;
    const namespace = native.evaluate(path, head + source);
    if (module.exports === before && Object.keys(before).length === 0) {
      const exports = {};
      Object.defineProperty(exports, "__esModule", { value: true });
      for (const name of Object.keys(namespace)) Object.defineProperty(exports, name, { get: () => namespace[name], enumerable: true });
      module.exports = exports;
    }
  };
  const requireFrom = (from) => {
    const require = (name) => {
      const path = native.resolve(from, String(name));
      if (path === undefined) {
        const error = new Error(`Cannot find module '${name}' (required by ${from})`);
        error.code = "MODULE_NOT_FOUND";
        throw error;
      }
      return load(path);
    };
    require.cache = {};
    return require;
  };
  hooks.load = load;
  hooks.requireFrom = requireFrom;
  hooks.moduleOf = (path) => loaded.get(path) ?? { exports: {} };
  hooks.start = (path) => void load(path);
  Object.defineProperty(globalThis, Symbol.for("friendboard.hooks"), { value: Object.freeze({
    load, requireFrom, moduleOf: hooks.moduleOf,
  }) });
  define(globalThis, "require", (name) => requireFrom("")(name));
}
