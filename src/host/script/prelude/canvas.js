// Canvases: the shared one, and those of createCanvas().
(native, shared) => {
  "use strict";
  const { options, hooks } = shared;
  const { text, DOMException } = shared.idl;
  const key = {};
  const side = (value, otherwise) => {
    const number = Math.trunc(+value) >>> 0;
    return number > 2147483647 ? otherwise : number;
  };
  class Canvas {
    #id;
    #size;
    #context = null;
    /** What `setAttribute()` was given, as it was given. */
    #attributes = new Map();
    constructor(token, id, width, height) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#id = id;
      this.#size = [width, height];
      if (id !== 1) shared.freed(this, native.freeCanvas, id);
    }
    static id(canvas) { return canvas.#id; }
    static isRightToLeft(canvas) { return canvas.#attributes.get("dir")?.toLowerCase() === "rtl"; }
    static size(canvas) { return canvas.#size; }
    static is(value) { return typeof value === "object" && value !== null && #id in value; }
    static resized(canvas, width, height) {
      canvas.#size = [width, height];
      if (!native.resize(canvas.#id, width, height)) {
        shared.warn(`a canvas of ${width} by ${height} px is larger than a canvas may be: nothing is drawn on it`);
      }
      canvas.#context?.[shared.cleared]();
    }
    get width() { return this.#size[0]; }
    set width(value) {
      this.#attributes.delete("width");
      Canvas_resized(this, side(value, 300), this.#size[1]);
    }
    get height() { return this.#size[1]; }
    set height(value) {
      this.#attributes.delete("height");
      Canvas_resized(this, this.#size[0], side(value, 150));
    }
    getContext(kind, settings = undefined) {
      shared.idl.need(arguments.length, 1, "getContext");
      kind = text(kind);
      if (kind !== "2d") {
        shared.warn(`getContext('${kind.slice(0, 40)}'): every canvas of an open data domain is 2D`);
        return null;
      }
      this.#context ??= shared.context(this, this.#id, settings);
      return this.#context;
    }
    toDataURL(kind = "image/png", quality = undefined) {
      if (this.#id === 1) throw new DOMException("toDataURL: the shared canvas can't be read", "SecurityError");
      if (!this.#size[0] || !this.#size[1]) return "data:,";
      return native.dataUrl(this.#id, text(kind).toLowerCase(), typeof quality === "number" ? quality : -1) ?? "data:,";
    }
    // The attributes of a page's canvas: texts, of which two say whole numbers, or the size at first.
    getAttribute(name) {
      name = text(name).toLowerCase();
      return this.#attributes.get(name) ?? (name === "width" || name === "height" ? String(this[name]) : null);
    }
    setAttribute(name, value) {
      [name, value] = [text(name).toLowerCase(), text(value)];
      if (name === "width" || name === "height") {
        const found = /^[ \t\n\f\r]*\+?(\d+)/.exec(value);
        this[name] = found ? found[1] : name === "width" ? 300 : 150;
      }
      this.#attributes.set(name, value);
    }
    removeAttribute(name) {
      this.setAttribute(name, "");
      this.#attributes.delete(text(name).toLowerCase());
    }
    destroy() {}
    addEventListener() {}
    removeEventListener() {}
  }
  const { id, size, is, isRightToLeft, resized: Canvas_resized } = Canvas;
  for (const name of ["id", "size", "is", "isRightToLeft", "resized"]) delete Canvas[name];
  shared.expose(Canvas, "HTMLCanvasElement");
  shared.canvasId = id;
  shared.canvasSize = size;
  shared.isRightToLeft = isRightToLeft;
  shared.isCanvas = is;
  /** What a canvas of a size is made of. */
  shared.ofCanvas = (width, height) => {
    [width, height] = [side(width, 300), side(height, 150)];
    return [key, native.newCanvas(width, height), width, height];
  };
  shared.createCanvas = (width = 300, height = 150) => new Canvas(...shared.ofCanvas(width, height));
  const sharedCanvas = new Canvas(key, 1, options.width, options.height);
  sharedCanvas.style = {};
  shared.sharedCanvas = sharedCanvas;
  hooks.canvasSize = (width, height) => Canvas_resized(sharedCanvas, width, height);
}
