// Paths as the module writes them: see `words.rs`.

import { Foreign, Rect } from "./host";

/** Puts a path among the words, from `start` to `end`, onto a context. */
export function trace(context: Foreign, words: Uint32Array, n: Float32Array, start: number, end: number): void {
  context.beginPath();
  for (let at = start; at < end; ) {
    switch (words[at]) {
      case 0:
        context.moveTo(n[at + 1], n[at + 2]);
        at += 3;
        break;
      case 1:
        context.lineTo(n[at + 1], n[at + 2]);
        at += 3;
        break;
      case 2:
        context.quadraticCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4]);
        at += 5;
        break;
      case 3:
        context.bezierCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5], n[at + 6]);
        at += 7;
        break;
      case 4:
        context.closePath();
        at += 1;
        break;
      default:
        context.rect(n[at + 1], n[at + 2], n[at + 3], n[at + 4]);
        at += 5;
    }
  }
}

/** What a path's points lie in. */
export function boundsOf(words: Uint32Array, numbers: Float32Array, start: number, end: number): Rect | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const see = (x: number, y: number) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  const points = [1, 1, 2, 3, 0];
  for (let at = start; at < end; ) {
    const kind = words[at] as number;
    const n = (offset: number): number => numbers[at + offset] as number;
    if (kind === 5) {
      see(n(1), n(2));
      see(n(1) + n(3), n(2) + n(4));
      at += 5;
      continue;
    }
    const count = points[kind] || 0;
    for (let point = 0; point < count; point += 1) {
      see(n(1 + point * 2), n(2 + point * 2));
    }
    at += 1 + count * 2;
  }
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}
