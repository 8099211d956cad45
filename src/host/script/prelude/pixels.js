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
  const SPACES = ["srgb", "display-p3"];
  const FORMATS = { "rgba-unorm8": Uint8ClampedArray, "rgba-float16": Float16Array };
  const one = (value, words, otherwise, what) => {
    if (value === undefined) return otherwise;
    value = text(value);
    if (!words.includes(value)) throw new TypeError(`${what}: ${words.join(" or ")} was expected, found '${value}'`);
    return value;
  };
  /** What pixels are said to be (HTML, "ImageDataSettings"). */
  const settingsOf = (settings, ownSpace = "srgb") => {
    if (settings !== undefined && settings !== null && typeof settings !== "object") {
      throw new TypeError(`ImageData: settings were expected, found a ${typeof settings}`);
    }
    const format = one(settings?.pixelFormat, Object.keys(FORMATS), "rgba-unorm8", "pixelFormat");
    return { space: one(settings?.colorSpace, SPACES, ownSpace, "colorSpace"), format };
  };

  // --- From the canvas's sRGB bytes to what is asked for, and back ---
  const TO_P3 = [0.8224619687143629, 0.17753803128563708, 0, 0.03319419885096161, 0.9668058011490384, 0, 0.0170826307211199,
    0.07239744066396346, 0.9105199286149165];
  const FROM_P3 = [1.2249401762805598, -0.22494017628055996, 0, -0.042056954709688163, 1.0420569547096881, 0,
    -0.019637554590334432, -0.07863604555063188, 1.0982736001409663];
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const encoded = (value) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
  /** Pixels by another format and through a matrix, each channel from 0 to `from` there and to `to` here. */
  const converted = (data, type, from, to, matrix) => {
    const result = new type(data.length);
    for (let at = 0; at < data.length; at += 4) {
      let rgb = [data[at] / from, data[at + 1] / from, data[at + 2] / from];
      if (matrix) {
        const [r, g, b] = rgb.map(linear);
        rgb = [0, 3, 6].map((row) => encoded(matrix[row] * r + matrix[row + 1] * g + matrix[row + 2] * b));
      }
      for (let channel = 0; channel < 3; channel++) result[at + channel] = rgb[channel] * to;
      result[at + 3] = data[at + 3] / from * to;
    }
    return result;
  };
  const isPlain = (space, format) => space === "srgb" && format === "rgba-unorm8";
  const scale = (format) => (format === "rgba-float16" ? 1 : 255);
  /** Bytes of a canvas as pixels of settings. */
  shared.fromCanvas = (data, { space, format }) => isPlain(space, format) ? data
    : converted(data, FORMATS[format], 255, scale(format), space === "srgb" ? null : TO_P3);
  /** Pixels as bytes for a canvas. */
  shared.forCanvas = (pixels) => {
    const { data, colorSpace, pixelFormat } = pixels;
    return isPlain(colorSpace, pixelFormat) ? data
      : converted(data, Uint8ClampedArray, scale(pixelFormat), 255, colorSpace === "srgb" ? null : FROM_P3);
  };

  class ImageData {
    #space = "srgb";
    #format = "rgba-unorm8";
    #width;
    #height;
    #data;
    constructor(first, second, third, fourth, own) {
      if (first === key) {
        [this.#width, this.#height, this.#data] = [second, third, fourth];
        [this.#space, this.#format] = [own.space, own.format];
      } else if (Object.values(FORMATS).some((type) => first instanceof type)) {
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
        const { space, format } = settingsOf(fourth);
        if (!(first instanceof FORMATS[format])) {
          throw new DOMException(`ImageData: ${format} was expected, found data of another format`, "InvalidStateError");
        }
        [this.#space, this.#format] = [space, format];
      } else {
        need(arguments.length, 2, "ImageData");
        const { space, format } = settingsOf(third);
        [this.#space, this.#format] = [space, format];
        [this.#width, this.#height] = [side(first, "width"), side(second, "height")];
        if (this.#width * this.#height > most) throw new DOMException("ImageData: too large", "IndexSizeError");
        this.#data = new FORMATS[format](this.#width * this.#height * 4);
      }
      // It is the same object for ever; its bytes may change.
      Object.defineProperty(this, "data", { value: this.#data, enumerable: true });
    }
    static is(value) { return typeof value === "object" && value !== null && #data in value; }
    get width() { return this.#width; }
    get height() { return this.#height; }
    get colorSpace() { return this.#space; }
    get pixelFormat() { return this.#format; }
  }
  shared.isImageData = ImageData.is;
  delete ImageData.is;
  shared.expose(ImageData);
  shared.pixelSettings = settingsOf;
  shared.imageData = (width, height, settings, data) => {
    if (width * height > most) throw new RangeError("ImageData: too large");
    return new ImageData(key, width, height, data ?? new FORMATS[settings.format](width * height * 4), settings);
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
