// Building paths, as a context and Path2D do (HTML, "CanvasPath").
(native, shared) => {
  "use strict";
  const { need, text, DOMException } = shared.idl;
  const all = (...numbers) => numbers.every(Number.isFinite);
  const radius = (value, what) => {
    if (value < 0) throw new DOMException(`${what}: a radius of at least 0 was expected, found ${value}`, "IndexSizeError");
  };
  /** A corner's radii, across and down; nothing where one is not finite. */
  const corner = (value) => {
    let [x, y] = [0, 0];
    // What is not there is a point without its parts.
    if (typeof value === "object" || value === undefined) [x, y] = [+(value?.x ?? 0), +(value?.y ?? 0)];
    else x = y = +value;
    if (!all(x, y)) return undefined;
    if (x < 0 || y < 0) throw new RangeError(`roundRect: radii of at least 0 were expected, found ${x < 0 ? x : y}`);
    return [x, y];
  };
  /** The methods, over what gives the number of an object's path (and throws where it is none). */
  shared.pathMethods = (idOf) => ({
    closePath() { native.closePath(idOf(this)); },
    moveTo(x, y) {
      need(arguments.length, 2, "moveTo");
      native.moveTo(idOf(this), +x, +y);
    },
    lineTo(x, y) {
      need(arguments.length, 2, "lineTo");
      native.lineTo(idOf(this), +x, +y);
    },
    quadraticCurveTo(cx, cy, x, y) {
      need(arguments.length, 4, "quadraticCurveTo");
      native.quadTo(idOf(this), +cx, +cy, +x, +y);
    },
    bezierCurveTo(ax, ay, bx, by, x, y) {
      need(arguments.length, 6, "bezierCurveTo");
      native.cubicTo(idOf(this), [+ax, +ay, +bx, +by, +x, +y]);
    },
    arcTo(cx, cy, x, y, r) {
      need(arguments.length, 5, "arcTo");
      [cx, cy, x, y, r] = [+cx, +cy, +x, +y, +r];
      const id = idOf(this);
      if (!all(cx, cy, x, y, r)) return;
      radius(r, "arcTo");
      native.arcTo(id, cx, cy, x, y, r);
    },
    rect(x, y, width, height) {
      need(arguments.length, 4, "rect");
      [x, y, width, height] = [+x, +y, +width, +height];
      const id = idOf(this);
      if (all(x, y, width, height)) native.rect(id, x, y, width, height);
    },
    roundRect(x, y, width, height, radii = 0) {
      need(arguments.length, 4, "roundRect");
      [x, y, width, height] = [+x, +y, +width, +height];
      const id = idOf(this);
      const isList = typeof radii === "object" && radii !== null && typeof radii[Symbol.iterator] === "function";
      const list = isList ? [...radii] : [radii];
      if (!all(x, y, width, height)) return;
      if (list.length < 1 || list.length > 4) throw new RangeError(`roundRect: 1 to 4 radii were expected, found ${list.length}`);
      const corners = list.map(corner);
      if (corners.includes(undefined)) return;
      const [a, b = a, c = a, d = b] = corners;
      native.roundRect(id, [x, y, width, height, ...a, ...b, ...c, ...d]);
    },
    arc(x, y, r, start, end, back = false) {
      need(arguments.length, 5, "arc");
      [x, y, r, start, end] = [+x, +y, +r, +start, +end];
      const id = idOf(this);
      if (!all(x, y, r, start, end)) return;
      radius(r, "arc");
      native.ellipse(id, [x, y, r, r, 0, start, end], Boolean(back));
    },
    ellipse(x, y, rx, ry, turn, start, end, back = false) {
      need(arguments.length, 7, "ellipse");
      const list = [+x, +y, +rx, +ry, +turn, +start, +end];
      const id = idOf(this);
      if (!list.every(Number.isFinite)) return;
      radius(list[2], "ellipse");
      radius(list[3], "ellipse");
      native.ellipse(id, list, Boolean(back));
    },
  });

  class Path2D {
    #id;
    constructor(from = undefined) {
      const other = from instanceof Path2D ? from.#id : 0;
      this.#id = native.newPath(other);
      shared.freed(this, native.freePath, this.#id);
      if (from !== undefined && other === 0) native.addSvg(this.#id, text(from));
    }
    static id(path) { return path.#id; }
    static is(path) { return typeof path === "object" && path !== null && #id in path; }
  }
  const { id: pathId, is } = Path2D;
  delete Path2D.id;
  delete Path2D.is;
  Object.assign(Path2D.prototype, shared.pathMethods(pathId), {
    addPath(path, transform = undefined) {
      need(arguments.length, 1, "addPath");
      if (!is(path)) throw new TypeError("addPath: a Path2D was expected");
      const six = shared.six(transform);
      const id = pathId(this);
      if (six.every(Number.isFinite)) native.addPath(id, pathId(path), six);
    },
  });
  shared.expose(Path2D);
  shared.pathId = pathId;
  shared.isPath = is;
}
