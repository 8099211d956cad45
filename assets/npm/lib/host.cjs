// What the module finds outside of itself: files, standard streams, clock and arguments, by WASI.
"use strict";
const { chmodSync, chownSync, statSync } = require("node:fs");
const { parse } = require("node:path");

const { compiled } = require("./module.cjs");

/** The descriptor of the one folder that is opened beforehand: the root. */
const ROOT = 3;
/** WASI's number for a stream that is not ready now, as the pipes of other Node programs may be. */
const AGAIN = 6;
/** How long a stream that is not ready is left alone, ms. */
const REST = 2;

const asleep = new Int32Array(new SharedArrayBuffer(4));

/** `node:wasi`, without its warning that it may change: what is used of it here is what the tests run. */
function wasi() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith("WASI is an experimental feature")) emitWarning.call(process, warning, ...rest);
  };
  try {
    return require("node:wasi").WASI;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/**
 * An instance of the module. `captured`, where it is given, gets what is written to the standard streams: `write(stream, bytes)`
 * with stream 1 or 2.
 */
function instantiate(args, folder, captured) {
  const { root } = parse(folder);
  const env = { ...process.env, PWD: "/" + folder.slice(root.length).replaceAll("\\", "/") };
  const host = new (wasi())({ version: "preview1", args, env, preopens: { "/": root }, returnOnExit: true });
  const imports = host.getImportObject();
  const calls = imports.wasi_snapshot_preview1;
  let memory;
  const path = (at, length) => root + Buffer.from(memory.buffer, at, length).toString();
  const patiently = (call) => (stream, ...rest) => {
    for (;;) {
      const errno = call(stream, ...rest);
      if (errno !== AGAIN || stream > 2) return errno;
      Atomics.wait(asleep, 0, 0, REST);
    }
  };
  const { fd_read, fd_write, path_rename } = calls;
  calls.fd_read = patiently(fd_read);
  calls.fd_write = patiently(fd_write);
  if (captured !== undefined) {
    calls.fd_write = (stream, list, count, written) => {
      if (stream !== 1 && stream !== 2) return fd_write(stream, list, count, written);
      const view = new DataView(memory.buffer);
      let length = 0;
      for (let at = list; at < list + 8 * count; at += 8) {
        const bytes = new Uint8Array(memory.buffer, view.getUint32(at, true), view.getUint32(at + 4, true));
        captured.write(stream, bytes.slice());
        length += bytes.length;
      }
      view.setUint32(written, length, true);
      return 0;
    };
  }
  // A file is replaced by renaming another to its name. WASI knows no rights, so the new one gets those of the old one here.
  calls.path_rename = (from, fromAt, fromLength, to, toAt, toLength) => {
    if (from === ROOT && to === ROOT) keepRights(path(toAt, toLength), path(fromAt, fromLength));
    return path_rename(from, fromAt, fromLength, to, toAt, toLength);
  };
  const instance = new WebAssembly.Instance(compiled(), imports);
  ({ memory } = instance.exports);
  host.initialize(instance);
  return instance.exports;
}

function keepRights(old, replacement) {
  const before = statSync(old, { throwIfNoEntry: false });
  if (before === undefined || process.platform === "win32") return;
  const now = statSync(replacement);
  if (now.uid !== before.uid || now.gid !== before.gid) {
    try {
      chownSync(replacement, before.uid, before.gid);
    } catch {
      // Only root may; who may not replaces it as its own.
    }
  }
  chmodSync(replacement, before.mode & 0o7777);
}

exports.instantiate = instantiate;
