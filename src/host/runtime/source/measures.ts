// Text by the host's measures, each asked for once.

import { Foreign, Host } from "./host";
import { Module } from "./module";
import * as utf8 from "./utf8";

/** Widths that are kept at most, of all fonts together. */
const WIDTHS_MAX = 4096;

export class Measures {
  private context: Foreign;
  private font = "";
  /** By font and text: the beginnings of names and figures are the same again and again, and a host takes its time. */
  private widths: { [css: string]: Map<string, number> } = {};
  private count = 0;
  private module: Module | undefined;

  constructor(
    private readonly host: Host,
    private readonly shared: Foreign,
  ) {}

  /** What a module asks of the host while it lays a board out. */
  imports(): object {
    return {
      friendboard: {
        measure: (font: number, fontLength: number, text: number, textLength: number, which: number) => {
          const view = (this.module as Module).view();
          const css = utf8.read(view.subarray(font >>> 0, (font >>> 0) + fontLength));
          const said = utf8.read(view.subarray(text >>> 0, (text >>> 0) + textLength));
          return this.measure(css, said, which);
        },
      },
    };
  }

  /** The module whose memory texts to be measured are in. A font may have come since the one before: it begins anew. */
  attach(module: Module): void {
    this.module = module;
    this.forget();
  }

  /**
   * Does what a host takes its time for at the first time only, while there is no module yet: the canvas gets its memory, and
   * a font is looked for. Nothing is to be seen of it.
   */
  warm(): void {
    try {
      this.shared.save();
      this.shared.fillStyle = "rgba(0,0,0,0)";
      this.shared.fillRect(0, 0, 1, 1);
      this.shared.restore();
      this.measure("16px sans-serif", "x", 0);
    } catch (error) {
      // Who draws will say what is wrong.
    }
  }

  private forget(): void {
    this.widths = {};
    this.count = 0;
  }

  /** The width of a text (`which` 0), or how far its font reaches above (1) and below (2) the baseline, px. */
  measure(css: string, text: string, which: number): number {
    if (which !== 0) {
      return this.ask(css, text, which);
    }
    const ofFont = this.widths[css];
    const known = ofFont && ofFont.get(text);
    if (known !== undefined) {
      return known;
    }
    if (this.count >= WIDTHS_MAX) {
      this.forget();
    }
    const width = this.ask(css, text, which);
    (this.widths[css] = this.widths[css] || new Map()).set(text, width);
    this.count += 1;
    return width;
  }

  private ask(css: string, text: string, which: number): number {
    if (!this.context) {
      const canvas = this.host.workCanvas(1, 1);
      this.context = (canvas && canvas.getContext("2d")) || this.shared;
    }
    if (this.font !== css || this.context === this.shared) {
      this.context.font = this.font = css;
    }
    const found = this.context.measureText(which === 0 ? text : "x");
    const value = which === 0 ? found.width : which === 1 ? found.fontBoundingBoxAscent : found.fontBoundingBoxDescent;
    return typeof value === "number" ? value : 0;
  }
}
