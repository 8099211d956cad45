// The WebAssembly module: how it is loaded, and its exports with texts in place of addresses.

import { Foreign, Host, messageOf } from "./host";
import * as utf8 from "./utf8";

declare const WXWebAssembly: Foreign;
declare const TTWebAssembly: Foreign;
declare const WebAssembly: Foreign;

/** Where the module is when nothing else is said. */
export const MODULE_PATH = "openDataContext/friendboard.wasm";

/** The exports of the module: see `game.rs`. */
export class Module {
  private readonly memory: Foreign;
  private bytes: Uint8Array | undefined;

  /** `note`: why it is none of WebAssembly's; empty where it is. */
  constructor(
    readonly exports: Foreign,
    readonly note: string,
  ) {
    this.memory = exports.memory;
  }

  /** The module's memory; a new view where it has grown. */
  view(): Uint8Array {
    if (!this.bytes || this.bytes.buffer !== this.memory.buffer) {
      this.bytes = new Uint8Array(this.memory.buffer);
    }
    return this.bytes;
  }

  /** Puts a text, and bytes after it, where the next call looks for them; gives the text's length in bytes. */
  put(text: string, rest?: ArrayLike<number> & { length: number }): number {
    const bytes = utf8.encoded(text);
    const length = bytes ? bytes.length : utf8.length(text);
    const total = length + (rest ? rest.length : 0);
    const at: number = this.exports.room(total) >>> 0;
    if (total > 0 && at === 0) {
      throw new Error(`the module takes no ${total} bytes`);
    }
    const view = this.view();
    bytes ? view.set(bytes, at) : utf8.write(text, view.subarray(at, at + length));
    if (rest) {
      view.set(rest, at + length);
    }
    return length;
  }

  /** The text of the last call. */
  text(): string {
    return this.slice(this.exports.text(), this.exports.text_length());
  }

  /** What the module said before it trapped; empty where it said nothing. */
  fault(): string {
    try {
      return this.slice(this.exports.fault(), this.exports.fault_length());
    } catch (error) {
      return "";
    }
  }

  private slice(at: number, length: number): string {
    return utf8.read(this.view().subarray(at >>> 0, (at >>> 0) + length));
  }
}

/** Makes an instance of a module; each time a new one, so that a trap is got over. */
export async function load(host: Host, from: Foreign, plain: Foreign, imports: object): Promise<Module> {
  const module = await instantiate(host, from === undefined ? MODULE_PATH : from, plain, imports);
  const exports = module.instance ? module.instance.exports : module.exports || module;
  if (!exports || typeof exports.poll !== "function" || !exports.memory) {
    throw new Error("the module is none of friendboard's");
  }
  return new Module(exports, module.note || "");
}

async function instantiate(host: Host, from: Foreign, plain: Foreign, imports: object): Promise<Foreign> {
  const standard = typeof WebAssembly === "undefined" ? undefined : WebAssembly;
  if (typeof from !== "string" && (standard || !plain)) {
    if (!standard) {
      throw new Error(`${host.name} has no WebAssembly for a module that is not a path`);
    }
    return standard.instantiate(from, imports);
  }
  const own = typeof WXWebAssembly !== "undefined" ? WXWebAssembly : typeof TTWebAssembly !== "undefined" ? TTWebAssembly : undefined;
  const reasons: string[] = [];
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
    // A package that lacks the file says so; nothing else is tried after this.
    const { instantiate } = plain();
    return { exports: instantiate(imports), note: `plain JavaScript: ${reasons.join("; ") || "there is no WebAssembly"}` };
  }
  throw new Error(`no module could be had from ${from}: ${reasons.join("; ") || "there is no WebAssembly"}`);
}
