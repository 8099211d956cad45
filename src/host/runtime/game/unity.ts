// Unity's WebGL SDK: `WX.ShowOpenData` gives the canvas its size and place, and draws it as a texture. What the game itself
// calls is in FriendBoard.cs; this is for what is written in JavaScript beside it.
import { FriendBoard, Settings } from "./board";

declare const friendboardSettings: Settings;

class UnityBoard extends FriendBoard {
  protected override readonly placesCanvas = false;
}

export const board = new UnityBoard(friendboardSettings);
