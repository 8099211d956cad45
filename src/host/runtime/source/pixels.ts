// The pixels painter: what the module rasterized goes to the canvas by putImageData, only where it has changed.

import { Foreign, Host, Loaded, Rect } from "./host";
import { Module } from "./module";
import { Painter } from "./painter";

declare const ImageData: Foreign;

/** Longest side of a picture whose pixels are read: an avatar is drawn far smaller. */
const LONGEST_SIDE = 1024;

export class PixelsPainter implements Painter {
  readonly name = "pixels";
  /** The whole canvas as ImageData over the module's memory. */
  private shown: Foreign;
  private buffer: unknown;
  private at = -1;
  private work: Foreign;

  constructor(
    private readonly host: Host,
    private readonly context: Foreign,
  ) {}

  /** Shows what the last frame touched. */
  paint(module: Module, size: { width: number; height: number }, damage: Rect): void {
    if (damage.width <= 0 || damage.height <= 0) {
      return;
    }
    const at = module.exports.pixels() >>> 0;
    if (typeof ImageData === "function") {
      const buffer = module.view().buffer;
      if (!this.shown || this.buffer !== buffer || this.at !== at || this.shown.width !== size.width || this.shown.height !== size.height) {
        this.shown = new ImageData(new Uint8ClampedArray(buffer as ArrayBuffer, at, size.width * size.height * 4), size.width, size.height);
        this.buffer = buffer;
        this.at = at;
      }
      this.context.putImageData(this.shown, 0, 0, damage.left, damage.top, damage.width, damage.height);
      return;
    }
    if (!this.shown || this.shown.width !== damage.width || this.shown.height !== damage.height) {
      this.shown = this.context.createImageData(damage.width, damage.height);
    }
    const view = module.view();
    for (let row = 0; row < damage.height; row += 1) {
      const start = at + ((damage.top + row) * size.width + damage.left) * 4;
      this.shown.data.set(view.subarray(start, start + damage.width * 4), row * damage.width * 4);
    }
    this.context.putImageData(this.shown, damage.left, damage.top);
  }

  /** The straight RGBA8 pixels of a picture; throws where the platform keeps them. */
  take(_src: string, picture: Loaded): { width: number; height: number; pixels: ArrayLike<number> } {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    this.work = this.work || this.host.workCanvas(width, height);
    if (!this.work) {
      throw new Error(`${this.host.name} has no canvas to read a picture from`);
    }
    // Another size clears it, and so does the same.
    this.work.width = width;
    this.work.height = height;
    const context = this.work.getContext("2d");
    context.drawImage(picture.image, 0, 0, width, height);
    return { width, height, pixels: context.getImageData(0, 0, width, height).data };
  }
}
