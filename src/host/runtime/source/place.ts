// Where the canvas stands on the screen, where the open data domain says so.

import { Foreign } from "./host";
import { CanvasPlace } from "./options";

const SIDES = ["left", "top", "width", "height"] as const;

/** No side of a canvas has more px: a phone's screen has fewer. */
const SIDE_MOST = 4096;

/** Below every screen: a canvas over a game takes its touches also where nothing is drawn on it. */
const AWAY = "200vh";

/** The place of a canvas that the open data domain places itself. */
export class Berth {
  private readonly sides: { [side: string]: string } = {};
  private away = true;
  /** JSON of the place that it has while a board is shown. */
  style = "{}";

  /** Gives the canvas a place and its px; without px, as many as the place has on this screen. */
  place(canvas: Foreign, wanted: CanvasPlace, window: { width: number; height: number; ratio: number }): void {
    const style = wanted.style || {};
    for (const side of SIDES) {
      const length = style[side];
      if (length !== undefined) {
        this.sides[side] = typeof length === "number" ? `${length}px` : String(length);
      }
    }
    this.style = JSON.stringify(this.sides);
    this.apply(canvas);
    const across = wanted.width || pixels(style.width, window, window.width) * window.ratio;
    const down = wanted.height || pixels(style.height, window, window.height) * window.ratio;
    // Setting a size clears the canvas, so one that it has already is left alone.
    for (const [side, size] of [["width", across], ["height", down]] as const) {
      const whole = Math.min(SIDE_MOST, Math.round(size));
      if (whole > 0 && canvas[side] !== whole) {
        canvas[side] = whole;
      }
    }
  }

  /** The canvas is at its place while a board is shown, and off the screen while none is. */
  moor(canvas: Foreign, shown: boolean): void {
    if (shown === this.away) {
      this.away = !shown;
      this.apply(canvas);
    }
  }

  private apply(canvas: Foreign): void {
    if (canvas.style) {
      Object.assign(canvas.style, this.sides, this.away ? { top: AWAY } : {});
    }
  }
}

/** A length of a style in logical px; 0 where it is none. */
function pixels(length: unknown, window: { width: number; height: number }, extent: number): number {
  const found = /^\s*([\d.]+)\s*(vw|vh|%|px|)\s*$/.exec(String(length));
  if (!found) {
    return 0;
  }
  const of: { [unit: string]: number } = { vw: window.width / 100, vh: window.height / 100, "%": extent / 100 };
  return Number(found[1]) * (of[found[2] as string] || 1);
}
