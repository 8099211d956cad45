// What a game says to `friendboard.start`. This file is `friendboard.d.ts` too, so everything in it is documented.

/** A value as JSON has it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What invitations say. */
export interface ShareText {
  title?: string;
  subtitle?: string;
  imageUrl?: string;
  /** TikTok: 1 title, subtitle and picture; 2 interactive. */
  templateType?: 1 | 2 | string;
  /** Douyin: the template that passed the platform's review. */
  templateId?: string;
  /** Douyin: a JSON text for the game that the message opens. */
  query?: string;
}

/** A line of the session's log: what `friendboard play` writes to `events.ndjson`. */
export interface LogLine {
  /** Milliseconds since the start. */
  at: number;
  /** `state`, `tap`, `scroll`, `page`, `dropped`, `painter`. */
  event?: string;
  /** A call of the platform, or `createImage`, `loadBitmapFont`; with `log`, frames and timers too. */
  effect?: string;
  /** What is wrong, in words. */
  diagnostic?: string;
  [member: string]: unknown;
}

/** What is wrong. */
export interface Fault {
  /** Milliseconds since the start. */
  at: number;
  /** What it is, in words. */
  message: string;
  /** `error`: nothing is drawn until the next message; `warning`: it goes on. */
  severity: "error" | "warning";
  /** What kind, such as `missing-picture`. */
  code: string;
  [member: string]: unknown;
}

/** A module: its path in the package, its bytes, or compiled. */
export type ModuleSource = string | ArrayBuffer | Uint8Array | object;

/** What the canvas is to be like: its own px, and where it stands on the screen (`vw`, `vh`, `px`, `%`). */
export interface CanvasPlace {
  /** Its own px; without them, as many as the place has on this screen. */
  width?: number;
  height?: number;
  style?: { left?: string | number; top?: string | number; width?: string | number; height?: string | number };
}

/** Options of `friendboard.start`. */
export interface Options {
  /** A built-in board: `leaderboard`, `friend-list`, `neighbours`, `surpass`, `podium`, `group`. */
  board?: string;
  /** A template of the game's own (XML), in place of `board`. */
  template?: string;
  /** Its style sheets (JSON texts). */
  styles?: string[];
  /** By whose rules the template is read, whatever its root says: `css`, or `layout` for what was written for the usual engine. */
  dialect?: "css" | "layout";
  /** A bundled theme, or colours by role. */
  theme?: string | { [role: string]: Json };
  /** A bundled locale, or texts by key. */
  locale?: string | { [key: string]: string };
  /** Texts by key, over those of the locale. */
  strings?: { [key: string]: string };
  /** Further values that the template names. */
  variables?: { [name: string]: Json };
  /** The key whose value is the score, or a path into its JSON (`daily.highestScore`). */
  key?: string;
  /** What decides between equal scores: `cost_ms:asc`, or several of such. */
  thenBy?: string | string[];
  /** Older scores count as none: a date, a time by RFC 3339, seconds or milliseconds. */
  since?: string | number;
  /** Scores from before the running period count as none. */
  period?: "day" | "week" | "month";
  /** On whose clocks a period begins, such as `+08:00`; UTC. */
  zone?: string;
  /** The keys of the cloud storage that are asked for; the first is the score's. */
  keyList?: string[];
  /** Which score is better. */
  order?: string;
  /** Ranks of equal scores: `competition`, `dense`, `ordinal`. */
  ties?: string;
  /** Friends without a score: `last` or `left-out`. */
  withoutScore?: string;
  /** So many of the best only. */
  top?: number;
  /** The player's own openid, where the game knows it. */
  selfOpenid?: string;
  /** Which messages mean what, beside those that are known. */
  words?: Json;
  /** What invitations say. */
  share?: ShareText;
  /** Milliseconds after which data is asked for anew. */
  dataAge?: number;
  /** The number of the first page in messages. */
  firstPage?: number;

  /** `tiktok`, `wechat` or `douyin`; without it, the one whose global is there. */
  platform?: string;
  /** Where the module is: its path in the package, its bytes, or a compiled module; or one for each painter. */
  module?: ModuleSource | { pixels?: ModuleSource; canvas2d?: ModuleSource };
  /**
   * The canvas2d module as plain JavaScript, for where there is no WebAssembly:
   * `() => require("./friendboard.wasm.js")`.
   */
  plain?(): unknown;
  /**
   * Where the canvas stands, where the open data domain places it itself (TikTok). A message may have the same as `canvas`,
   * to move it.
   */
  canvas?: CanvasPlace;
  /** Which painter draws; `auto` tries what the canvas can do, and takes the module that there is. */
  painter?: "auto" | "pixels" | "canvas2d";
  /** Fonts, to come before those in the module: paths in the package, their bytes, or `data:` addresses (base64). */
  fonts?: (string | ArrayBuffer | Uint8Array)[];
  /** Texts of files by path: bitmap fonts, where the platform has no file system. */
  files?: { [path: string]: string };
  /** Frames and timers go to `onEvent` too. */
  log?: boolean;
  /** Taps, states, pages, calls. */
  onEvent?(event: LogLine): void;
  /** Whatever is wrong, once. */
  onError?(fault: Fault): void;
}

/** A board under way. */
export interface Board {
  /** The same as a message of the main domain. */
  post(message: unknown): void;
  /** Draws what has changed at once, without waiting for the screen's next frame; looks at the canvas's size and place. */
  draw(): void;
  /** `pixels` or `canvas2d`; undefined until the module is there. */
  readonly painter: string | undefined;
  /** Stops listening, drawing and waiting. The canvas stays as it is. */
  stop(): void;
}

/** Starts a board in the open data domain. */
export declare function start(options?: Options): Board;
