// The canvas2d painter: the host draws all of a frame, and measures its text.

import { Loaded, Rect } from "./host";
import { Module } from "./module";
import { Painter } from "./painter";
import { Pictures } from "./pictures";
import { Replay } from "./replay";

export class Canvas2dPainter implements Painter {
  readonly name = "canvas2d";

  constructor(
    private readonly replay: Replay,
    private readonly pictures: Pictures,
  ) {}

  take(src: string, picture: Loaded): { width: number; height: number } {
    return this.pictures.keep(src, picture);
  }

  paint(module: Module, size: { width: number; height: number }, damage: Rect): void {
    this.replay.learn(module);
    if (damage.width > 0 && damage.height > 0) {
      this.replay.draw(module, size, damage);
    }
  }
}
