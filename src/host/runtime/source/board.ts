// A board under way: what happens goes to the module in turn, and what the module asks for is done.

import { Foreign, Host, Rect, findHost, messageOf, textOf } from "./host";
import { Module, load } from "./module";
import { fromData, isData } from "./data";
import { Board, CanvasPlace, Fault, LogLine, Options } from "./options";
import { Known } from "./known";
import { Berth } from "./place";
import { Canvas2dPainter } from "./canvas2d";
import { Measures } from "./measures";
import { Painter, tryPixels, whyOf } from "./painter";
import { Pictures } from "./pictures";
import { PixelsPainter } from "./pixels";
import { Replay } from "./replay";
import * as utf8 from "./utf8";

declare const setTimeout: Foreign;

/** More than so many inputs do not wait for a module that does not come: the oldest go. */
const WAITING_MAX = 200;

/** So many faults are remembered, to be told once; then they are forgotten. */
const FAULTS_MAX = 256;

/** What a module's poll gives: see `effects.rs`. */
const enum Kind {
  Nothing,
  Call,
  Picture,
  Font,
  Frame,
  NoFrame,
  Timer,
  NoTimer,
  Event,
}

/** What the module does not want to know. */
const RUNTIME_OPTIONS = ["module", "plain", "canvas", "painter", "fonts", "files", "log", "onEvent", "onError"];

class Running implements Board {
  painter: string | undefined;
  private readonly host: Host;
  private readonly options: Options;
  private module: Module | undefined;
  private brush: Painter | undefined;
  private loading = false;
  private stopped = false;
  private busy = false;
  /** What came while another input was under way, or before there was a module. */
  private readonly waiting: (() => void)[] = [];
  private readonly unlisten: () => void;
  private known: Known;
  /** Of the frame that is shown: kept, so that a scroll makes nothing. */
  private readonly size = { width: 0, height: 0 };
  private readonly damage: Rect = { left: 0, top: 0, width: 0, height: 0 };
  /** Where the open data domain places the canvas, where it does. */
  private berth: Berth | undefined;
  private faults: { [message: string]: true } = {};
  private faultCount = 0;

  constructor(options: Options) {
    this.options = options;
    this.host = findHost(options.platform);
    this.known = new Known(this.host);
    this.place(options.canvas);
    this.host.listen((message) => this.post(message));
    this.unlisten = this.host.listenToTouches((phase, finger, x, y) => this.touch(phase, finger, x, y));
    this.begin();
  }

  private touch(phase: number, finger: number, x: number, y: number): void {
    const module = this.module;
    if (!module) {
      return;
    }
    if (!this.begins()) {
      this.input((module) => module.exports.touch(phase, finger, x, y, this.host.now()), false);
      return;
    }
    try {
      this.known.tell(module, this.berth, phase === 0);
      module.exports.touch(phase, finger, x, y, this.host.now());
      this.finish(module, false);
    } catch (error) {
      this.broken(error);
    }
    this.ends();
  }

  /** The frame that the module asked for has come. */
  private readonly frame = (): void => {
    const module = this.module;
    if (!module) {
      return;
    }
    if (!this.begins()) {
      this.input((module) => this.animate(module), false);
      return;
    }
    try {
      this.known.tell(module, this.berth, false);
      this.animate(module);
      this.finish(module, false);
    } catch (error) {
      this.broken(error);
    }
    this.ends();
  };

  /** Takes the turn of an input that makes no function to wait with, so that a scroll makes nothing; false: it has to wait. */
  private begins(): boolean {
    if (this.busy || this.waiting.length > 0) {
      return false;
    }
    this.busy = true;
    return true;
  }

  private ends(): void {
    this.busy = false;
    this.run();
  }

  private animate(module: Module): void {
    module.exports.animation_frame(this.host.now());
    this.show(module);
  }

  post(message: unknown): void {
    if (this.stopped) {
      return;
    }
    // A message may change after it was posted.
    const json = textOf(message);
    this.place(message && (message as Foreign).canvas);
    if (!this.module) {
      this.begin();
    }
    this.input((module) => {
      module.put(json);
      module.exports.message(this.host.now());
    }, true);
  }

  /** Gives the canvas its size and place, where somebody says them. */
  private place(wanted: unknown): void {
    try {
      if (wanted && typeof wanted === "object") {
        this.berth = this.berth || new Berth();
        this.berth.place(this.host.canvas(), wanted as CanvasPlace, this.host.window());
      }
    } catch (error) {
      this.fault("canvas", `the canvas can't be placed: ${messageOf(error)}`);
    }
  }

  draw(): void {
    if (this.module) {
      this.input(() => undefined, true);
    }
  }

  stop(): void {
    this.stopped = true;
    this.waiting.length = 0;
    this.unlisten();
    this.host.cancelFrame();
    this.host.clearTimer();
    this.module = undefined;
  }

  /** Loads the module, where that is not under way. */
  private begin(): void {
    if (this.loading || this.module || this.stopped) {
      return;
    }
    this.loading = true;
    this.load()
      .then(() => {
        this.loading = false;
        this.run();
      })
      .catch((error) => {
        this.loading = false;
        this.waiting.length = 0;
        this.fault("module", messageOf(error));
      });
  }

  /** Chooses the painter by what the platform gives and the package has, and starts its module. */
  private async load(): Promise<void> {
    const canvas = this.host.canvas();
    const context = canvas && canvas.getContext("2d");
    if (!context) {
      throw new Error(`${this.host.name} has no shared canvas to draw on`);
    }
    const wanted = this.options.painter || "auto";
    const measures = new Measures(this.host, context);
    let from = this.options.module as Foreign;
    const hasBoth = Boolean(from && from.pixels && from.canvas2d);
    let can = hasBoth && wanted === "auto" ? tryPixels(this.host, context) : undefined;
    if (from && (from.pixels || from.canvas2d)) {
      const prefers = wanted !== "auto" ? wanted : can && can.put && can.read ? "pixels" : "canvas2d";
      from = from[prefers] || from.pixels || from.canvas2d;
    }
    const loading = load(this.host, from, this.options.plain, measures.imports());
    // The module is compiled meanwhile, beside this thread.
    can = can || tryPixels(this.host, context);
    measures.warm();
    const module = await loading;
    if (this.stopped) {
      return;
    }
    const pictures = new Pictures();
    const replay = new Replay(this.host, context, pictures);
    const brush: Painter = module.exports.pixels
      ? new PixelsPainter(this.host, context, replay, can.layer ? pictures : undefined, can.read)
      : new Canvas2dPainter(replay, pictures);
    if (wanted !== "auto" && wanted !== brush.name) {
      throw new Error(`the painter ${wanted} is asked for, and the module is ${brush.name}'s`);
    }
    if (brush.name === "pixels" && !can.put) {
      throw new Error(`${can.why}, and the module is the pixels painter's: take the one of canvas2d`);
    }
    measures.attach(module);
    if (module.exports.host_draws && can.layer && typeof context.measureText === "function") {
      module.exports.host_draws();
    }
    this.start(module);
    if (brush.name === "canvas2d" && typeof context.clip !== "function") {
      module.exports.lacks_clip();
    }
    this.module = module;
    this.brush = brush;
    this.known = new Known(this.host);
    if (this.painter === undefined) {
      this.painter = brush.name;
      const why = whyOf(brush.name, wanted !== "auto", hasBoth, can, typeof context.clip === "function", module.note);
      this.emit({ at: this.host.now(), event: "painter", painter: brush.name, why });
    }
  }

  /** Gives a module its fonts and options. */
  private start(module: Module): void {
    for (const font of module.exports.add_font ? this.options.fonts || [] : []) {
      const name = typeof font === "string" && !isData(font) ? font : "a font";
      try {
        module.put("", typeof font !== "string" ? new Uint8Array(font as ArrayBuffer) : isData(font) ? fromData(font) : this.host.readFile(font));
        if (module.exports.add_font() !== 1) {
          throw new Error(module.text());
        }
      } catch (error) {
        this.fault("font", `${name}: ${messageOf(error)}`);
      }
    }
    const settings: { [name: string]: unknown } = {};
    for (const name of Object.keys(this.options)) {
      if (RUNTIME_OPTIONS.indexOf(name) < 0) {
        settings[name] = (this.options as { [name: string]: unknown })[name];
      }
    }
    settings["platform"] = this.host.name;
    module.put(textOf(settings));
    if (module.exports.start(this.host.origin) !== 1) {
      const said = JSON.parse(module.text());
      // Other options do not come by themselves: what waits is for nothing.
      this.waiting.length = 0;
      throw new Error(said.message);
    }
  }

  /** Gives the module an input, now or when its turn comes; with `draw`, a frame is drawn at once. */
  private input(give: (module: Module) => void, draw: boolean): void {
    if (this.waiting.length >= WAITING_MAX) {
      this.waiting.shift();
    }
    this.waiting.push(() => {
      const module = this.module as Module;
      this.known.tell(module, this.berth, draw);
      give(module);
      this.finish(module, draw);
    });
    this.run();
  }

  /** What follows each input. */
  private finish(module: Module, draw: boolean): void {
    if (this.berth) {
      this.berth.moor(this.host.canvas(), module.exports.is_shown() === 1);
    }
    if (draw) {
      this.show(module);
    }
    this.settle(module);
  }

  /** Does what waits, one after another, whoever calls meanwhile. */
  private run(): void {
    if (this.busy || !this.module) {
      return;
    }
    this.busy = true;
    try {
      while (this.module && this.waiting.length > 0) {
        (this.waiting.shift() as () => void)();
      }
    } catch (error) {
      this.broken(error);
    }
    this.busy = false;
  }

  /** A module that trapped can't be called again. The canvas keeps its last good frame; the next message starts anew. */
  private broken(error: unknown): void {
    const said = this.module ? this.module.fault() : "";
    this.module = undefined;
    this.waiting.length = 0;
    this.host.cancelFrame();
    this.host.clearTimer();
    this.fault("trap", said ? `${messageOf(error)}: ${said}` : messageOf(error));
  }

  private show(module: Module): void {
    if (module.exports.frame(this.host.now()) !== 1) {
      return;
    }
    const canvas = this.host.canvas();
    const { size, damage } = this;
    size.width = module.exports.extent(0);
    size.height = module.exports.extent(1);
    if (canvas.width !== size.width || canvas.height !== size.height) {
      // A message gave it this size. Some platforms let only the main domain do so: then it stays what it is.
      try {
        canvas.width = size.width;
        canvas.height = size.height;
      } catch (error) {
        // Told below.
      }
      this.known.resized(canvas);
      if (canvas.width !== size.width || canvas.height !== size.height) {
        module.exports.canvas_size(canvas.width, canvas.height, this.host.now());
        if (module.exports.frame(this.host.now()) !== 1) {
          return;
        }
        size.width = module.exports.extent(0);
        size.height = module.exports.extent(1);
      }
    }
    damage.left = module.exports.extent(2);
    damage.top = module.exports.extent(3);
    damage.width = module.exports.extent(4);
    damage.height = module.exports.extent(5);
    (this.brush as Painter).paint(module, size, damage);
  }

  /** Does what the module asks for, until it asks for nothing. */
  private settle(module: Module): void {
    for (;;) {
      const kind: Kind = module.exports.poll();
      if (kind === Kind.Nothing) {
        return;
      }
      const text = kind === Kind.Frame || kind === Kind.NoFrame || kind === Kind.Timer || kind === Kind.NoTimer ? "" : module.text();
      if (kind <= Kind.Font || (this.options.log && kind < Kind.Event)) {
        module.exports.log_line();
        this.emit(JSON.parse(module.text()));
      }
      switch (kind) {
        case Kind.Call:
          this.call(module.exports.call_number(), text);
          break;
        case Kind.Picture:
          this.picture(text);
          break;
        case Kind.Font:
          this.bitmapFont(text);
          break;
        case Kind.Frame:
          this.host.askFrame(this.frame);
          break;
        case Kind.NoFrame:
          this.host.cancelFrame();
          break;
        case Kind.Timer:
          this.host.setTimer(module.exports.timer_time(), () => {
            this.input((module) => module.exports.timer(this.host.now()), false);
          });
          break;
        case Kind.NoTimer:
          this.host.clearTimer();
          break;
        case Kind.Event:
          this.emit(JSON.parse(text));
          break;
        default:
          this.diagnose(JSON.parse(text));
      }
    }
  }

  private call(number: number, text: string): void {
    const end = text.indexOf("\n");
    const owner = this.module;
    this.host.call(text.slice(0, end), text.slice(end + 1), (success, json) => {
      this.later(owner, (module) => {
        module.put(json);
        module.exports.answer(number, success ? 1 : 0, this.host.now());
      });
    });
  }

  private picture(src: string): void {
    const owner = this.module;
    const failed = (why: string) => {
      this.later(owner, (module) => {
        const address = module.put(src, bytesOf(why));
        module.exports.picture(address, 0, 0, this.host.now());
      });
    };
    this.host.loadImage(
      src,
      (picture) => {
        this.later(owner, (module) => {
          let read;
          try {
            read = (this.brush as Painter).take(src, picture);
          } catch (error) {
            const address = module.put(src, bytesOf(messageOf(error)));
            module.exports.picture(address, 0, 0, this.host.now());
            return;
          }
          const address = module.put(src, read.pixels);
          module.exports.picture(address, read.width, read.height, this.host.now());
        });
      },
      failed,
    );
  }

  private bitmapFont(path: string): void {
    let found = 1;
    let text: string;
    try {
      const own = this.options.files && this.options.files[path];
      text = own === undefined ? this.host.readText(path) : own;
    } catch (error) {
      found = 0;
      text = messageOf(error);
    }
    this.later(this.module, (module) => {
      const length = module.put(path, bytesOf(text));
      module.exports.bitmap_font(length, found, this.host.now());
    });
  }

  /** An answer for the module that asked, whenever it comes; another module does not know of it. */
  private later(owner: Module | undefined, give: (module: Module) => void): void {
    if (!this.stopped && owner !== undefined && owner === this.module) {
      this.input(give, false);
    }
  }

  private emit(line: LogLine): void {
    if (this.options.onEvent) {
      try {
        this.options.onEvent(line);
      } catch (error) {
        this.fault("listener", `onEvent: ${messageOf(error)}`);
      }
    }
  }

  private diagnose(line: LogLine): void {
    if (this.options.log) {
      this.emit(line);
    }
    const fault = Object.assign({ severity: "warning" as const, code: "", message: String(line.diagnostic) }, line);
    delete fault.diagnostic;
    this.tell(fault);
  }

  private fault(code: string, message: string): void {
    this.tell({ at: this.host.now(), severity: "error", code, message });
  }

  /** Each once. */
  private tell(fault: Fault): void {
    const name = `${fault.code} ${fault.message}`;
    if (this.faults[name] || !this.options.onError) {
      return;
    }
    if (this.faultCount >= FAULTS_MAX) {
      this.faults = {};
      this.faultCount = 0;
    }
    this.faults[name] = true;
    this.faultCount += 1;
    const tell = this.options.onError;
    // Outside of what is under way, so that what it throws is its own.
    setTimeout(() => tell(fault), 0);
  }
}

/** A text's bytes. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8.length(text));
  utf8.write(text, bytes);
  return bytes;
}

/** Starts a board in the open data domain. */
export function start(options?: Options): Board {
  return new Running(options || {});
}
