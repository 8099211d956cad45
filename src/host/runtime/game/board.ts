// The main domain's side: it opens and closes the board, says where it stands on the screen, and posts scores. What is in the
// open data domain can't be asked anything; messages go one way.

/** Something of the platform's or the engine's, of which nothing is known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Foreign = any;

declare const TTMinis: Foreign;
declare const tt: Foreign;
declare const wx: Foreign;

/** A box on the screen, logical px. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What `friendboard init` wrote above this. */
export interface Settings {
  platform: "tiktok" | "wechat" | "douyin";
  /** The key that a posted score is stored under. */
  key: string;
}

/** The word with which the board is shown; another object with a word of the game's own does as well. */
const SHOW = { type: "showFriendList" };

/** How many px a px of the screen has at most: more is memory that nobody sees. */
const RATIO_MOST = 3;

export class FriendBoard {
  /** The box that the board covers. */
  box: Box;
  /** True between `open` and `close`. */
  shown = false;
  /** False where an engine gives the canvas its size and place, and draws it. */
  protected readonly placesCanvas: boolean = true;
  protected readonly api: Foreign;
  private context: Foreign;

  constructor(protected readonly settings: Settings) {
    this.api = apiOf(settings.platform);
    const { width, height } = this.window();
    this.box = { left: width * 0.05, top: height * 0.15, width: width * 0.9, height: height * 0.7 };
  }

  /** Shows the board: with a message of the game's own where one is given, in another box where one is. */
  open(message?: object, box?: Box): void {
    this.place(box || this.box);
    this.shown = true;
    this.post(Object.assign({}, message || SHOW, this.onPage()));
  }

  /** Hides the board: its canvas is transparent, and off the screen where it would take touches. */
  close(): void {
    this.shown = false;
    this.post({ type: "hide" });
    const canvas = this.canvas;
    if (this.placesCanvas && canvas && canvas.style) {
      Object.assign(canvas.style, { width: "1px", height: "1px", left: "-10px", top: "-10px" });
    }
  }

  /** Moves and resizes the board, also while it is shown. */
  place(box: Box): void {
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
  postScore(score: number): void {
    this.post({ type: "setUserRecord", key: this.settings.key, score });
  }

  /** Any message; `index.js` says what else is understood. */
  post(message: object): void {
    this.openDataContext().postMessage(message);
  }

  /** The shared canvas, where the main domain has it: a texture for engines that draw it themselves. */
  get canvas(): Foreign {
    return this.openDataContext().canvas;
  }

  /**
   * Draws the board onto the game's own canvas, in every frame, where the platform does not do so by itself (Douyin, and
   * WeChat before base library 3.6.6). Elsewhere it does nothing.
   */
  draw(context: Foreign): void {
    const canvas = this.canvas;
    if (this.shown && canvas && !canvas.style) {
      const scale = context.canvas.width / this.window().width;
      const { left, top, width, height } = this.box;
      context.drawImage(canvas, left * scale, top * scale, width * scale, height * scale);
    }
  }

  /** The window: logical px, and device px per logical px. */
  window(): { width: number; height: number; ratio: number } {
    for (const name of ["getWindowInfo", "getSystemInfoSync"]) {
      try {
        const info = this.api[name]();
        const width = info.windowWidth || info.screenWidth;
        const height = info.windowHeight || info.screenHeight;
        if (width > 0 && height > 0) {
          return { width, height, ratio: info.pixelRatio || info.devicePixelRatio || 1 };
        }
      } catch (error) {
        // The next one, or what most phones have.
      }
    }
    return { width: 375, height: 667, ratio: 2 };
  }

  private openDataContext(): Foreign {
    // A canvas that stands on the screen by itself is none that an engine can draw.
    const onScreen = this.settings.platform === "wechat" && this.placesCanvas;
    this.context =
      this.context || (onScreen ? this.api.getOpenDataContext({ sharedCanvasMode: "screenCanvas" }) : this.api.getOpenDataContext());
    return this.context;
  }

  /** True where the canvas lies over the game, and only the open data domain can move it. */
  private isOverlay(): boolean {
    return this.placesCanvas && this.settings.platform === "tiktok" && !this.canvas;
  }

  /** What a message has besides, where the open data domain places the canvas. */
  private onPage(): object {
    return this.isOverlay() ? { canvas: { style: this.style() } } : {};
  }

  private style(): object {
    const px = (value: number) => `${value}px`;
    const { left, top, width, height } = this.box;
    return { left: px(left), top: px(top), width: px(width), height: px(height) };
  }
}

/** The same box as messages have it. */
export function boxOf(box: Box): object {
  return { x: box.left, y: box.top, width: box.width, height: box.height };
}

function resize(canvas: Foreign, width: number, height: number): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}

function apiOf(platform: string): Foreign {
  const found: { [name: string]: Foreign } = {
    tiktok: typeof TTMinis !== "undefined" ? TTMinis.game || TTMinis : typeof tt !== "undefined" ? tt : undefined,
    douyin: typeof tt !== "undefined" ? tt : undefined,
    wechat: typeof wx !== "undefined" ? wx : undefined,
  };
  if (!found[platform]) {
    throw new Error(`friendboard: the global of ${platform} is not here; \`friendboard init --platform\` says which it is`);
  }
  return found[platform];
}
