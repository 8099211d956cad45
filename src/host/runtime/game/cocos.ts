// Cocos Creator 3: a node with a SubContextView component draws the shared canvas, and tells the open data domain where it is.
import { Box, FriendBoard, Foreign, Settings, boxOf } from "./board";

declare const friendboardSettings: Settings;
declare const cc: Foreign;

class CocosBoard extends FriendBoard {
  protected override readonly placesCanvas = false;
  private node: Foreign;

  /**
   * Shows the board on a node that has a SubContextView (its size in the editor is that of the canvas). `engine` is the
   * module "cc", where there is no global of that name.
   */
  openOn(node: Foreign, message?: object, engine?: Foreign): void {
    this.node = node;
    node.active = true;
    this.box = boxOn(node, engine || cc);
    this.open(message);
    // The component counts from the bottom up; touches count from the top down.
    this.post({ type: "updateViewPort", box: boxOf(this.box) });
  }

  override close(): void {
    super.close();
    if (this.node) {
      this.node.active = false;
    }
  }

  /** The component gives the canvas its size; this says where it is, for touches. */
  override place(box: Box): void {
    super.place(box);
    if (this.shown) {
      this.post({ type: "updateViewPort", box: boxOf(box) });
    }
  }
}

/** Where a node is on the screen, logical px. */
function boxOn(node: Foreign, engine: Foreign): Box {
  const transform = node.getComponent(engine.UITransform || "cc.UITransform");
  const world = transform.getBoundingBoxToWorld();
  const view = engine.view;
  const port = view.getViewportRect();
  const visible = view.getVisibleSize();
  const ratio = (engine.screen && engine.screen.devicePixelRatio) || view.getDevicePixelRatio();
  // The canvas is shown whole within the node, at its middle.
  const size = node.getComponent(engine.SubContextView || "cc.SubContextView").designResolutionSize;
  const scale = Math.min(world.width / size.width, world.height / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const left = world.x + (world.width - width) / 2;
  const bottom = world.y + (world.height - height) / 2;
  return {
    left: ((left / visible.width) * port.width + port.x) / ratio,
    top: (((visible.height - bottom - height) / visible.height) * port.height + port.y) / ratio,
    width: ((width / visible.width) * port.width) / ratio,
    height: ((height / visible.height) * port.height) / ratio,
  };
}

export const board = new CocosBoard(friendboardSettings);
