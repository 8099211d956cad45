// Pictures that the host draws itself.

import { Foreign, Loaded } from "./host";

/** Pictures that are kept at most. */
const PICTURES_MAX = 512;

/** Pictures by their address; those that came first go first. */
export class Pictures {
  private readonly pictures: { [src: string]: Loaded } = {};
  private readonly names: string[] = [];

  get(src: string): Loaded | undefined {
    return this.pictures[src];
  }

  /** Keeps a picture, and gives its size. */
  keep(src: string, picture: Loaded): { width: number; height: number } {
    if (!this.pictures[src]) {
      this.names.push(src);
      if (this.names.length > PICTURES_MAX) {
        delete this.pictures[this.names.shift() as string];
      }
    }
    this.pictures[src] = picture;
    return { width: Math.round(picture.width), height: Math.round(picture.height) };
  }
}

/** Draws a part of a picture; what of the part is beyond the picture is left out, as some contexts refuse it. */
export function drawPicture(
  context: Foreign,
  picture: Loaded,
  [x, y, width, height]: readonly [number, number, number, number],
  [left, top, across, down]: readonly [number, number, number, number],
  smooth: boolean,
): void {
  const x0 = Math.max(0, x);
  const y0 = Math.max(0, y);
  const x1 = Math.min(picture.width, x + width);
  const y1 = Math.min(picture.height, y + height);
  if (!(x1 > x0) || !(y1 > y0) || !(across > 0) || !(down > 0)) {
    return;
  }
  const [sx, sy] = [across / width, down / height];
  if (context.imageSmoothingEnabled === smooth || context.imageSmoothingEnabled === undefined) {
    // As it is.
  } else {
    context.imageSmoothingEnabled = smooth;
  }
  if (smooth && "imageSmoothingQuality" in context) {
    context.imageSmoothingQuality = "high";
  }
  context.drawImage(picture.image, x0, y0, x1 - x0, y1 - y0, left + (x0 - x) * sx, top + (y0 - y) * sy, (x1 - x0) * sx, (y1 - y0) * sy);
}
