// DOMMatrix (Geometry Interfaces 1), of which a 2D context knows six parts.
(native, shared) => {
  "use strict";
  const { DOMException } = shared.idl;
  const SIX = ["a", "b", "c", "d", "e", "f"];
  const SIXTEEN = ["m11", "m12", "m13", "m14", "m21", "m22", "m23", "m24", "m31", "m32", "m33", "m34", "m41", "m42", "m43", "m44"];
  const PLACES = { a: 0, b: 1, c: 4, d: 5, e: 12, f: 13 };
  const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const times = (one, other) => {
    const product = new Array(16).fill(0);
    for (let column = 0; column < 4; column++) {
      for (let row = 0; row < 4; row++) {
        for (let k = 0; k < 4; k++) product[column * 4 + row] += one[k * 4 + row] * other[column * 4 + k];
      }
    }
    return product;
  };
  const is2D = (m) => [2, 3, 6, 7, 8, 9, 11, 14].every((place) => m[place] === 0) && m[10] === 1 && m[15] === 1;
  const turn = (x, y, z, degrees) => {
    const angle = degrees * Math.PI / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const length = Math.hypot(x, y, z) || 1;
    [x, y, z] = [x / length, y / length, z / length];
    const t = 1 - cos;
    return [t * x * x + cos, t * x * y + sin * z, t * x * z - sin * y, 0, t * x * y - sin * z, t * y * y + cos, t * y * z + sin * x, 0,
      t * x * z + sin * y, t * y * z - sin * x, t * z * z + cos, 0, 0, 0, 0, 1];
  };
  const parsed = (css) => {
    if (css.trim() === "" || css.trim() === "none") return [...IDENTITY];
    const found = /^\s*matrix\(([^)]*)\)\s*$/.exec(css);
    const parts = found?.[1].split(",").map(Number);
    if (!parts || parts.length !== 6 || parts.some((part) => !Number.isFinite(part))) {
      throw new DOMException(`DOMMatrix: 'matrix(a, b, c, d, e, f)' was expected, found '${css.slice(0, 60)}'`, "SyntaxError");
    }
    const m = [...IDENTITY];
    SIX.forEach((name, index) => { m[PLACES[name]] = parts[index]; });
    return m;
  };
  /** The sixteen numbers of anything that a matrix can be made from. */
  const read = (init = undefined) => {
    if (init === undefined || init === null) return [...IDENTITY];
    if (typeof init === "string") return parsed(init);
    if (init instanceof DOMMatrix) return init.toFloat64Array().slice().reduce((list, part) => (list.push(part), list), []);
    if (typeof init !== "object" && typeof init !== "function") throw new TypeError("a matrix was expected");
    if (typeof init[Symbol.iterator] === "function") {
      const parts = Array.from(init, Number);
      if (parts.length === 16) return parts;
      if (parts.length !== 6) throw new TypeError("a matrix has 6 or 16 numbers");
      const m = [...IDENTITY];
      SIX.forEach((name, index) => { m[PLACES[name]] = parts[index]; });
      return m;
    }
    const m = [...IDENTITY];
    SIXTEEN.forEach((name, index) => { if (init[name] !== undefined) m[index] = Number(init[name]); });
    for (const name of SIX) {
      if (init[name] === undefined) continue;
      const value = Number(init[name]);
      const other = init[SIXTEEN[PLACES[name]]];
      if (other !== undefined && !Object.is(Number(other), value) && !(Number(other) === 0 && value === 0)) {
        throw new TypeError(`a matrix's ${name} and ${SIXTEEN[PLACES[name]]} were expected to be the same`);
      }
      m[PLACES[name]] = value;
    }
    return m;
  };
  class DOMPoint {
    constructor(x = 0, y = 0, z = 0, w = 1) { Object.assign(this, { x: +x, y: +y, z: +z, w: +w }); }
    static fromPoint({ x = 0, y = 0, z = 0, w = 1 } = {}) { return new DOMPoint(x, y, z, w); }
    matrixTransform(init = undefined) { return new DOMMatrix(init).transformPoint(this); }
    toJSON() { return { x: this.x, y: this.y, z: this.z, w: this.w }; }
  }
  shared.expose(DOMPoint);

  class DOMMatrix {
    #m;
    #is2D;
    constructor(init) {
      this.#m = read(init);
      this.#is2D = is2D(this.#m);
    }
    static fromMatrix(other) { return new DOMMatrix(other); }
    static fromFloat32Array(array) { return new DOMMatrix(array); }
    static fromFloat64Array(array) { return new DOMMatrix(array); }
    static part(matrix, place) { return matrix.#m[place]; }
    static setPart(matrix, place, value) {
      matrix.#m[place] = Number(value);
      matrix.#is2D = is2D(matrix.#m);
    }
    get is2D() { return this.#is2D; }
    get isIdentity() { return this.#m.every((part, index) => part === IDENTITY[index]); }
    multiply(other) { return new DOMMatrix(times(this.#m, read(other))); }
    multiplySelf(other) { return this.#set(times(this.#m, read(other))); }
    preMultiplySelf(other) { return this.#set(times(read(other), this.#m)); }
    translate(x = 0, y = 0, z = 0) { return new DOMMatrix(this.#m).translateSelf(x, y, z); }
    translateSelf(x = 0, y = 0, z = 0) {
      const by = [...IDENTITY];
      [by[12], by[13], by[14]] = [+x, +y, +z];
      return this.#set(times(this.#m, by));
    }
    scale(x = 1, y = x, z = 1, ox = 0, oy = 0, oz = 0) { return new DOMMatrix(this.#m).scaleSelf(x, y, z, ox, oy, oz); }
    scaleSelf(x = 1, y = x, z = 1, ox = 0, oy = 0, oz = 0) {
      this.translateSelf(ox, oy, oz);
      const by = [...IDENTITY];
      [by[0], by[5], by[10]] = [+x, +y, +z];
      this.#set(times(this.#m, by));
      return this.translateSelf(-ox, -oy, -oz);
    }
    rotate(x = 0, y, z) { return new DOMMatrix(this.#m).rotateSelf(x, y, z); }
    rotateSelf(x = 0, y, z) {
      if (y === undefined && z === undefined) return this.#set(times(this.#m, turn(0, 0, 1, +x)));
      this.#set(times(this.#m, turn(0, 0, 1, +(z ?? 0))));
      this.#set(times(this.#m, turn(0, 1, 0, +(y ?? 0))));
      return this.#set(times(this.#m, turn(1, 0, 0, +x)));
    }
    rotateAxisAngle(x = 0, y = 0, z = 0, angle = 0) { return new DOMMatrix(times(this.#m, turn(+x, +y, +z, +angle))); }
    rotateAxisAngleSelf(x = 0, y = 0, z = 0, angle = 0) { return this.#set(times(this.#m, turn(+x, +y, +z, +angle))); }
    skewX(degrees = 0) { return new DOMMatrix(this.#m).skewXSelf(degrees); }
    skewXSelf(degrees = 0) {
      const by = [...IDENTITY];
      by[4] = Math.tan(+degrees * Math.PI / 180);
      return this.#set(times(this.#m, by));
    }
    skewY(degrees = 0) { return new DOMMatrix(this.#m).skewYSelf(degrees); }
    skewYSelf(degrees = 0) {
      const by = [...IDENTITY];
      by[1] = Math.tan(+degrees * Math.PI / 180);
      return this.#set(times(this.#m, by));
    }
    flipX() { return this.scale(-1, 1); }
    flipY() { return this.scale(1, -1); }
    inverse() { return new DOMMatrix(this.#m).invertSelf(); }
    invertSelf() {
      const m = this.#m;
      const by = m[0] * m[5] - m[1] * m[4];
      if (!this.#is2D || by === 0 || !Number.isFinite(by)) return this.#set(new Array(16).fill(NaN));
      const back = [...IDENTITY];
      [back[0], back[1], back[4], back[5]] = [m[5] / by, -m[1] / by, -m[4] / by, m[0] / by];
      back[12] = -(back[0] * m[12] + back[4] * m[13]);
      back[13] = -(back[1] * m[12] + back[5] * m[13]);
      return this.#set(back);
    }
    transformPoint({ x = 0, y = 0, z = 0, w = 1 } = {}) {
      const at = (row) => this.#m[row] * x + this.#m[4 + row] * y + this.#m[8 + row] * z + this.#m[12 + row] * w;
      return new DOMPoint(at(0), at(1), at(2), at(3));
    }
    toFloat32Array() { return new Float32Array(this.#m); }
    toFloat64Array() { return new Float64Array(this.#m); }
    toJSON() {
      const json = {};
      for (const name of [...SIX, ...SIXTEEN]) json[name] = this[name];
      return { ...json, is2D: this.is2D, isIdentity: this.isIdentity };
    }
    toString() { return `matrix(${SIX.map((name) => this[name]).join(", ")})`; }
    #set(m) {
      this.#m = m;
      this.#is2D = is2D(m);
      return this;
    }
  }
  const { part, setPart } = DOMMatrix;
  delete DOMMatrix.part;
  delete DOMMatrix.setPart;
  [...Object.entries(PLACES), ...SIXTEEN.map((name, index) => [name, index])].forEach(([name, place]) => {
    Object.defineProperty(DOMMatrix.prototype, name, {
      get() { return part(this, place); },
      set(value) { setPart(this, place, value); },
      configurable: true,
    });
  });
  shared.expose(DOMMatrix);
  shared.interfaces.DOMMatrixReadOnly = DOMMatrix;
  /** The six numbers of what a context takes for a matrix. */
  shared.six = (init) => {
    const m = read(init);
    return SIX.map((name) => m[PLACES[name]]);
  };
}
