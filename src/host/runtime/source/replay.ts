// Replays the module's operations on the platform's own 2D context.

import { blurred } from "./blur";
import { Foreign, Host, Rect } from "./host";
import { Module } from "./module";
import { boundsOf, trace } from "./path";
import { Pictures, drawPicture } from "./pictures";
import { Layer, Mask, State, copyOf, grown, product, stateOf } from "./state";
import { Words } from "./words";

/** Tiles of one pattern at most. */
const TILES_MAX = 4096;

/** The operations' numbers: see `words.rs`. */
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
  Piece,
}

export class Replay extends Words {
  private work: { canvas: Foreign; context: Foreign }[] = [];

  // Of a replay under way.
  private context: Foreign;

  private state: State = stateOf();
  private saved: State[] = [];
  private layers: Layer[] = [];
  private size = { width: 0, height: 0 };
  private area: Rect = { left: 0, top: 0, width: 0, height: 0 };
  private bring: ((number: number, context: Foreign) => void) | undefined;

  constructor(
    private readonly host: Host,
    private readonly shared: Foreign,
    private readonly pictures: Pictures,
  ) {
    super();
  }

  /** Draws the module's last frame in place of what the shared canvas has in an area. */
  draw(module: Module, size: { width: number; height: number }, damage: Rect): void {
    this.read(module);
    this.size = size;
    const context = (this.context = this.shared);
    this.area = damage;
    const { left, top, width, height } = damage;
    this.begin();
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

  /**
   * The same beside the canvas, which takes it when all of it is there: a module may trap half way. `bring` draws a piece of the
   * module's onto a context that has no transform and no clip.
   */
  drawApart(module: Module, size: { width: number; height: number }, damage: Rect, bring: (number: number, context: Foreign) => void): void {
    this.read(module);
    this.size = size;
    this.area = damage;
    this.context = this.shared;
    this.begin();
    if (!this.open(1, "source-over", 0)) {
      throw new Error(`${this.host.name} has no canvas for a frame`);
    }
    this.bring = (number, context) => {
      bring(number, context);
      this.readOn(module);
    };
    try {
      this.replay();
    } catch (error) {
      while (this.layers.length > 0) {
        this.abandon();
      }
      throw error;
    } finally {
      this.bring = undefined;
    }
    const { left, top, width, height } = damage;
    this.shared.save();
    this.shared.setTransform(1, 0, 0, 1, 0, 0);
    this.shared.clearRect(left, top, width, height);
    this.shared.restore();
    this.endLayer();
  }

  private begin(): void {
    this.state = stateOf();
    this.saved.length = 0;
    this.layers.length = 0;
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
        case Op.Piece:
          this.piece(this.whole());
          break;
        default:
          throw new Error(`the module gave an operation that is not known: ${op as number}`);
      }
    }
  }

  /** A piece of the module's, as it is. */
  private piece(number: number): void {
    if (this.bring) {
      this.context.save();
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      this.context.globalAlpha = 1;
      this.bring(number, this.context);
      this.context.restore();
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
    trace(context, this.words, this.numbers, this.at, this.at + length);
    this.at += length;
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
    trace(context, this.words, this.numbers, mask.start, mask.end);
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
      trace(context, this.words, this.numbers, start, start + length);
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
    trace(context, this.words, this.numbers, start, start + length);
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
    const picture = this.pictures.get(this.text());
    const source = [this.number(), this.number(), this.number(), this.number()] as const;
    const [x, y, width, height] = [this.number(), this.number(), this.number(), this.number()];
    this.at += 2;
    const transform = this.matrix();
    const smooth = this.whole() === 1;
    const bounds = boundsOf(this.words, this.numbers, start, end);
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
      trace(context, this.words, this.numbers, start, end);
      evenOdd ? context.clip("evenodd") : context.clip();
      draw();
    } else {
      draw();
    }
    context.restore();
  }

  private image(): void {
    const picture = this.pictures.get(this.text());
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
      const spare = this.spare(this.layers.length + 1);
      if (spare) {
        blurred(layer.canvas, spare, layer.blur, { left, top, width, height });
      }
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

  /** Forgets the open layer. */
  private abandon(): void {
    for (let open = this.saved.length; open >= 0; open -= 1) {
      this.context.restore();
    }
    const { context, outer } = this.layers.pop() as Layer;
    this.context = context;
    this.saved = outer.saved;
  }
}
