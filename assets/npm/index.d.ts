import type { Request } from "./friendboard-types.js";

export type { Circumstances, Json, Options, Request } from "./friendboard-types.js";

/** Something that is wrong with a board, its data or its pictures, and does not keep it from being drawn. */
export interface Diagnostic {
  severity: "error" | "warning";
  /** What `friendboard explain CODE` explains. */
  code: string;
  message: string;
  /** What to do about it. */
  hint: string | null;
  /** Where it is: document, line and column; empty where that is not known. */
  place: string;
}

/** A picture of a board. */
export interface Picture {
  /** Device px. */
  width: number;
  /** Device px. */
  height: number;
  /** Straight RGBA8 rows, top row first: what `ImageData` takes. */
  pixels: Uint8ClampedArray;
  /** The picture as PNG, with the bytes that the command line writes. */
  png(): Uint8Array;
  diagnostics: Diagnostic[];
  /** How many more diagnostics there were. */
  diagnosticsLeftOut: number;
}

/** What a picture is drawn with beside its request. */
export interface RenderOptions {
  /**
   * The file of a picture that the board names (an avatar's address, a path), as it came: PNG, JPEG, WebP or GIF. Where there is
   * none, or this throws, what stands in for the picture is drawn, and a diagnostic says why. `data:` addresses need nobody.
   */
  picture?(src: string): Uint8Array | ArrayBuffer | undefined | Promise<Uint8Array | ArrayBuffer | undefined>;
}

/**
 * Draws a request: an object, or its JSON.
 *
 * @throws {FriendboardError} where it can't be drawn.
 */
export function render(request: Request | string, options?: RenderOptions): Promise<Picture>;

/** Which cases of picture tests are run, and what is written of them. */
export interface GoldenOptions {
  /** Only pictures whose name has this text in it. */
  filter?: string;
  /** The folder of a page with all that failed. */
  report?: string;
  /** The folder that paths begin in. Without it, that of the process. */
  folder?: string;
}

/**
 * Runs the picture tests below a path, as `friendboard golden run` does; gives its last line.
 *
 * @throws {FriendboardError} of kind `golden` where one fails, with what differs and where.
 */
export function golden(path: string, options?: GoldenOptions): Promise<string>;

/** Runs the command line. With `capture`, what it says is in the answer and on no stream. */
export function run(
  args: readonly string[],
  options?: { folder?: string; capture?: boolean },
): { status: number; output: Uint8Array; errors: Uint8Array };

/** What went wrong. */
export class FriendboardError extends Error {
  /** The code of its kind: `template`, `style`, `data`, `picture`, `limit`, `usage`, `golden`, … */
  kind: string;
}
