// CanvasRenderingContext2D (HTML, "The 2D rendering context").
(native, shared) => {
  "use strict";
  const { options } = shared;
  const { finite, long, need, text, DOMException } = shared.idl;
  const { styles } = shared;
  const key = {};
  const cleared = shared.cleared = Symbol("cleared");
  const all = (...numbers) => numbers.every(Number.isFinite);
  const ENUMS = {
    lineCap: ["butt", "round", "square"],
    lineJoin: ["miter", "round", "bevel"],
    textAlign: ["start", "end", "left", "right", "center"],
    textBaseline: ["top", "hanging", "middle", "alphabetic", "ideographic", "bottom"],
    direction: ["ltr", "rtl", "inherit"],
    imageSmoothingQuality: ["low", "medium", "high"],
    fontKerning: ["auto", "normal", "none"],
    fontStretch: ["ultra-condensed", "extra-condensed", "condensed", "semi-condensed", "normal", "semi-expanded", "expanded",
      "extra-expanded", "ultra-expanded"],
    fontVariantCaps: ["normal", "small-caps", "all-small-caps", "petite-caps", "all-petite-caps", "unicase", "titling-caps"],
    textRendering: ["auto", "optimizeSpeed", "optimizeLegibility", "geometricPrecision"],
  };
  /** What older WeChat clients draw as source-over, and say nothing of. */
  const UNKNOWN_OLD = ["source-in", "source-out", "destination-atop", "lighter", "copy"];
  const fresh = () => ({
    fill: "#000000", stroke: "#000000", shadow: "rgba(0, 0, 0, 0)", blur: 0, x: 0, y: 0, alpha: 1, composite: "source-over",
    smooth: true, imageSmoothingQuality: "low", width: 1, lineCap: "butt", lineJoin: "miter", miter: 10, dashes: [], dashOffset: 0,
    font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", direction: "inherit", letterSpacing: "0px",
    wordSpacing: "0px", letters: 0, words: 0, fontKerning: "auto", fontStretch: "normal", fontVariantCaps: "normal",
    textRendering: "auto", filter: "none", lang: "inherit",
  });
  /** What of a context's settings is kept (HTML, "CanvasRenderingContext2DSettings"); what is no object has none. */
  const settingsOf = (settings) => {
    const given = typeof settings === "object" && settings !== null ? settings : {};
    const space = given.colorSpace === undefined ? "srgb" : text(given.colorSpace);
    if (space !== "srgb" && space !== "display-p3") {
      throw new TypeError(`getContext: srgb or display-p3 was expected as colorSpace, found '${space}'`);
    }
    return {
      alpha: given.alpha === undefined || Boolean(given.alpha),
      colorSpace: space,
      colorType: "unorm8",
      desynchronized: Boolean(given.desynchronized),
      willReadFrequently: Boolean(given.willReadFrequently),
    };
  };
  const rule = (value, what) => {
    if (value === undefined) return false;
    value = text(value);
    if (value !== "nonzero" && value !== "evenodd") throw new TypeError(`${what}: nonzero or evenodd was expected, found '${value}'`);
    return value === "evenodd";
  };
  const drawn = shared.goOn;
  /** What a picture or canvas is to drawImage() and createPattern(): its size, and how it is named below. */
  const source = (image, what) => {
    if (shared.isImage(image)) {
      const read = shared.readImage(image);
      // A WebView says so; the canvases of the other platforms are no browser's, and draw nothing.
      const throws = options.platform === "tiktok" || options.earlyPictures;
      if (read.broken && throws) throw new DOMException(`${what}: the picture '${read.src.slice(0, 80)}' could not be loaded`, "InvalidStateError");
      if (!read.loaded) {
        if (options.earlyPictures && !read.broken) throw new DOMException(`${what}: the picture '${read.src.slice(0, 80)}' has not loaded yet`, "InvalidStateError");
        return null;
      }
      return { width: read.width, height: read.height, src: read.src, canvas: 0 };
    }
    const bitmap = shared.bitmapCanvas?.(image);
    if (bitmap === null) throw new DOMException(`${what}: the bitmap is closed`, "InvalidStateError");
    image = bitmap ?? image;
    if (shared.isCanvas(image)) {
      const [width, height] = shared.canvasSize(image);
      if (width === 0 || height === 0) throw new DOMException(`${what}: the canvas has no pixels`, "InvalidStateError");
      return { width, height, src: "", canvas: shared.canvasId(image) };
    }
    throw new TypeError(`${what}: a picture or a canvas was expected, found ${image === null ? "null" : typeof image}`);
  };

  class CanvasRenderingContext2D {
    #canvas;
    #id;
    #state = fresh();
    #saved = [];
    #fillVersion = -1;
    #strokeVersion = -1;
    #inherits = false;
    #hasDirection = false;
    #settings;
    constructor(token, canvas, id, settings) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#canvas = canvas;
      this.#id = id;
      this.#settings = settingsOf(settings);
      if (!this.#settings.alpha) native.makeOpaque(id);
    }
    static id(context) { return context.#id; }
    [cleared]() {
      this.#state = fresh();
      this.#saved = [];
      this.#fillVersion = this.#strokeVersion = -1;
    }
    get canvas() { return this.#canvas; }
    getContextAttributes() { return { ...this.#settings }; }
    isContextLost() { return false; }

    // --- State ---
    save() {
      if (!native.save(this.#id)) throw new RangeError("save: too many states are kept; each save() needs its restore()");
      this.#saved.push({ ...this.#state });
    }
    restore() {
      if (!native.restore(this.#id)) return;
      this.#state = this.#saved.pop() ?? fresh();
      this.#fillVersion = this.#strokeVersion = -1;
    }
    reset() {
      native.reset(this.#id);
      this[cleared]();
    }

    // --- Transforms ---
    scale(x, y) {
      need(arguments.length, 2, "scale");
      [x, y] = [+x, +y];
      if (all(x, y)) native.transform(this.#id, x, 0, 0, y, 0, 0);
    }
    rotate(angle) {
      need(arguments.length, 1, "rotate");
      angle = +angle;
      if (!all(angle)) return;
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      native.transform(this.#id, cos, sin, -sin, cos, 0, 0);
    }
    translate(x, y) {
      need(arguments.length, 2, "translate");
      [x, y] = [+x, +y];
      if (all(x, y)) native.transform(this.#id, 1, 0, 0, 1, x, y);
    }
    transform(a, b, c, d, e, f) {
      need(arguments.length, 6, "transform");
      const six = [+a, +b, +c, +d, +e, +f];
      if (all(...six)) native.transform(this.#id, ...six);
    }
    getTransform() { return new shared.interfaces.DOMMatrix(native.getTransform(this.#id)); }
    setTransform(a, b, c, d, e, f) {
      let six;
      if (arguments.length >= 6) six = [+a, +b, +c, +d, +e, +f];
      else if (arguments.length <= 1 && typeof a !== "string") six = shared.six(a);
      else throw new TypeError("setTransform: 6 numbers or one matrix were expected");
      if (all(...six)) native.setTransform(this.#id, ...six);
    }
    resetTransform() { native.setTransform(this.#id, 1, 0, 0, 1, 0, 0); }

    // --- Compositing and shadows ---
    get globalAlpha() { return this.#state.alpha; }
    set globalAlpha(value) {
      value = +value;
      if (!all(value) || value < 0 || value > 1) return;
      this.#state.alpha = value;
      native.setAlpha(this.#id, value);
    }
    get globalCompositeOperation() { return this.#state.composite; }
    set globalCompositeOperation(value) {
      value = text(value);
      if (options.oldWeChat && UNKNOWN_OLD.includes(value)) {
        shared.warn(`globalCompositeOperation '${value}' is drawn as source-over by older WeChat clients`);
        value = "source-over";
      }
      if (native.setComposite(this.#id, value)) this.#state.composite = value;
    }
    #tellShadow() { native.setShadow(this.#id, this.#state.blur, this.#state.x, this.#state.y); }
    get shadowColor() { return this.#state.shadow; }
    set shadowColor(value) { this.#state.shadow = native.setColor(this.#id, 2, text(value)) ?? this.#state.shadow; }
    get shadowBlur() { return this.#state.blur; }
    set shadowBlur(value) {
      value = +value;
      if (!all(value) || value < 0) return;
      this.#state.blur = value;
      this.#tellShadow();
    }
    get shadowOffsetX() { return this.#state.x; }
    set shadowOffsetX(value) {
      value = +value;
      if (!all(value)) return;
      this.#state.x = value;
      this.#tellShadow();
    }
    get shadowOffsetY() { return this.#state.y; }
    set shadowOffsetY(value) {
      value = +value;
      if (!all(value)) return;
      this.#state.y = value;
      this.#tellShadow();
    }
    get filter() { return this.#state.filter; }
    set filter(value) {
      value = text(value).trim();
      if (!styles.isFilter(value)) return;
      this.#state.filter = value;
      if (value !== "none") shared.warn("filter is not drawn: no platform's open data domain has it");
    }

    // --- Styles ---
    #setStyle(which, value) {
      const name = which ? "stroke" : "fill";
      if (styles.isGradient(value) || styles.isPattern(value)) {
        this.#state[name] = value;
        if (which) this.#strokeVersion = -1;
        else this.#fillVersion = -1;
        return;
      }
      const color = native.setColor(this.#id, which, text(value));
      if (color !== undefined) this.#state[name] = color;
    }
    get fillStyle() { return this.#state.fill; }
    set fillStyle(value) { this.#setStyle(0, value); }
    get strokeStyle() { return this.#state.stroke; }
    set strokeStyle(value) { this.#setStyle(1, value); }
    /** A gradient may have been given stops since it was set. */
    #inked() {
      const style = this.#state.fill;
      if (typeof style === "string") return;
      const version = styles.version(style);
      if (version === this.#fillVersion) return;
      styles.tell(this.#id, false, style);
      this.#fillVersion = version;
    }
    #lined() {
      const style = this.#state.stroke;
      if (typeof style === "string") return;
      const version = styles.version(style);
      if (version === this.#strokeVersion) return;
      styles.tell(this.#id, true, style);
      this.#strokeVersion = version;
    }
    createLinearGradient(x0, y0, x1, y1) {
      need(arguments.length, 4, "createLinearGradient");
      return styles.linear(...[x0, y0, x1, y1].map((value) => finite(value, "createLinearGradient")));
    }
    createRadialGradient(x0, y0, r0, x1, y1, r1) {
      need(arguments.length, 6, "createRadialGradient");
      const at = [x0, y0, r0, x1, y1, r1].map((value) => finite(value, "createRadialGradient"));
      if (at[2] < 0 || at[5] < 0) throw new DOMException("createRadialGradient: radii of at least 0 were expected", "IndexSizeError");
      return styles.radial(...at);
    }
    createConicGradient(angle, x, y) {
      need(arguments.length, 3, "createConicGradient");
      return styles.conic(...[angle, x, y].map((value) => finite(value, "createConicGradient")));
    }
    createPattern(image, repetition) {
      need(arguments.length, 2, "createPattern");
      if (repetition === null) repetition = "";
      repetition = text(repetition);
      const found = source(image, "createPattern");
      if (repetition === "") repetition = "repeat";
      if (!["repeat", "repeat-x", "repeat-y", "no-repeat"].includes(repetition)) {
        throw new DOMException(`createPattern: repeat, repeat-x, repeat-y or no-repeat was expected, found '${repetition}'`, "SyntaxError");
      }
      if (found === null) return null;
      const [x, y] = [repetition === "repeat" || repetition === "repeat-x", repetition === "repeat" || repetition === "repeat-y"];
      return styles.pattern(native.newPattern(found.src, found.canvas, x, y));
    }

    // --- Lines ---
    #tellLine() {
      const { width, lineCap, lineJoin, miter } = this.#state;
      native.setLine(this.#id, width, lineCap, lineJoin, miter);
    }
    get lineWidth() { return this.#state.width; }
    set lineWidth(value) {
      value = +value;
      if (!all(value) || value <= 0) return;
      this.#state.width = value;
      this.#tellLine();
    }
    get miterLimit() { return this.#state.miter; }
    set miterLimit(value) {
      value = +value;
      if (!all(value) || value <= 0) return;
      this.#state.miter = value;
      this.#tellLine();
    }
    setLineDash(segments) {
      need(arguments.length, 1, "setLineDash");
      if (typeof segments?.[Symbol.iterator] !== "function" || typeof segments === "string") throw new TypeError("setLineDash: a list was expected");
      const list = Array.from(segments, Number);
      if (!list.every((length) => Number.isFinite(length) && length >= 0)) return;
      this.#state.dashes = list.length % 2 ? [...list, ...list] : list;
      native.setDash(this.#id, this.#state.dashes, this.#state.dashOffset);
    }
    getLineDash() { return [...this.#state.dashes]; }
    get lineDashOffset() { return this.#state.dashOffset; }
    set lineDashOffset(value) {
      value = +value;
      if (!all(value)) return;
      this.#state.dashOffset = value;
      native.setDash(this.#id, this.#state.dashes, value);
    }

    // --- Rectangles ---
    clearRect(x, y, width, height) {
      need(arguments.length, 4, "clearRect");
      [x, y, width, height] = [+x, +y, +width, +height];
      if (all(x, y, width, height)) drawn(native.clearRect(this.#id, x, y, width, height));
    }
    fillRect(x, y, width, height) {
      need(arguments.length, 4, "fillRect");
      [x, y, width, height] = [+x, +y, +width, +height];
      if (!all(x, y, width, height)) return;
      this.#inked();
      drawn(native.fillRect(this.#id, x, y, width, height));
    }
    strokeRect(x, y, width, height) {
      need(arguments.length, 4, "strokeRect");
      [x, y, width, height] = [+x, +y, +width, +height];
      if (!all(x, y, width, height)) return;
      this.#lined();
      drawn(native.strokeRect(this.#id, x, y, width, height));
    }

    // --- Paths ---
    beginPath() { native.beginPath(this.#id); }
    fill(first = undefined, second = undefined) {
      const path = shared.isPath(first) ? shared.pathId(first) : 0;
      if ((typeof first === "object" || arguments.length > 1) && path === 0) throw new TypeError("fill: a Path2D was expected");
      const evenOdd = rule(path ? second : first, "fill");
      this.#inked();
      drawn(native.fill(this.#id, path, evenOdd));
    }
    stroke(path = undefined) {
      if (arguments.length > 0 && !shared.isPath(path)) throw new TypeError("stroke: a Path2D was expected");
      this.#lined();
      drawn(native.stroke(this.#id, path ? shared.pathId(path) : 0));
    }
    clip(first = undefined, second = undefined) {
      const path = shared.isPath(first) ? shared.pathId(first) : 0;
      if ((typeof first === "object" || arguments.length > 1) && path === 0) throw new TypeError("clip: a Path2D was expected");
      if (!native.clip(this.#id, path, rule(path ? second : first, "clip"))) {
        throw new RangeError("clip: too many clips hold; each needs a save() before it, and a restore() after it");
      }
    }
    isPointInPath(...args) {
      const path = shared.isPath(args[0]) ? shared.pathId(args.shift()) : 0;
      need(args.length, 2, "isPointInPath");
      const [x, y] = [+args[0], +args[1]];
      const evenOdd = rule(args[2], "isPointInPath");
      const id = this.#id;
      return all(x, y) && native.inPath(id, path, x, y, evenOdd);
    }
    isPointInStroke(...args) {
      const path = shared.isPath(args[0]) ? shared.pathId(args.shift()) : 0;
      need(args.length, 2, "isPointInStroke");
      if (path === 0 && args.length > 2) throw new TypeError("isPointInStroke: a Path2D was expected");
      const [x, y] = [+args[0], +args[1]];
      return all(x, y) && native.inStroke(this.#id, path, x, y);
    }
    drawFocusIfNeeded() {}

    // --- Text ---
    get font() { return this.#state.font; }
    set font(value) {
      const css = native.setFont(this.#id, text(value));
      if (css === undefined) return;
      this.#state.font = css;
      this.#state.fontVariantCaps = "normal";
      // Lengths in em are of the font that is set.
      this.#state.letters = native.length(this.#id, this.#state.letterSpacing) ?? 0;
      this.#state.words = native.length(this.#id, this.#state.wordSpacing) ?? 0;
      this.#tellText();
    }
    #tellText() {
      const { textAlign, textBaseline, direction, letters, words } = this.#state;
      const isRightToLeft = direction === "rtl" || (direction === "inherit" && this.#inherits);
      native.setText(this.#id, textAlign, textBaseline, isRightToLeft, letters, words);
      native.setKerning(this.#id, this.#state.fontKerning !== "none");
      native.setCapitals(this.#id, this.#state.fontVariantCaps);
    }
    /** What `inherit` means may have changed since it was told: it is the canvas's own. */
    #directed() {
      this.#inherits = shared.isRightToLeft(this.#canvas);
      this.#hasDirection ||= this.#inherits;
      if (this.#hasDirection) this.#tellText();
    }
    #setSpacing(name, own, value) {
      value = text(value).trim();
      if (/^[+-]?0+(?:\.0*)?$/.test(value)) value = "0px";
      const length = native.length(this.#id, value);
      if (length === undefined) return;
      const [, number, unit] = /^(.*?)([a-z]+)$/i.exec(value);
      [this.#state[name], this.#state[own]] = [`${Number(number)}${unit.toLowerCase()}`, length];
      this.#tellText();
    }
    get lang() { return this.#state.lang; }
    set lang(value) { this.#state.lang = text(value); }
    get letterSpacing() { return this.#state.letterSpacing; }
    set letterSpacing(value) { this.#setSpacing("letterSpacing", "letters", value); }
    get wordSpacing() { return this.#state.wordSpacing; }
    set wordSpacing(value) { this.#setSpacing("wordSpacing", "words", value); }
    fillText(value, x, y, most = undefined) {
      need(arguments.length, 3, "fillText");
      [value, x, y] = [text(value), +x, +y];
      most = most === undefined ? Infinity : +most;
      if (!all(x, y) || Number.isNaN(most) || most === -Infinity) return;
      this.#directed();
      this.#inked();
      drawn(native.text(this.#id, value, x, y, most, false));
    }
    strokeText(value, x, y, most = undefined) {
      need(arguments.length, 3, "strokeText");
      [value, x, y] = [text(value), +x, +y];
      most = most === undefined ? Infinity : +most;
      if (!all(x, y) || Number.isNaN(most) || most === -Infinity) return;
      this.#directed();
      this.#lined();
      drawn(native.text(this.#id, value, x, y, most, true));
    }
    measureText(value) {
      need(arguments.length, 1, "measureText");
      this.#directed();
      return shared.textMetrics(native.measure(this.#id, text(value)));
    }

    // --- Pictures ---
    get imageSmoothingEnabled() { return this.#state.smooth; }
    set imageSmoothingEnabled(value) {
      this.#state.smooth = Boolean(value);
      native.setSmooth(this.#id, this.#state.smooth);
      this.#fillVersion = this.#strokeVersion = -1;
    }
    drawImage(image, ...args) {
      need(arguments.length, 3, "drawImage");
      if (![2, 4].includes(args.length) && args.length < 8) {
        throw new TypeError(`drawImage: 3, 5 or 9 arguments were expected, found ${arguments.length}`);
      }
      const numbers = args.slice(0, 8).map(Number);
      const found = source(image, "drawImage");
      if (found === null || !numbers.every(Number.isFinite)) return;
      const { width, height } = found;
      let list;
      if (numbers.length === 2) list = [0, 0, width, height, ...numbers, width, height];
      else if (numbers.length === 4) list = [0, 0, width, height, ...numbers];
      else list = numbers;
      if (list[2] === 0 || list[3] === 0) return;
      if (found.canvas) drawn(native.drawCanvas(this.#id, found.canvas, list));
      else drawn(native.drawPicture(this.#id, found.src, list));
    }

    // --- Pixels ---
    createImageData(first, second = undefined, settings = undefined) {
      void this.#id;
      need(arguments.length, 1, "createImageData");
      if (arguments.length === 1) {
        if (!shared.isImageData(first)) throw new TypeError("createImageData: an ImageData or a size was expected");
        return shared.imageData(first.width, first.height, { space: first.colorSpace, format: first.pixelFormat });
      }
      const [width, height] = [long(first, "createImageData"), long(second, "createImageData")];
      if (width === 0 || height === 0) throw new DOMException("createImageData: sides other than 0 were expected", "IndexSizeError");
      return shared.imageData(Math.abs(width), Math.abs(height), shared.pixelSettings(settings, this.#settings.colorSpace));
    }
    getImageData(x, y, width, height, settings = undefined) {
      need(arguments.length, 4, "getImageData");
      [x, y, width, height] = [x, y, width, height].map((value) => long(value, "getImageData"));
      if (width === 0 || height === 0) throw new DOMException("getImageData: sides other than 0 were expected", "IndexSizeError");
      if (width < 0) [x, width] = [x + width, -width];
      if (height < 0) [y, height] = [y + height, -height];
      settings = shared.pixelSettings(settings, this.#settings.colorSpace);
      if (width * height > 16777216 * 4) throw new RangeError("getImageData: more pixels than can be given");
      const buffer = native.getImageData(this.#id, x, y, width, height);
      drawn(buffer !== undefined);
      return shared.imageData(width, height, settings, shared.fromCanvas(new Uint8ClampedArray(buffer), settings));
    }
    putImageData(data, x, y, left = undefined, top = undefined, width = undefined, height = undefined) {
      need(arguments.length, 3, "putImageData");
      if (!shared.isImageData(data)) throw new TypeError("putImageData: an ImageData was expected");
      [x, y] = [long(x, "putImageData"), long(y, "putImageData")];
      let dirty = [0, 0, data.width, data.height];
      if (arguments.length > 3) {
        need(arguments.length, 7, "putImageData");
        [left, top, width, height] = [left, top, width, height].map((value) => long(value, "putImageData"));
        if (width < 0) [left, width] = [left + width, -width];
        if (height < 0) [top, height] = [top + height, -height];
        const [right, bottom] = [Math.min(left + width, data.width), Math.min(top + height, data.height)];
        dirty = [Math.max(left, 0), Math.max(top, 0), right, bottom];
      }
      if (dirty[0] >= dirty[2] || dirty[1] >= dirty[3]) return;
      const { buffer, byteOffset, length } = shared.forCanvas(data);
      const bytes = new Uint8Array(buffer, byteOffset, length);
      drawn(native.putImageData(this.#id, bytes, [data.width, data.height], [x, y], dirty));
    }
    static enumerated(context, name) { return context.#state[name]; }
    static setEnumerated(context, name, value) {
      value = text(value);
      if (!ENUMS[name].includes(value)) return;
      context.#state[name] = value;
      if (name === "lineCap" || name === "lineJoin") context.#tellLine();
      else context.#tellText();
    }
  }
  const { id, enumerated, setEnumerated } = CanvasRenderingContext2D;
  for (const name of ["id", "enumerated", "setEnumerated"]) delete CanvasRenderingContext2D[name];
  for (const name of Object.keys(ENUMS)) {
    Object.defineProperty(CanvasRenderingContext2D.prototype, name, {
      get() { return enumerated(this, name); },
      set(value) { setEnumerated(this, name, value); },
      configurable: true,
    });
  }
  Object.assign(CanvasRenderingContext2D.prototype, shared.pathMethods(id));
  shared.expose(CanvasRenderingContext2D);
  if (options.oldWeChat) {
    for (const name of ["clip", "isPointInPath", "isPointInStroke", "lineDashOffset"]) delete CanvasRenderingContext2D.prototype[name];
  }
  shared.context = (canvas, id, settings) => new CanvasRenderingContext2D(key, canvas, id, settings);
}
