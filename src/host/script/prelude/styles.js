// CanvasGradient and CanvasPattern, and what a filter is.
(native, shared) => {
  "use strict";
  const { finite, need, text, DOMException } = shared.idl;
  const key = {};
  // A list of filter functions (Filter Effects 1, §5) with the arguments that each has; what is none changes nothing.
  const NUMBER = "[+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:e[+-]?\\d+)?";
  const LENGTH = `(?:${NUMBER}(?:px|pt|pc|rem|in|cm|mm|q|em|ex|ch)|[+-]?0+(?:\\.0*)?)`;
  const AMOUNT = `(?:\\+?${NUMBER.slice(5)}%?)?`;
  const COLOUR = "(?:#?[\\w-]+(?:\\((?:[^()]|\\([^()]*\\))*\\))?)";
  const FILTER = new RegExp("^(?:none|(?:" + [
    `blur\\(\\s*(?!-)(?:${LENGTH})?\\s*\\)`,
    `(?:brightness|contrast|grayscale|invert|opacity|saturate|sepia)\\(\\s*${AMOUNT}\\s*\\)`,
    `hue-rotate\\(\\s*(?:${NUMBER}(?:deg|grad|rad|turn)|[+-]?0+)?\\s*\\)`,
    `drop-shadow\\(\\s*(?:${COLOUR}\\s+)?${LENGTH}\\s+${LENGTH}(?:\\s+${LENGTH})?(?:\\s+${COLOUR})?\\s*\\)`,
    "url\\([^()]*\\)",
  ].map((one) => one + "\\s*").join("|") + ")+)$", "i");
  class CanvasGradient {
    #kind;
    #at;
    #stops = [];
    #version = 0;
    constructor(token, kind, at) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#kind = kind;
      this.#at = at;
    }
    static read(gradient) { return { kind: gradient.#kind, at: gradient.#at, stops: gradient.#stops, version: gradient.#version }; }
    static is(value) { return typeof value === "object" && value !== null && #kind in value; }
    addColorStop(offset, color) {
      need(arguments.length, 2, "addColorStop");
      offset = finite(offset, "addColorStop");
      color = text(color);
      if (offset < 0 || offset > 1) {
        throw new DOMException(`addColorStop: an offset from 0 to 1 was expected, found ${offset}`, "IndexSizeError");
      }
      const word = native.color(color);
      if (word === undefined) throw new DOMException(`addColorStop: a colour was expected, found '${color}'`, "SyntaxError");
      this.#stops.push(offset, word);
      this.#version++;
    }
  }
  class CanvasPattern {
    #id;
    #transform = [1, 0, 0, 1, 0, 0];
    #version = 0;
    constructor(token, id) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#id = id;
      shared.freed(this, native.freePattern, id);
    }
    static read(pattern) { return { id: pattern.#id, transform: pattern.#transform, version: pattern.#version }; }
    static is(value) { return typeof value === "object" && value !== null && #id in value; }
    setTransform(transform = undefined) {
      const six = shared.six(transform);
      if (!six.every(Number.isFinite)) return;
      this.#transform = six;
      this.#version++;
    }
  }
  const gradients = { read: CanvasGradient.read, is: CanvasGradient.is };
  const patterns = { read: CanvasPattern.read, is: CanvasPattern.is };
  for (const type of [CanvasGradient, CanvasPattern]) {
    delete type.read;
    delete type.is;
    shared.expose(type);
  }
  shared.styles = {
    isFilter: (value) => FILTER.test(value),
    linear: (...at) => new CanvasGradient(key, 0, at),
    radial: (x0, y0, r0, x1, y1, r1) => new CanvasGradient(key, 1, [x0, y0, x1, y1, r0, r1]),
    conic: (angle, x, y) => new CanvasGradient(key, 2, [x, y, angle]),
    pattern: (id) => new CanvasPattern(key, id),
    isGradient: gradients.is,
    isPattern: patterns.is,
    /** Tells the context what it fills or strokes with. */
    tell(context, stroke, style) {
      if (gradients.is(style)) {
        const { kind, at, stops } = gradients.read(style);
        shared.goOn(native.setGradient(context, stroke, kind, at, stops));
      } else {
        const { id, transform } = patterns.read(style);
        native.setPattern(context, stroke, id, transform);
      }
    },
    version: (style) => (gradients.is(style) ? gradients : patterns).read(style).version,
  };
}
