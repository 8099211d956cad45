// A blur where the context has no filters.

import { Foreign, Rect } from "./host";

/**
 * Blurs a canvas in place, where the context has no filters: along the rows, then along the columns, the sum of the canvas
 * moved and weighed. Weights are whole 255ths, and the middle one takes what they lack, so that nothing fades.
 */
export function blurred(
  canvas: Foreign,
  spare: { canvas: Foreign; context: Foreign },
  deviation: number,
  { left, top, width, height }: Rect,
): void {
  const step = Math.max(1, Math.round(deviation / 2));
  const count = Math.ceil((2.5 * deviation) / step);
  const weights: number[] = [];
  for (let index = 0; index <= count; index += 1) {
    weights.push(Math.exp(-((index * step) ** 2) / (2 * deviation * deviation)));
  }
  const sum = weights.reduce((all, weight, index) => all + (index ? 2 : 1) * weight, 0);
  const bytes = weights.map((weight) => Math.round((weight / sum) * 255));
  bytes[0] = 255 - 2 * bytes.slice(1).reduce((all, weight) => all + weight, 0);
  const pass = (from: Foreign, to: Foreign, across: number, down: number) => {
    to.save();
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.globalAlpha = 1;
    to.globalCompositeOperation = "source-over";
    to.clearRect(left, top, width, height);
    to.globalCompositeOperation = "lighter";
    for (let index = -count; index <= count; index += 1) {
      to.globalAlpha = (bytes[Math.abs(index)] as number) / 255;
      const [x, y] = [left + index * step * across, top + index * step * down];
      to.drawImage(from, left, top, width, height, x, y, width, height);
    }
    to.restore();
  };
  pass(canvas, spare.context, 1, 0);
  pass(spare.canvas, canvas.getContext("2d"), 0, 1);
}
