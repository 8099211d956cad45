// LayaAir: a WXOpenDataViewer (2) or OpenDataContextView (3) draws the shared canvas, and tells the open data domain where it
// is, when it is shown (`display`) and when it is not (`undisplay`).
import { FriendBoard, Foreign, Settings } from "./board";

declare const friendboardSettings: Settings;

class LayaBoard extends FriendBoard {
  protected override readonly placesCanvas = false;
  private view: Foreign;

  /** Shows the board in a view of the engine's; with `parent`, the view is put onto it. */
  openOn(view: Foreign, parent?: Foreign, message?: object): void {
    this.view = view;
    if (parent) {
      parent.addChild(view);
    }
    view.visible = true;
    this.open(message);
  }

  override close(): void {
    super.close();
    if (this.view) {
      this.view.removeSelf();
    }
  }
}

export const board = new LayaBoard(friendboardSettings);
