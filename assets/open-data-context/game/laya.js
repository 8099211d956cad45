// friendboard: the open data context's side of a board. MIT OR Apache-2.0. Made from src/host/runtime; change it there.
"use strict";
var friendboardGame = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // game/laya.ts
  var laya_exports = {};
  __export(laya_exports, {
    board: () => board
  });

  // game/board.ts
  var SHOW = { type: "showFriendList" };
  var RATIO_MOST = 3;
  var FriendBoard = class {
    constructor(settings) {
      this.settings = settings;
      /** True between `open` and `close`. */
      this.shown = false;
      /** False where an engine gives the canvas its size and place, and draws it. */
      this.placesCanvas = true;
      this.api = apiOf(settings.platform);
      const { width, height } = this.window();
      this.box = { left: width * 0.05, top: height * 0.15, width: width * 0.9, height: height * 0.7 };
    }
    /** Shows the board: with a message of the game's own where one is given, in another box where one is. */
    open(message, box) {
      this.place(box || this.box);
      this.shown = true;
      this.post(Object.assign({}, message || SHOW, this.onPage()));
    }
    /** Hides the board: its canvas is transparent, and off the screen where it would take touches. */
    close() {
      this.shown = false;
      this.post({ type: "hide" });
      const canvas = this.canvas;
      if (this.placesCanvas && canvas && canvas.style) {
        Object.assign(canvas.style, { width: "1px", height: "1px", left: "-10px", top: "-10px" });
      }
    }
    /** Moves and resizes the board, also while it is shown. */
    place(box) {
      this.box = box;
      if (!this.placesCanvas) {
        return;
      }
      const canvas = this.canvas;
      if (canvas) {
        const ratio = Math.min(this.window().ratio, RATIO_MOST);
        resize(canvas, Math.round(box.width * ratio), Math.round(box.height * ratio));
        if (canvas.style) {
          Object.assign(canvas.style, this.style());
        }
      }
      if (this.shown) {
        this.post(Object.assign({ type: "updateViewPort", box: boxOf(box) }, this.onPage()));
      }
    }
    /** Stores the player's new score, where it is better than the one before, and shows it. */
    postScore(score) {
      this.post({ type: "setUserRecord", key: this.settings.key, score });
    }
    /** Any message; `index.js` says what else is understood. */
    post(message) {
      this.openDataContext().postMessage(message);
    }
    /** The shared canvas, where the main domain has it: a texture for engines that draw it themselves. */
    get canvas() {
      return this.openDataContext().canvas;
    }
    /**
     * Draws the board onto the game's own canvas, in every frame, where the platform does not do so by itself (Douyin, and
     * WeChat before base library 3.6.6). Elsewhere it does nothing.
     */
    draw(context) {
      const canvas = this.canvas;
      if (this.shown && canvas && !canvas.style) {
        const scale = context.canvas.width / this.window().width;
        const { left, top, width, height } = this.box;
        context.drawImage(canvas, left * scale, top * scale, width * scale, height * scale);
      }
    }
    /** The window: logical px, and device px per logical px. */
    window() {
      for (const name of ["getWindowInfo", "getSystemInfoSync"]) {
        try {
          const info = this.api[name]();
          const width = info.windowWidth || info.screenWidth;
          const height = info.windowHeight || info.screenHeight;
          if (width > 0 && height > 0) {
            return { width, height, ratio: info.pixelRatio || info.devicePixelRatio || 1 };
          }
        } catch (error) {
        }
      }
      return { width: 375, height: 667, ratio: 2 };
    }
    openDataContext() {
      const onScreen = this.settings.platform === "wechat" && this.placesCanvas;
      this.context = this.context || (onScreen ? this.api.getOpenDataContext({ sharedCanvasMode: "screenCanvas" }) : this.api.getOpenDataContext());
      return this.context;
    }
    /** True where the canvas lies over the game, and only the open data domain can move it. */
    isOverlay() {
      return this.placesCanvas && this.settings.platform === "tiktok" && !this.canvas;
    }
    /** What a message has besides, where the open data domain places the canvas. */
    onPage() {
      return this.isOverlay() ? { canvas: { style: this.style() } } : {};
    }
    style() {
      const px = (value) => `${value}px`;
      const { left, top, width, height } = this.box;
      return { left: px(left), top: px(top), width: px(width), height: px(height) };
    }
  };
  function boxOf(box) {
    return { x: box.left, y: box.top, width: box.width, height: box.height };
  }
  function resize(canvas, width, height) {
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
  }
  function apiOf(platform) {
    const found = {
      tiktok: typeof TTMinis !== "undefined" ? TTMinis.game || TTMinis : typeof tt !== "undefined" ? tt : void 0,
      douyin: typeof tt !== "undefined" ? tt : void 0,
      wechat: typeof wx !== "undefined" ? wx : void 0
    };
    if (!found[platform]) {
      throw new Error(`friendboard: the global of ${platform} is not here; \`friendboard init --platform\` says which it is`);
    }
    return found[platform];
  }

  // game/laya.ts
  var LayaBoard = class extends FriendBoard {
    constructor() {
      super(...arguments);
      this.placesCanvas = false;
    }
    /** Shows the board in a view of the engine's; with `parent`, the view is put onto it. */
    openOn(view, parent, message) {
      this.view = view;
      if (parent) {
        parent.addChild(view);
      }
      view.visible = true;
      this.open(message);
    }
    close() {
      super.close();
      if (this.view) {
        this.view.removeSelf();
      }
    }
  };
  var board = new LayaBoard(friendboardSettings);
  return __toCommonJS(laya_exports);
})();
if (typeof module === "object" && module.exports) {
  module.exports = friendboardGame;
}
