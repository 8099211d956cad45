// ImageData and TextMetrics.
(native, shared) => {
  "use strict";
  const { need, text, DOMException } = shared.idl;
  const most = 16384 * 16384;
  const side = (value, what) => {
    const number = Math.trunc(+value) >>> 0;
    if (number === 0) throw new DOMException(`ImageData: a ${what} above 0 was expected`, "IndexSizeError");
    return number;
  };
  const key = {};
  /** Bytes are kept as they are given, whatever space they are said to be in. */
  const SPACES = ["srgb", "display-p3"];
  const space = (settings) => {
    if (settings !== undefined && settings !== null && typeof settings !== "object") {
      throw new TypeError(`ImageData: settings were expected, found a ${typeof settings}`);
    }
    const wanted = settings?.colorSpace;
    if (wanted === undefined) return "srgb";
    if (!SPACES.includes(text(wanted))) throw new TypeError(`ImageData: srgb or display-p3 was expected as colorSpace, found '${wanted}'`);
    return text(wanted);
  };
  class ImageData {
    #space = "srgb";
    #width;
    #height;
    #data;
    constructor(first, second, third, settings) {
      if (first === key) {
        [this.#width, this.#height, this.#data] = [second, third, settings];
      } else if (first instanceof Uint8ClampedArray) {
        need(arguments.length, 2, "ImageData");
        const length = first.length;
        if (length === 0 || length % 4 !== 0) {
          throw new DOMException("ImageData: data of 4 bytes a pixel were expected", "InvalidStateError");
        }
        this.#width = side(second, "width");
        if ((length / 4) % this.#width !== 0) throw new DOMException("ImageData: whole rows were expected", "IndexSizeError");
        this.#height = length / 4 / this.#width;
        if (third !== undefined && side(third, "height") !== this.#height) {
          throw new DOMException("ImageData: the data have another height", "IndexSizeError");
        }
        this.#data = first;
        this.#space = space(settings);
      } else {
        need(arguments.length, 2, "ImageData");
        this.#space = space(third);
        [this.#width, this.#height] = [side(first, "width"), side(second, "height")];
        if (this.#width * this.#height > most) throw new DOMException("ImageData: too large", "IndexSizeError");
        this.#data = new Uint8ClampedArray(this.#width * this.#height * 4);
      }
      // It is the same object for ever; its bytes may change.
      Object.defineProperty(this, "data", { value: this.#data, enumerable: true });
    }
    static is(value) { return typeof value === "object" && value !== null && #data in value; }
    get width() { return this.#width; }
    get height() { return this.#height; }
    get colorSpace() { return this.#space; }
  }
  shared.isImageData = ImageData.is;
  delete ImageData.is;
  shared.expose(ImageData);
  shared.imageData = (width, height, data) => {
    if (width * height > most) throw new RangeError("ImageData: too large");
    return new ImageData(key, width, height, data ?? new Uint8ClampedArray(width * height * 4));
  };

  const FIELDS = ["width", "actualBoundingBoxLeft", "actualBoundingBoxRight", "fontBoundingBoxAscent", "fontBoundingBoxDescent",
    "actualBoundingBoxAscent", "actualBoundingBoxDescent", "emHeightAscent", "emHeightDescent", "hangingBaseline",
    "alphabeticBaseline", "ideographicBaseline"];
  class TextMetrics {
    #values;
    constructor(token, values) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#values = values;
    }
    static value(metrics, index) { return metrics.#values[index]; }
  }
  const { value } = TextMetrics;
  delete TextMetrics.value;
  FIELDS.forEach((name, index) => {
    Object.defineProperty(TextMetrics.prototype, name, { get() { return value(this, index) || 0; }, configurable: true });
  });
  shared.expose(TextMetrics);
  shared.textMetrics = (values) => new TextMetrics(key, values);
}
