// Pictures: createImage() of the platforms, and Image where there is one.
(native, shared) => {
  "use strict";
  const { hooks } = shared;
  const { text } = shared.idl;
  const loading = new Map();
  let number = 0;
  class Image {
    #src = "";
    #loaded = false;
    #broken = false;
    #number = 0;
    #natural = [0, 0];
    #size = [undefined, undefined];
    #listeners = { load: [], error: [] };
    onload = null;
    onerror = null;
    constructor(width, height) {
      if (width !== undefined) this.width = width;
      if (height !== undefined) this.height = height;
    }
    get src() { return this.#src; }
    set src(value) {
      this.#src = text(value);
      loading.delete(this.#number);
      this.#loaded = this.#broken = false;
      this.#natural = [0, 0];
      this.#number = ++number;
      loading.set(this.#number, this);
      shared.goOn(native.image(this.#number, this.#src));
    }
    get width() { return this.#size[0] ?? this.#natural[0]; }
    set width(value) { this.#size[0] = Math.trunc(+value) || 0; }
    get height() { return this.#size[1] ?? this.#natural[1]; }
    set height(value) { this.#size[1] = Math.trunc(+value) || 0; }
    get naturalWidth() { return this.#natural[0]; }
    get naturalHeight() { return this.#natural[1]; }
    get complete() { return this.#src === "" || this.#loaded || this.#broken; }
    getAttribute(name) { return text(name).toLowerCase() === "src" && this.#src !== "" ? this.#src : null; }
    setAttribute(name, value) { if (text(name).toLowerCase() === "src") this.src = value; }
    removeAttribute(name) {
      if (text(name).toLowerCase() !== "src") return;
      loading.delete(this.#number);
      [this.#src, this.#loaded, this.#broken, this.#natural] = ["", false, false, [0, 0]];
    }
    addEventListener(type, listener) {
      const list = this.#listeners[type];
      if (list && typeof listener === "function" && !list.includes(listener)) list.push(listener);
    }
    removeEventListener(type, listener) {
      const list = this.#listeners[type];
      if (list?.includes(listener)) list.splice(list.indexOf(listener), 1);
    }
    decode() {
      if (this.#loaded) return Promise.resolve();
      return new Promise((resolve, reject) => {
        this.addEventListener("load", () => resolve());
        this.addEventListener("error", () => reject(new shared.idl.DOMException("the picture could not be decoded", "EncodingError")));
      });
    }
    static read(image) {
      return { src: image.#src, loaded: image.#loaded, broken: image.#broken, width: image.#natural[0], height: image.#natural[1] };
    }
    static is(value) { return typeof value === "object" && value !== null && #src in value; }
    static done(image, width, height) {
      const failed = typeof width === "string";
      image.#loaded = !failed;
      image.#broken = failed;
      if (!failed) image.#natural = [width, height];
      const type = failed ? "error" : "load";
      const event = { type, target: image, currentTarget: image };
      if (failed) event.errMsg = width;
      shared.invoke(image["on" + type], image, event);
      for (const listener of [...image.#listeners[type]]) shared.invoke(listener, image, event);
    }
  }
  const { read, is, done } = Image;
  for (const name of ["read", "is", "done"]) delete Image[name];
  hooks.image = (id, width, height) => {
    const image = loading.get(id);
    loading.delete(id);
    if (image) done(image, width, height);
  };
  shared.expose(Image, "HTMLImageElement");
  shared.Image = Image;
  shared.isImage = is;
  shared.readImage = read;
}
