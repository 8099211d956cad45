// What a page has beside its canvases, where the open data domain is one: OffscreenCanvas, ImageBitmap, Blob. The other platforms'
// canvases know nothing of these.
(native, shared) => {
  "use strict";
  const { options, define, interfaces } = shared;
  if (options.platform !== "tiktok") return;
  const { need, text, DOMException } = shared.idl;
  const key = {};
  const { toBase64 } = Uint8Array.prototype;
  const canvasType = interfaces.HTMLCanvasElement;

  class Blob {
    #bytes;
    #type;
    constructor(parts = [], settings = undefined) {
      const bytes = [];
      for (const part of parts) {
        if (part instanceof Blob) bytes.push(part.#bytes);
        else if (part instanceof ArrayBuffer) bytes.push(new Uint8Array(part.slice(0)));
        else if (ArrayBuffer.isView(part)) bytes.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice());
        else bytes.push(Uint8Array.from(unescape(encodeURIComponent(text(part))), (letter) => letter.charCodeAt(0)));
      }
      this.#bytes = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of bytes) {
        this.#bytes.set(part, at);
        at += part.length;
      }
      this.#type = settings?.type === undefined ? "" : text(settings.type).toLowerCase();
    }
    get size() { return this.#bytes.length; }
    get type() { return this.#type; }
    async arrayBuffer() { return this.#bytes.slice().buffer; }
    static bytes(blob) { return blob.#bytes; }
    async text() {
      let letters = "";
      for (const byte of this.#bytes) letters += "%" + byte.toString(16).padStart(2, "0");
      return decodeURIComponent(letters);
    }
  }
  const bytesOf = Blob.bytes;
  delete Blob.bytes;
  shared.expose(Blob);

  /** A canvas as a file; nothing where it has no pixels. */
  const blobOf = (canvas, kind, quality) => {
    if (canvas === shared.sharedCanvas) throw new DOMException("the shared canvas can't be read", "SecurityError");
    kind = kind === undefined ? "image/png" : text(kind).toLowerCase();
    if (kind !== "image/jpeg" && kind !== "image/webp") kind = "image/png";
    const [width, height] = shared.canvasSize(canvas);
    if (!width || !height) return null;
    const bytes = native.encoded(shared.canvasId(canvas), kind, typeof quality === "number" ? quality : -1);
    return bytes === undefined ? null : new Blob([bytes], { type: kind });
  };
  define(canvasType.prototype, "toBlob", function toBlob(callback, kind = undefined, quality = undefined) {
    need(arguments.length, 1, "toBlob");
    if (typeof callback !== "function") throw new TypeError("toBlob: a function was expected");
    const blob = blobOf(this, kind, quality);
    shared.soon(() => shared.invoke(callback, undefined, blob));
  });

  class ImageBitmap {
    #canvas;
    constructor(token, canvas) {
      if (token !== key) throw new TypeError("Illegal constructor");
      this.#canvas = canvas;
    }
    static is(value) { return typeof value === "object" && value !== null && #canvas in value; }
    static canvas(bitmap) { return bitmap.#canvas; }
    get width() { return this.#canvas?.width ?? 0; }
    get height() { return this.#canvas?.height ?? 0; }
    close() {
      // Its pixels go at once, not when somebody looks for what is unused.
      if (this.#canvas) this.#canvas.width = 0;
      this.#canvas = null;
    }
  }
  const { is, canvas: canvasOf } = ImageBitmap;
  delete ImageBitmap.is;
  delete ImageBitmap.canvas;
  shared.expose(ImageBitmap);
  /** What drawImage() and createPattern() draw in its place: nothing once it is closed. */
  shared.bitmapCanvas = (value) => (is(value) ? canvasOf(value) : undefined);

  const drawnOn = (width, height, draw) => {
    let canvas;
    try {
      canvas = shared.createCanvas(width, height);
    } catch (error) {
      throw new DOMException(`a bitmap of ${width} by ${height} px: ${error.message}`, "InvalidStateError");
    }
    draw(canvas.getContext("2d"));
    return canvas;
  };
  /** The picture that a file holds. */
  const decoded = (blob) => {
    const size = native.decode(Reflect.apply(toBase64, bytesOf(blob), []));
    if (size === undefined) throw new DOMException("createImageBitmap: the file is no picture", "InvalidStateError");
    return drawnOn(...size, (context) => native.drawDecoded(shared.canvasId(context.canvas)));
  };
  const bitmap = (image, rest) => {
    if (image instanceof Blob) image = decoded(image);
    if (shared.isImageData(image)) {
      const data = image;
      image = drawnOn(data.width, data.height, (context) => context.putImageData(data, 0, 0));
    }
    const read = shared.isImage(image) ? shared.readImage(image) : undefined;
    if (read && !read.loaded) throw new DOMException("createImageBitmap: the picture has not loaded", "InvalidStateError");
    const all = read ?? shared.bitmapCanvas(image) ?? (shared.isCanvas(image) ? image : undefined);
    if (!all) throw new TypeError("createImageBitmap: a picture, a canvas, pixels or a file were expected");
    const part = rest.length >= 4 ? rest.slice(0, 4).map((number) => number | 0) : [0, 0, all.width, all.height];
    const settings = (rest.length >= 4 ? rest[4] : rest[0]) ?? {};
    let [x, y, width, height] = part;
    if (width === 0 || height === 0) throw new RangeError("createImageBitmap: sides other than 0 were expected");
    if (width < 0) [x, width] = [x + width, -width];
    if (height < 0) [y, height] = [y + height, -height];
    const [across, down] = [settings.resizeWidth, settings.resizeHeight].map((side) => (side === undefined ? undefined : Math.trunc(+side) || 0));
    const size = [across ?? (down === undefined ? width : Math.ceil(width * down / height)), down ?? (across === undefined ? height : Math.ceil(height * across / width))];
    if (size.includes(0)) throw new DOMException("createImageBitmap: sides other than 0 were expected", "InvalidStateError");
    return new ImageBitmap(key, drawnOn(...size, (context) => {
      if (settings.imageOrientation === "flipY") context.setTransform(1, 0, 0, -1, 0, size[1]);
      // What is beside the part is no neighbour of its pixels.
      context.drawImage(image, x, y, width, height, 0, 0, ...size);
    }));
  };
  define(globalThis, "createImageBitmap", async function createImageBitmap(image, ...rest) {
    need(arguments.length, 1, "createImageBitmap");
    return bitmap(image, rest);
  });

  class OffscreenCanvas extends canvasType {
    constructor(width, height) {
      need(arguments.length, 2, "OffscreenCanvas");
      super(...shared.ofCanvas(width, height));
    }
    async convertToBlob(settings = {}) {
      const blob = blobOf(this, settings.type, settings.quality);
      if (blob === null) throw new DOMException("convertToBlob: the canvas has no pixels", "IndexSizeError");
      return blob;
    }
    transferToImageBitmap() {
      const [width, height] = shared.canvasSize(this);
      const moved = drawnOn(width, height, (context) => context.drawImage(this, 0, 0));
      // Its pixels are moved: the canvas is empty, and what was set stays.
      native.wipe(shared.canvasId(this));
      return new ImageBitmap(key, moved);
    }
  }
  shared.expose(OffscreenCanvas);
  for (const type of [Blob, ImageBitmap, OffscreenCanvas]) define(globalThis, type.name, type);
}
