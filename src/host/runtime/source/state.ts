// What a replay carries along: states, and what is open.

import { Foreign, Rect } from "./host";

export type Matrix = [number, number, number, number, number, number];

export interface Shadow {
  color: string;
  blur: number;
  x: number;
  y: number;
  only: boolean;
}

/** What a save keeps beside what the context keeps. */
export interface State {
  transform: Matrix;
  shadow: Shadow | undefined;
  alpha: number;
  /** What the context is known to have, so that it is not told the same again and again. */
  font: string | undefined;
  fill: Foreign;
  rightToLeft: boolean | undefined;
}

/** A clip where the context has none: what is drawn goes to a layer, of which only what is inside of the path stays. */
export interface Mask {
  start: number;
  end: number;
  evenOdd: boolean;
  transform: Matrix;
}

/** A layer that is open. */
export interface Layer {
  context: Foreign;
  canvas: Foreign;
  alpha: number;
  composite: string;
  blur: number;
  /** What of it stays, where it stands in for a clip: until the save that is open ends. */
  mask?: Mask;
  /** The states of what it is drawn onto. */
  outer: { state: State; saved: State[]; area: Rect };
}

export function stateOf(): State {
  return { transform: [1, 0, 0, 1, 0, 0], shadow: undefined, alpha: 1, font: undefined, fill: undefined, rightToLeft: undefined };
}

export function copyOf(state: State): State {
  const { transform, shadow, alpha, font, fill, rightToLeft } = state;
  return { transform, shadow, alpha, font, fill, rightToLeft };
}

/** An area and what is around it, as far as there is a canvas. */
export function grown({ left, top, width, height }: Rect, by: number, size: { width: number; height: number }): Rect {
  const [x, y] = [Math.max(0, left - by), Math.max(0, top - by)];
  return { left: x, top: y, width: Math.min(size.width, left + width + by) - x, height: Math.min(size.height, top + height + by) - y };
}

/** What goes through the second, then through the first. */
export function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
