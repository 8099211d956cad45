// The pixels painter: what the module rasterized goes to the canvas by putImageData, only where it has changed. Where the host has
// something to draw, pictures that it does not give back and letters that our fonts lack, that goes between two pieces of ours.

import { Foreign, Host, Loaded, Rect, messageOf } from "./host";
import { Module } from "./module";
import { Painter } from "./painter";
import { Pictures } from "./pictures";
import { Replay } from "./replay";

declare const ImageData: Foreign;

/** Longest side of a picture whose pixels are read: an avatar is drawn far smaller. */
const LONGEST_SIDE = 1024;

export class PixelsPainter implements Painter {
  readonly name = "pixels";
  /** The whole canvas as ImageData over the module's memory; without a constructor for it, as large as was put last. */
  private shown: Foreign;
  private buffer: unknown;
  private at = -1;
  /** Pictures are read from it. */
  private work: Foreign;
  /** Pieces come through it: what is put has no regard for what is below. */
  private between: { canvas: Foreign; context: Foreign } | undefined;
  private readonly piece: Rect = { left: 0, top: 0, width: 0, height: 0 };

  /** With `pictures`, the host draws those of which it gives no pixels. */
  constructor(
    private readonly host: Host,
    private readonly context: Foreign,
    private readonly replay: Replay,
    private readonly pictures: Pictures | undefined,
    private readonly canRead: boolean,
  ) {}

  /** Shows what the last frame touched. */
  paint(module: Module, size: { width: number; height: number }, damage: Rect): void {
    if (damage.width <= 0 || damage.height <= 0) {
      return;
    }
    if (module.exports.operations_length() === 0) {
      this.put(this.context, module, size, damage);
      return;
    }
    this.replay.learn(module);
    this.replay.drawApart(module, size, damage, (number, context) => this.bring(number, context, module, size));
  }

  /** Brings pixels of the module's canvas onto another, in the place of what is there. */
  private put(context: Foreign, module: Module, size: { width: number; height: number }, area: Rect): void {
    const at = module.exports.pixels() >>> 0;
    if (typeof ImageData === "function") {
      const buffer = module.view().buffer;
      if (!this.shown || this.buffer !== buffer || this.at !== at || this.shown.width !== size.width || this.shown.height !== size.height) {
        this.shown = new ImageData(new Uint8ClampedArray(buffer as ArrayBuffer, at, size.width * size.height * 4), size.width, size.height);
        this.buffer = buffer;
        this.at = at;
      }
      context.putImageData(this.shown, 0, 0, area.left, area.top, area.width, area.height);
      return;
    }
    if (!this.shown || this.shown.width !== area.width || this.shown.height !== area.height) {
      this.shown = this.context.createImageData(area.width, area.height);
    }
    const view = module.view();
    for (let row = 0; row < area.height; row += 1) {
      const start = at + ((area.top + row) * size.width + area.left) * 4;
      this.shown.data.set(view.subarray(start, start + area.width * 4), row * area.width * 4);
    }
    context.putImageData(this.shown, area.left, area.top);
  }

  /** Draws a piece of the frame over what a context has. */
  private bring(number: number, context: Foreign, module: Module, size: { width: number; height: number }): void {
    module.exports.piece(number);
    const area = this.piece;
    area.left = module.exports.extent(6);
    area.top = module.exports.extent(7);
    area.width = module.exports.extent(8);
    area.height = module.exports.extent(9);
    if (area.width <= 0 || area.height <= 0) {
      return;
    }
    if (!this.between) {
      const canvas = this.host.workCanvas(size.width, size.height);
      this.between = { canvas, context: canvas.getContext("2d") };
    }
    const { canvas } = this.between;
    if (canvas.width !== size.width || canvas.height !== size.height) {
      canvas.width = size.width;
      canvas.height = size.height;
    }
    this.put(this.between.context, module, size, area);
    context.drawImage(canvas, area.left, area.top, area.width, area.height, area.left, area.top, area.width, area.height);
  }

  /** The straight RGBA8 pixels of a picture, or none where the host draws it; throws where nobody can. */
  take(src: string, picture: Loaded): { width: number; height: number; pixels?: ArrayLike<number> } {
    if (!this.canRead && this.pictures) {
      return this.pictures.keep(src, picture);
    }
    try {
      return this.read(picture);
    } catch (error) {
      // What was drawn onto it may have closed it for good.
      this.work = undefined;
      if (this.pictures) {
        return this.pictures.keep(src, picture);
      }
      throw new Error(`its pixels can't be read: ${messageOf(error)}`);
    }
  }

  private read(picture: Loaded): { width: number; height: number; pixels: ArrayLike<number> } {
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
