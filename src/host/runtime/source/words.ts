// The words of a frame, read one after another, with the texts and colours that they name: see `words.rs`.

import { Module } from "./module";
import { Matrix } from "./state";

/** Colours whose CSS is kept at most. */
const COLORS_MAX = 1024;
/** Sizes of fonts whose CSS is kept at most: one that grows has many. */
const FONTS_MAX = 256;

export class Words {
  private readonly texts: string[] = [];
  private colors: { [color: number]: string } = {};
  private colorCount = 0;
  /** CSS of fonts by what stands around their size, then by that. */
  private fonts: { [font: string]: { [size: number]: string } } = {};
  private fontCount = 0;

  // The module's memory as words and as numbers is kept: a scroll makes nothing that it need not.
  protected words: Uint32Array = new Uint32Array(0);
  protected numbers: Float32Array = new Float32Array(0);
  private base = 0;
  protected at = 0;
  protected end = 0;

  /** Takes the texts that are new in the module's last frame. */
  learn(module: Module): void {
    const first: number = module.exports.new_texts();
    const told = module.text();
    if (told !== "") {
      const texts = told.split("\0");
      texts.pop();
      this.texts.length = Math.min(this.texts.length, first);
      texts.forEach((text, index) => (this.texts[first + index] = text));
    }
  }

  /** Finds the words of the module's last frame. */
  protected read(module: Module): void {
    const buffer = module.view().buffer as ArrayBuffer;
    if (this.words.buffer !== buffer) {
      this.words = new Uint32Array(buffer);
      this.numbers = new Float32Array(buffer);
    }
    this.at = this.base = module.exports.operations() >>> 2;
    this.end = this.at + (module.exports.operations_length() as number);
  }

  /** Finds them again, and the place among them: the module may have moved its memory. */
  protected readOn(module: Module): void {
    const read = this.at - this.base;
    this.read(module);
    this.at += read;
  }

  protected whole(): number {
    return this.words[this.at++] as number;
  }

  protected number(): number {
    return this.numbers[this.at++] as number;
  }

  protected text(): string {
    return this.texts[this.whole()] || "";
  }

  protected matrix(): Matrix {
    return [this.number(), this.number(), this.number(), this.number(), this.number(), this.number()];
  }

  protected color(): string {
    const value = this.whole();
    let css = this.colors[value];
    if (css === undefined) {
      if (this.colorCount >= COLORS_MAX) {
        this.colors = {};
        this.colorCount = 0;
      }
      this.colorCount += 1;
      const alpha = Math.round(((value & 255) / 255) * 1000) / 1000;
      css = `rgba(${value >>> 24},${(value >>> 16) & 255},${(value >>> 8) & 255},${alpha})`;
      this.colors[value] = css;
    }
    return css;
  }

  protected font(font: string, size: number): string {
    const sizes = this.fonts[font];
    const known = sizes && sizes[size];
    if (known !== undefined) {
      return known;
    }
    if (this.fontCount >= FONTS_MAX) {
      this.fonts = {};
      this.fontCount = 0;
    }
    this.fontCount += 1;
    const css = font.replace("\u0001", `${Math.round(size * 1000) / 1000}px `);
    (this.fonts[font] = this.fonts[font] || {})[size] = css;
    return css;
  }
}
