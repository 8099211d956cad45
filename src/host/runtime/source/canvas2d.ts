// The canvas2d painter: replays the module's operations on the platform's own 2D context, and measures text with it.

import { Foreign, Host, Loaded, Rect } from "./host";
import { Measures } from "./measures";
import { Module } from "./module";
import { Painter } from "./painter";
import * as utf8 from "./utf8";

/** Pictures that are kept at most. */
const PICTURES_MAX = 512;
/** Tiles of one pattern at most. */
const TILES_MAX = 4096;
/** Colours whose CSS is kept at most. */
const COLORS_MAX = 1024;
/** Sizes of fonts whose CSS is kept at most: one that grows has many. */
const FONTS_MAX = 256;

type Matrix = [number, number, number, number, number, number];

/** The operations' numbers: see `replay.rs`. */
const enum Op {
  Save = 1,
  Restore,
  SetTransform,
  Transform,
  Alpha,
  Composite,
  Shadow,
  Clip,
  Fill,
  Stroke,
  Image,
  Text,
  BeginLayer,
  EndLayer,
  Clear,
}

interface Shadow {
  color: string;
  blur: number;
  x: number;
  y: number;
  only: boolean;
}

/** What a save keeps beside what the context keeps. */
interface State {
  transform: Matrix;
  shadow: Shadow | undefined;
  alpha: number;
  /** What the context is known to have, so that it is not told the same again and again. */
  font: string | undefined;
  fill: Foreign;
  rightToLeft: boolean | undefined;
}

/** A clip where the context has none: what is drawn goes to a layer, of which only what is inside of the path stays. */
interface Mask {
  start: number;
  end: number;
  evenOdd: boolean;
  transform: Matrix;
}

/** A layer that is open. */
interface Layer {
  context: Foreign;
  canvas: Foreign;
  alpha: number;
  composite: string;
  blur: number;
  /** What of it stays, where it stands in for a clip: until the save that is open ends. */
  mask?: Mask;
  /** The states of what it is drawn onto. */
  outer: { state: State; saved: State[]; area: Rect };
}

export class Canvas2dPainter implements Painter {
  readonly name = "canvas2d";
  private readonly texts: string[] = [];
  private readonly pictures: { [src: string]: Loaded } = {};
  private names: string[] = [];
  private colors: { [color: number]: string } = {};
  private colorCount = 0;
  /** CSS of fonts by what stands around their size, then by that. */
  private fonts: { [font: string]: { [size: number]: string } } = {};
  private fontCount = 0;
  private work: { canvas: Foreign; context: Foreign }[] = [];
  private readonly measures: Measures;
  private module: Module | undefined;

  // Of a replay under way. The module's memory as words and as numbers is kept: a scroll makes nothing that it need not.
  private context: Foreign;
  private words: Uint32Array = new Uint32Array(0);
  private numbers: Float32Array = new Float32Array(0);
  private at = 0;
  private end = 0;
  private state: State = stateOf();
  private saved: State[] = [];
  private layers: Layer[] = [];
  private size = { width: 0, height: 0 };
  private area: Rect = { left: 0, top: 0, width: 0, height: 0 };

  constructor(
    private readonly host: Host,
    private readonly shared: Foreign,
  ) {
    this.measures = new Measures(host, shared);
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
      this.measures.measure("16px sans-serif", "x", 0);
    } catch (error) {
      // Who draws will say what is wrong.
    }
  }

  /** What the module asks of the host while it lays a board out. */
  imports(): object {
    return {
      friendboard: {
        measure: (font: number, fontLength: number, text: number, textLength: number, which: number) => {
          const view = (this.module as Module).view();
          const css = utf8.read(view.subarray(font >>> 0, (font >>> 0) + fontLength));
          const said = utf8.read(view.subarray(text >>> 0, (text >>> 0) + textLength));
          return this.measures.measure(css, said, which);
        },
      },
    };
  }

  /** The module whose memory texts to be measured are in. */
  attach(module: Module): void {
    this.module = module;
    this.texts.length = 0;
    this.measures.forget();
  }

  take(src: string, picture: Loaded): { width: number; height: number } {
    if (!this.pictures[src]) {
      this.names.push(src);
      if (this.names.length > PICTURES_MAX) {
        delete this.pictures[this.names.shift() as string];
      }
    }
    this.pictures[src] = picture;
    return { width: Math.round(picture.width), height: Math.round(picture.height) };
  }

  paint(module: Module, size: { width: number; height: number }, damage: Rect): void {
    const first: number = module.exports.new_texts();
    const told = module.text();
    if (told !== "") {
      const texts = told.split("\0");
      texts.pop();
      this.texts.length = Math.min(this.texts.length, first);
      texts.forEach((text, index) => (this.texts[first + index] = text));
    }
    if (damage.width <= 0 || damage.height <= 0) {
      return;
    }
    const buffer = module.view().buffer as ArrayBuffer;
    if (this.words.buffer !== buffer) {
      this.words = new Uint32Array(buffer);
      this.numbers = new Float32Array(buffer);
    }
    this.at = module.exports.operations() >>> 2;
    this.end = this.at + (module.exports.operations_length() as number);
    this.size = size;
    const context = (this.context = this.shared);
    this.area = damage;
    const { left, top, width, height } = damage;
    this.state = stateOf();
    this.saved.length = 0;
    this.layers.length = 0;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (left > 0 || top > 0 || left + width < size.width || top + height < size.height) {
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
    }
    context.clearRect(left, top, width, height);
    try {
      this.replay();
    } finally {
      while (this.layers.length > 0) {
        this.endLayer();
      }
      for (let open = this.saved.length; open > 0; open -= 1) {
        this.shared.restore();
      }
      this.shared.restore();
    }
  }

  private whole(): number {
    return this.words[this.at++] as number;
  }

  private number(): number {
    return this.numbers[this.at++] as number;
  }

  private text(): string {
    return this.texts[this.whole()] || "";
  }

  private matrix(): Matrix {
    return [this.number(), this.number(), this.number(), this.number(), this.number(), this.number()];
  }

  private color(): string {
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

  private apply(): void {
    const [a, b, c, d, e, f] = this.state.transform;
    this.context.setTransform(a, b, c, d, e, f);
  }

  private replay(): void {
    while (this.at < this.end) {
      const op = this.whole() as Op;
      switch (op) {
        case Op.Save:
          this.saved.push(this.state);
          this.state = copyOf(this.state);
          this.context.save();
          break;
        case Op.Restore:
          this.restore();
          break;
        case Op.SetTransform:
          this.state.transform = this.matrix();
          this.apply();
          break;
        case Op.Transform:
          this.state.transform = product(this.state.transform, this.matrix());
          this.apply();
          break;
        case Op.Alpha:
          this.state.alpha = this.number();
          this.context.globalAlpha = this.state.alpha;
          break;
        case Op.Composite:
          this.context.globalCompositeOperation = this.text();
          break;
        case Op.Shadow:
          this.state.shadow = { color: this.color(), blur: this.number(), x: this.number(), y: this.number(), only: this.whole() === 1 };
          break;
        case Op.Clip:
          this.clip();
          break;
        case Op.Fill:
          this.fill();
          break;
        case Op.Stroke:
          this.stroke();
          break;
        case Op.Image:
          this.image();
          break;
        case Op.Text:
          this.run();
          break;
        case Op.BeginLayer:
          this.beginLayer();
          break;
        case Op.EndLayer:
          this.endLayer();
          break;
        case Op.Clear:
          this.context.clearRect(this.number(), this.number(), this.number(), this.number());
          break;
        default:
          throw new Error(`the module gave an operation that is not known: ${op as number}`);
      }
    }
  }

  private restore(): void {
    this.endMasks();
    const before = this.saved.pop();
    if (before) {
      this.state = before;
      this.context.restore();
    }
  }

  /**
   * Begins to draw something with the state's shadow, which `unshade` ends; one without what casts it is drawn beside the
   * canvas, and moved back.
   */
  private shade(): void {
    const shadow = this.state.shadow;
    if (!shadow) {
      return;
    }
    const context = this.context;
    context.save();
    const away = shadow.only ? (this.size.width + this.size.height) * 4 : 0;
    const [a, b, c, d, e, f] = this.state.transform;
    context.setTransform(a, b, c, d, e - away, f);
    context.shadowColor = shadow.color;
    context.shadowBlur = shadow.blur;
    context.shadowOffsetX = shadow.x + away;
    context.shadowOffsetY = shadow.y;
  }

  private unshade(): void {
    if (this.state.shadow) {
      this.context.restore();
    }
  }

  /** Puts the path that begins here onto a context, and goes behind it. */
  private path(context: Foreign): void {
    const length = this.whole();
    this.trace(context, this.at, this.at + length);
    this.at += length;
  }

  private trace(context: Foreign, start: number, end: number): void {
    const n = this.numbers;
    context.beginPath();
    for (let at = start; at < end; ) {
      switch (this.words[at]) {
        case 0:
          context.moveTo(n[at + 1], n[at + 2]);
          at += 3;
          break;
        case 1:
          context.lineTo(n[at + 1], n[at + 2]);
          at += 3;
          break;
        case 2:
          context.quadraticCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4]);
          at += 5;
          break;
        case 3:
          context.bezierCurveTo(n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5], n[at + 6]);
          at += 7;
          break;
        case 4:
          context.closePath();
          at += 1;
          break;
        default:
          context.rect(n[at + 1], n[at + 2], n[at + 3], n[at + 4]);
          at += 5;
      }
    }
  }

  private clip(): void {
    if (typeof this.context.clip === "function") {
      this.path(this.context);
      const evenOdd = this.whole() === 1;
      evenOdd ? this.context.clip("evenodd") : this.context.clip();
      return;
    }
    const length = this.whole();
    const start = this.at;
    this.at += length;
    const mask = { start, end: this.at, evenOdd: this.whole() === 1, transform: this.state.transform };
    if (this.open(1, "source-over", 0)) {
      (this.layers[this.layers.length - 1] as Layer).mask = mask;
    }
  }

  /** Ends the layers that stand in for clips of the save that is open. */
  private endMasks(): void {
    for (;;) {
      const layer = this.layers[this.layers.length - 1];
      if (this.saved.length > 0 || !layer || !layer.mask) {
        return;
      }
      this.cut(layer.mask);
      this.closeLayer();
    }
  }

  /** Keeps of the open layer what is inside of a path. */
  private cut(mask: Mask): void {
    const context = this.context;
    const [a, b, c, d, e, f] = mask.transform;
    context.save();
    context.setTransform(a, b, c, d, e, f);
    context.globalAlpha = 1;
    context.globalCompositeOperation = "destination-in";
    context.fillStyle = "#000";
    this.trace(context, mask.start, mask.end);
    mask.evenOdd ? context.fill("evenodd") : context.fill();
    context.restore();
  }

  private fill(): void {
    const length = this.whole();
    const start = this.at;
    this.at += length;
    const evenOdd = this.whole() === 1;
    if (this.words[this.at] === 3) {
      this.at += 1;
      return this.pattern(start, start + length, evenOdd);
    }
    const context = this.context;
    const style = this.style(context);
    this.shade();
    this.fillWith(style);
    if (length === 5 && this.words[start] === 5) {
      const n = this.numbers;
      context.fillRect(n[start + 1], n[start + 2], n[start + 3], n[start + 4]);
    } else {
      this.trace(context, start, start + length);
      evenOdd ? context.fill("evenodd") : context.fill();
    }
    this.unshade();
  }

  /** Sets the style of what is filled, where it is another. A gradient is another each time. */
  private fillWith(style: Foreign): void {
    const state = this.state;
    // In a shadow's own save, which ends with it, what is set is forgotten with it.
    if (state.shadow || state.fill !== style) {
      this.context.fillStyle = style;
      state.fill = state.shadow ? state.fill : style;
    }
  }

  private stroke(): void {
    const length = this.whole();
    const start = this.at;
    this.at += length;
    const context = this.context;
    const width = this.number();
    const cap = this.text();
    const join = this.text();
    const limit = this.number();
    const style = this.style(context);
    this.shade();
    this.trace(context, start, start + length);
    context.lineWidth = width;
    context.lineCap = cap;
    context.lineJoin = join;
    context.miterLimit = limit;
    context.strokeStyle = style;
    context.stroke();
    this.unshade();
  }

  /** A colour or a gradient; patterns are drawn where they are filled. */
  private style(context: Foreign): Foreign {
    const kind = this.whole();
    if (kind === 0) {
      return this.color();
    }
    const gradient =
      kind === 1
        ? context.createLinearGradient(this.number(), this.number(), this.number(), this.number())
        : context.createRadialGradient(this.number(), this.number(), this.number(), this.number(), this.number(), this.number());
    for (let stops = this.whole(); stops > 0; stops -= 1) {
      const offset = this.number();
      gradient.addColorStop(Math.min(1, Math.max(0, offset)), this.color());
    }
    return gradient;
  }

  /** Tiles of a picture inside of a path. */
  private pattern(start: number, end: number, evenOdd: boolean): void {
    const picture = this.pictures[this.text()];
    const source = [this.number(), this.number(), this.number(), this.number()] as const;
    const [x, y, width, height] = [this.number(), this.number(), this.number(), this.number()];
    this.at += 2;
    const transform = this.matrix();
    const smooth = this.whole() === 1;
    const bounds = this.boundsOf(start, end);
    if (!picture || !(width > 0) || !(height > 0) || !bounds) {
      return;
    }
    const left = Math.floor((bounds.left - x) / width);
    const top = Math.floor((bounds.top - y) / height);
    const columns = Math.ceil((bounds.left + bounds.width - x) / width) - left;
    const rows = Math.ceil((bounds.top + bounds.height - y) / height) - top;
    if (columns * rows > TILES_MAX) {
      return;
    }
    const context = this.context;
    const draw = () => {
      context.transform(...transform);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          drawPicture(context, picture, source, [x + (left + column) * width, y + (top + row) * height, width, height], smooth);
        }
      }
    };
    context.save();
    if (typeof context.clip === "function") {
      this.trace(context, start, end);
      evenOdd ? context.clip("evenodd") : context.clip();
      draw();
    } else {
      draw();
    }
    context.restore();
  }

  /** What a path's points lie in. */
  private boundsOf(start: number, end: number): Rect | undefined {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const see = (x: number, y: number) => {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    };
    const points = [1, 1, 2, 3, 0];
    for (let at = start; at < end; ) {
      const kind = this.words[at] as number;
      const n = (offset: number): number => this.numbers[at + offset] as number;
      if (kind === 5) {
        see(n(1), n(2));
        see(n(1) + n(3), n(2) + n(4));
        at += 5;
        continue;
      }
      const count = points[kind] || 0;
      for (let point = 0; point < count; point += 1) {
        see(n(1 + point * 2), n(2 + point * 2));
      }
      at += 1 + count * 2;
    }
    return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
  }

  private image(): void {
    const picture = this.pictures[this.text()];
    const source = [this.number(), this.number(), this.number(), this.number()] as const;
    const destination = [this.number(), this.number(), this.number(), this.number()] as const;
    const smooth = this.whole() === 1;
    if (picture) {
      this.shade();
      drawPicture(this.context, picture, source, destination, smooth);
      this.unshade();
    }
  }

  private run(): void {
    const context = this.context;
    const text = this.text();
    const font = this.text();
    const x = this.number();
    const y = this.number();
    const size = this.number();
    const stroke = this.number();
    const rightToLeft = this.whole() === 1;
    const style = this.words[this.at] === 3 ? "#000" : this.style(context);
    this.shade();
    const css = this.font(font, size);
    const state = this.state;
    if (state.shadow || state.font !== css) {
      context.font = css;
    }
    if (state.shadow || state.rightToLeft !== rightToLeft) {
      context.textAlign = "left";
      context.textBaseline = "alphabetic";
      if ("direction" in context) {
        context.direction = rightToLeft ? "rtl" : "ltr";
      }
    }
    if (!state.shadow) {
      state.font = css;
      state.rightToLeft = rightToLeft;
    }
    if (stroke > 0) {
      context.lineWidth = stroke;
      context.lineCap = context.lineJoin = "round";
      context.strokeStyle = style;
      context.strokeText(text, x, y);
    } else {
      this.fillWith(style);
      context.fillText(text, x, y);
    }
    this.unshade();
  }

  private font(font: string, size: number): string {
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

  private beginLayer(): void {
    const [alpha, composite, blur] = [this.number(), this.text(), this.number()];
    if (this.whole() === 1) {
      this.at += 4;
    }
    if (!this.open(alpha, composite, blur)) {
      // Without a second canvas, what is drawn one over another fades by itself.
      this.layers.push({
        context: this.context,
        canvas: undefined,
        alpha,
        composite,
        blur,
        outer: { state: this.state, saved: this.saved, area: this.area },
      });
      this.context.save();
      this.saved = [];
      this.state = copyOf(this.state);
      this.state.alpha *= alpha;
      this.context.globalAlpha = this.state.alpha;
    }
  }

  /** A canvas beside the shared one, as large as it: of each depth its own. */
  private spare(depth: number): { canvas: Foreign; context: Foreign } | undefined {
    let spare = this.work[depth];
    if (!spare) {
      const canvas = this.host.workCanvas(this.size.width, this.size.height);
      const context = canvas && canvas.getContext("2d");
      if (!context) {
        return undefined;
      }
      spare = this.work[depth] = { canvas, context };
    }
    if (spare.canvas.width !== this.size.width || spare.canvas.height !== this.size.height) {
      spare.canvas.width = this.size.width;
      spare.canvas.height = this.size.height;
    }
    return spare;
  }

  /** Begins a layer on a canvas of its own; false where there is none. */
  private open(alpha: number, composite: string, blur: number): boolean {
    const layer = this.spare(this.layers.length);
    if (!layer) {
      return false;
    }
    const { context, canvas } = layer;
    const outer = { state: this.state, saved: this.saved, area: this.area };
    this.layers.push({ context: this.context, canvas, alpha, composite, blur, outer });
    this.area = blur > 0 ? grown(this.area, Math.ceil(3 * blur) + 2, this.size) : this.area;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(this.area.left, this.area.top, this.area.width, this.area.height);
    this.context = context;
    this.saved = [];
    this.state = Object.assign(stateOf(), { transform: this.state.transform });
    this.apply();
    return true;
  }

  private endLayer(): void {
    while (this.saved.length > 0) {
      this.restore();
    }
    this.endMasks();
    this.closeLayer();
  }

  /** Draws the open layer onto what is below it. */
  private closeLayer(): void {
    const layer = this.layers.pop();
    if (!layer) {
      return;
    }
    this.context.restore();
    this.context = layer.context;
    this.state = layer.outer.state;
    this.saved = layer.outer.saved;
    if (!layer.canvas) {
      return;
    }
    const { left, top, width, height } = this.area;
    this.area = layer.outer.area;
    const context = this.context;
    if (layer.blur > 0 && !("filter" in context)) {
      this.blur(layer.canvas, layer.blur, { left, top, width, height });
    }
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = layer.alpha;
    context.globalCompositeOperation = layer.composite;
    if (layer.blur > 0 && "filter" in context) {
      context.filter = `blur(${layer.blur}px)`;
    }
    context.drawImage(layer.canvas, left, top, width, height, left, top, width, height);
    context.restore();
  }

  /**
   * Blurs a canvas in place, where the context has no filters: along the rows, then along the columns, the sum of the canvas
   * moved and weighed. Weights are whole 255ths, and the middle one takes what they lack, so that nothing fades.
   */
  private blur(canvas: Foreign, deviation: number, { left, top, width, height }: Rect): void {
    const spare = this.spare(this.layers.length + 1);
    if (!spare) {
      return;
    }
    const step = Math.max(1, Math.round(deviation / 2));
    const count = Math.ceil((2.5 * deviation) / step);
    const weights: number[] = [];
    for (let index = 0; index <= count; index += 1) {
      weights.push(Math.exp(-((index * step) ** 2) / (2 * deviation * deviation)));
    }
    const sum = weights.reduce((all, weight, index) => all + (index ? 2 : 1) * weight, 0);
    const bytes = weights.map((weight) => Math.round((weight / sum) * 255));
    bytes[0] = 255 - 2 * bytes.slice(1).reduce((all, weight) => all + weight, 0);
    const pass = (from: Foreign, to: Foreign, across: number, down: number) => {
      to.save();
      to.setTransform(1, 0, 0, 1, 0, 0);
      to.globalAlpha = 1;
      to.globalCompositeOperation = "source-over";
      to.clearRect(left, top, width, height);
      to.globalCompositeOperation = "lighter";
      for (let index = -count; index <= count; index += 1) {
        to.globalAlpha = (bytes[Math.abs(index)] as number) / 255;
        const [x, y] = [left + index * step * across, top + index * step * down];
        to.drawImage(from, left, top, width, height, x, y, width, height);
      }
      to.restore();
    };
    pass(canvas, spare.context, 1, 0);
    pass(spare.canvas, canvas.getContext("2d"), 0, 1);
  }
}

function stateOf(): State {
  return { transform: [1, 0, 0, 1, 0, 0], shadow: undefined, alpha: 1, font: undefined, fill: undefined, rightToLeft: undefined };
}

function copyOf(state: State): State {
  const { transform, shadow, alpha, font, fill, rightToLeft } = state;
  return { transform, shadow, alpha, font, fill, rightToLeft };
}

/** An area and what is around it, as far as there is a canvas. */
function grown({ left, top, width, height }: Rect, by: number, size: { width: number; height: number }): Rect {
  const [x, y] = [Math.max(0, left - by), Math.max(0, top - by)];
  return { left: x, top: y, width: Math.min(size.width, left + width + by) - x, height: Math.min(size.height, top + height + by) - y };
}

/** What goes through the second, then through the first. */
function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Draws a part of a picture; what of the part is beyond the picture is left out, as some contexts refuse it. */
function drawPicture(
  context: Foreign,
  picture: Loaded,
  [x, y, width, height]: readonly [number, number, number, number],
  [left, top, across, down]: readonly [number, number, number, number],
  smooth: boolean,
): void {
  const x0 = Math.max(0, x);
  const y0 = Math.max(0, y);
  const x1 = Math.min(picture.width, x + width);
  const y1 = Math.min(picture.height, y + height);
  if (!(x1 > x0) || !(y1 > y0) || !(across > 0) || !(down > 0)) {
    return;
  }
  const [sx, sy] = [across / width, down / height];
  if (context.imageSmoothingEnabled === smooth || context.imageSmoothingEnabled === undefined) {
    // As it is.
  } else {
    context.imageSmoothingEnabled = smooth;
  }
  if (smooth && "imageSmoothingQuality" in context) {
    context.imageSmoothingQuality = "high";
  }
  context.drawImage(picture.image, x0, y0, x1 - x0, y1 - y0, left + (x0 - x) * sx, top + (y0 - y) * sy, (x1 - x0) * sx, (y1 - y0) * sy);
}
