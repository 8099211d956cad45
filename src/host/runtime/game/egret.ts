// Egret: `platform.openDataContext.createDisplayObject` of the engine's template makes a bitmap of the shared canvas.
import { Box, FriendBoard, Foreign, Settings } from "./board";

declare const friendboardSettings: Settings;
declare const platform: Foreign;

class EgretBoard extends FriendBoard {
  protected override readonly placesCanvas = false;
  private bitmap: Foreign;

  /** Shows the board on a display object; `box` is in units of the stage, which fills the screen. */
  openOn(parent: Foreign, box?: Box, message?: object): void {
    const { stageWidth, stageHeight } = parent.stage;
    const window = this.window();
    const [across, down] = [stageWidth / window.width, stageHeight / window.height];
    if (box) {
      this.box = { left: box.left / across, top: box.top / down, width: box.width / across, height: box.height / down };
    }
    this.open(message);
    const { left, top, width, height } = this.box;
    this.remove();
    this.bitmap = platform.openDataContext.createDisplayObject(null, width * across, height * down);
    this.bitmap.x = left * across;
    this.bitmap.y = top * down;
    parent.addChild(this.bitmap);
  }

  override close(): void {
    super.close();
    this.remove();
  }

  private remove(): void {
    if (this.bitmap && this.bitmap.parent) {
      this.bitmap.parent.removeChild(this.bitmap);
    }
    this.bitmap = undefined;
  }
}

export const board = new EgretBoard(friendboardSettings);
