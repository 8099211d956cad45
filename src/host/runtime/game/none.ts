// Without an engine, or with one that draws the canvas as a texture itself (`canvas`, `box`).
import { FriendBoard, Settings } from "./board";

declare const friendboardSettings: Settings;

export const board = new FriendBoard(friendboardSettings);
