// Canvas and window as the module knows them, so that it is told of what has changed and of nothing else.

import { Foreign, Host } from "./host";
import { Module } from "./module";
import { Berth } from "./place";

/** What of a canvas's style says where it stands. */
const SIDES = ["width", "height", "top", "left", "position", "display", "zIndex"];

export class Known {
  private width = NaN;
  private height = NaN;
  private window = { width: NaN, height: NaN, ratio: NaN };
  private style = "";
  private readonly sides: unknown[] = [];
  private all: string | undefined;

  constructor(private readonly host: Host) {}

  /**
   * Tells the module of canvas and window, where they have changed. The window is asked for with `anew` only, and where the
   * canvas is another: on a phone that takes longer than a frame of a scroll may.
   */
  tell(module: Module, berth: Berth | undefined, anew: boolean): void {
    const now = this.host.now();
    const canvas = this.host.canvas();
    const isOther = canvas.width !== this.width || canvas.height !== this.height;
    if (anew || isOther) {
      const { width, height, ratio } = this.host.window();
      if (width !== this.window.width || height !== this.window.height || ratio !== this.window.ratio) {
        this.window = { width, height, ratio };
        module.exports.window(width, height, ratio, now);
      }
    }
    if (isOther) {
      this.resized(canvas);
      module.exports.canvas_size(canvas.width, canvas.height, now);
    }
    if (!berth && !this.hasMoved(canvas)) {
      return;
    }
    const style = berth ? berth.style : styleOf(canvas);
    if (style !== this.style) {
      this.style = style;
      module.put(style || "{}");
      module.exports.canvas_style(now);
    }
  }

  /** The canvas got this size from the module. */
  resized(canvas: Foreign): void {
    this.width = canvas.width;
    this.height = canvas.height;
  }

  /** True where a side of the canvas's style is another than when this was asked before. */
  private hasMoved(canvas: Foreign): boolean {
    const style = canvas.style;
    // A browser has all of it in one text, which it gives in a fraction of the time of the sides one by one.
    const all = style ? style.cssText : undefined;
    if (typeof all === "string") {
      if (all === this.all) {
        return false;
      }
      this.all = all;
    }
    let moved = false;
    for (let index = 0; index < SIDES.length; index += 1) {
      const value = style ? style[SIDES[index] as string] : undefined;
      if (value !== this.sides[index]) {
        this.sides[index] = value;
        moved = true;
      }
    }
    return moved;
  }
}

/** The JSON of a canvas's style, where it has one. */
function styleOf(canvas: Foreign): string {
  const style: { [name: string]: unknown } = {};
  let found = false;
  for (const name of SIDES) {
    const value = canvas.style && canvas.style[name];
    if (value !== undefined && value !== null && value !== "") {
      style[name] = value;
      found = true;
    }
  }
  return found ? JSON.stringify(style) : "";
}
