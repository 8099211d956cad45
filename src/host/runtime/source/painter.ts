// What a painter is: it brings what the module made onto the shared canvas, and knows how pictures come to the module.

import { Foreign, Host, Loaded, Rect, messageOf } from "./host";
import { Module } from "./module";

declare const ImageData: Foreign;

export interface Painter {
  readonly name: "pixels" | "canvas2d";
  /** Shows what the last frame touched. */
  paint(module: Module, size: { width: number; height: number }, damage: Rect): void;
  /** Takes a picture for the module: straight RGBA8, or none where the host draws it; throws where it can't. */
  take(src: string, picture: Loaded): { width: number; height: number; pixels?: ArrayLike<number> };
}

/** What the canvas of a platform can do with pixels. */
export interface Abilities {
  put: boolean;
  read: boolean;
  /** Pixels can come onto a canvas over others, so that the host may draw between them. */
  layer: boolean;
  why: string;
}

/** Tries on a canvas of 2×2 what the platform gives. */
export function tryPixels(host: Host, shared: Foreign): Abilities {
  const cannot = (why: string) => ({ put: false, read: false, layer: false, why });
  if (typeof shared.putImageData !== "function") {
    return cannot("the canvas has no putImageData");
  }
  if (typeof shared.createImageData !== "function" && typeof ImageData !== "function") {
    return cannot("the canvas can't make ImageData");
  }
  const canvas = host.workCanvas(2, 2);
  const context = canvas && canvas.getContext("2d");
  if (!context) {
    return { put: true, read: false, layer: false, why: "there is no second canvas to read pictures from" };
  }
  const layer = typeof context.putImageData === "function" && typeof shared.drawImage === "function";
  if (typeof context.getImageData !== "function") {
    return { put: true, read: false, layer, why: "the canvas has no getImageData" };
  }
  try {
    const image = typeof context.createImageData === "function" ? context.createImageData(2, 2) : new ImageData(2, 2);
    image.data[0] = image.data[3] = 255;
    context.putImageData(image, 0, 0);
    const read = context.getImageData(0, 0, 2, 2).data;
    return read[0] === 255 && read[3] === 255 && read[4] === 0
      ? { put: true, read: true, layer, why: "the canvas takes pixels and gives them back" }
      : cannot("the canvas gives other pixels back than it was given");
  } catch (error) {
    return cannot(`the canvas can't take pixels: ${messageOf(error)}`);
  }
}

/** Why a painter draws, and what it does in another way than it would elsewhere. */
export function whyOf(
  name: Painter["name"],
  isAsked: boolean,
  hasBoth: boolean,
  can: Abilities,
  hasClip: boolean,
  note: string,
): string {
  const reasons = [isAsked ? "it is asked for" : hasBoth ? can.why : "the package has no other"];
  if (!isAsked && !hasBoth && !(can.put && can.read)) {
    reasons.push(can.why);
  }
  if (name === "pixels" && !can.read) {
    reasons.push(`pictures can't be read, so ${can.layer ? "the canvas draws them itself, between what is under and over them" : "what stands in for them is drawn"}`);
  }
  if (name === "canvas2d" && !hasClip) {
    reasons.push("the canvas has no clip, so what is round is cut out on a canvas of its own");
  }
  if (note) {
    reasons.push(note);
  }
  return reasons.join("; ");
}
