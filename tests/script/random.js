// Each turn of the timer is one program: calls and assignments with arguments of every kind.
const canvas = TTMinis.game.getSharedCanvas();
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const numbers = [0, 1, -1, 0.5, 7, 20, 33.3, -12, 60, 1e3, 1e5, -1e5, 1e9, 1e20, 1e39, 1e300, NaN, Infinity, -Infinity, 1e-9, -0];
const near = () => Math.random() * 80 - 10;
const number = () => (Math.random() < 0.75 ? near() : pick(numbers));
const texts = ['', 'aß', '王者', '👩‍🚀', 'ab cd', 'שלום', '\ud800', 'x'.repeat(300), '\u0000', 'e\u0301'];
const colors = ['#f00', 'rgba(0,0,255,.3)', 'oklch(.7 .2 90 / .4)', 'transparent', 'nonsense', ''];
const modes = ['source-over', 'copy', 'xor', 'lighter', 'multiply', 'hue', 'destination-atop', 'source-in', 'color-dodge', 'clear', 'bogus'];
const thing = () => pick([number, number, number, () => pick(texts), () => null, () => undefined, () => ({}), () => [], () => true])();
const other = TTMinis.game.createCanvas();
other.width = 17;
other.height = 11;
let ctx = canvas.getContext('2d');
const contexts = [ctx, ctx, other.getContext('2d')];
const styles = () => {
  const kind = Math.random();
  if (kind < 0.5) return pick(colors);
  if (kind < 0.8) {
    const gradient = pick([
      () => ctx.createLinearGradient(near(), near(), near(), near()),
      () => ctx.createRadialGradient(near(), near(), Math.abs(near()), near(), near(), Math.abs(near())),
      () => ctx.createConicGradient(near(), near(), near()),
    ])();
    for (let i = 0; i < 3; i++) gradient.addColorStop(Math.random(), pick(colors.slice(0, 4)));
    return gradient;
  }
  const pattern = ctx.createPattern(other, pick(['repeat', 'repeat-x', 'repeat-y', 'no-repeat']));
  if (pattern) pattern.setTransform({ a: number(), d: number(), e: number(), b: number() });
  return pattern ?? '#000';
};
const path = () => {
  const made = pick([() => new Path2D('M0 0L9 9 A5 6 7 0 1 20 3 Z'), () => new Path2D(), () => new Path2D(pick(texts))])();
  for (let i = 0; i < 3; i++) made[pick(shapes)](number(), number(), number(), number(), number(), number(), number());
  return made;
};
const shapes = ['moveTo', 'lineTo', 'quadraticCurveTo', 'bezierCurveTo', 'arcTo', 'arc', 'ellipse', 'rect', 'roundRect', 'closePath'];
const calls = {
  fillRect: 4, strokeRect: 4, clearRect: 4, moveTo: 2, lineTo: 2, quadraticCurveTo: 4, bezierCurveTo: 6, arcTo: 5, arc: 5, ellipse: 7, rect: 4,
  roundRect: 5, closePath: 0, beginPath: 0, fill: 0, stroke: 0, clip: 0, save: 0, restore: 0, reset: 0, scale: 2, rotate: 1, translate: 2,
  transform: 6, setTransform: 6, resetTransform: 0, isPointInPath: 2, isPointInStroke: 2, getTransform: 0, setLineDash: 1,
};
const step = () => {
  const kind = Math.random();
  if (kind < 0.5) {
    const name = pick(Object.keys(calls));
    const count = calls[name];
    ctx[name](...Array.from({ length: count }, Math.random() < 0.85 ? number : thing));
  } else if (kind < 0.6) {
    ctx[pick(['fillStyle', 'strokeStyle'])] = styles();
  } else if (kind < 0.75) {
    ctx[pick(['globalAlpha', 'lineWidth', 'miterLimit', 'shadowBlur', 'shadowOffsetX', 'shadowOffsetY', 'lineDashOffset'])] = pick([Math.random, number, thing])();
    ctx.globalCompositeOperation = pick(modes);
    ctx.shadowColor = pick(colors);
    ctx.lineCap = pick(['butt', 'round', 'square']);
    ctx.lineJoin = pick(['miter', 'round', 'bevel']);
    ctx.imageSmoothingEnabled = Math.random() < 0.5;
  } else if (kind < 0.85) {
    ctx.font = pick(['12px sans-serif', 'bold 30px x', '0px a', '3000px a', 'italic 1e1px "b"', 'small-caps 9px a', pick(texts)]);
    ctx.textAlign = pick(['left', 'right', 'center', 'start', 'end']);
    ctx.textBaseline = pick(['top', 'middle', 'bottom', 'alphabetic', 'hanging', 'ideographic']);
    ctx.letterSpacing = pick(['0px', '3px', '-2px', '1e9px', '1ic']);
    ctx.fontVariantCaps = pick(['normal', 'small-caps', 'all-small-caps', 'unicase', 'titling-caps']);
    ctx[pick(['fillText', 'strokeText'])](pick(texts), number(), number(), pick([undefined, number()]));
    ctx.measureText(pick(texts));
  } else if (kind < 0.9) {
    pick([() => ctx.fill(path(), pick(['nonzero', 'evenodd'])), () => ctx.stroke(path()), () => ctx.clip(path()), () => ctx.isPointInPath(path(), near(), near()),
      () => ctx.setLineDash([Math.abs(number()), Math.abs(number()), 3])])();
  } else if (kind < 0.96) {
    pick([() => ctx.drawImage(pick([canvas, other]), number(), number()), () => ctx.drawImage(other, number(), number(), number(), number()),
      () => ctx.drawImage(pick([canvas, other]), number(), number(), number(), number(), number(), number(), number(), number())])();
  } else {
    pick([() => ctx.putImageData(ctx.getImageData(near(), near(), 5, 6), near(), near()), () => ctx.putImageData(ctx.createImageData(3, 3, pick([undefined, { pixelFormat: 'rgba-float16' }, { colorSpace: 'display-p3' }])), number(), number(), number(), number(), number(), number()),
      () => { other.width = Math.abs(near()); }, () => ctx.getImageData(number(), number(), near(), near()), () => ctx.createPattern(thing(), thing())])();
  }
};
const known = ['TypeError', 'RangeError', 'IndexSizeError', 'SyntaxError', 'InvalidStateError'];
let program = 0;
const next = () => {
  if (program++ === PROGRAMS) {
    console.log('done');
    return;
  }
  for (const context of contexts) context.reset();
  other.width = 17;
  const calls = 5 + Math.floor(Math.random() * 40);
  for (let i = 0; i < calls; i++) {
    ctx = pick(contexts);
    try {
      step();
    } catch (error) {
      if (!known.includes(error.name)) console.log(program, error.name, error.message, error.stack);
    }
  }
  ctx.getImageData(0, 0, 1, 1);
  setTimeout(next, 10);
};
next();
