// What the HTML specification says of a 2D context, section by section, over `checks.js`.

// --- Canvas and context ---
{
  const canvas = document.createElement('canvas');
  same(canvas.width, 300, 'default width');
  same(canvas.height, 150, 'default height');
  const ctx = canvas.getContext('2d');
  same(canvas.getContext('2d'), ctx, 'one context');
  same(ctx.canvas, canvas, 'canvas of the context');
  same(canvas.getContext('webgl'), null, 'no webgl');
  same(Object.prototype.toString.call(ctx), '[object CanvasRenderingContext2D]', 'tag');
  throws(() => canvas.getContext(), 'TypeError', 'getContext()');
  throws(() => new CanvasRenderingContext2D(), 'TypeError', 'constructor');
  ctx.own = 1;
  same(ctx.own, 1, 'expando');
  CanvasRenderingContext2D.prototype.fillGreen = function () { this.fillStyle = '#0f0'; this.fillRect(0, 0, 9, 9); };
  ctx.fillGreen();
  px(ctx, 4, 4, GREEN, 'a method of one’s own');
  delete CanvasRenderingContext2D.prototype.fillGreen;
  for (const [value, expected] of [[120, 120], ['90', 90], [12.9, 12], [-1, 300], ['x', 0], [0, 0], [null, 0]]) {
    canvas.width = value;
    same(canvas.width, expected, `width = ${value}`);
  }
  throws(() => CanvasRenderingContext2D.prototype.fillRect.call({}, 0, 0, 1, 1), 'TypeError', 'fillRect of something else');
}

// --- State ---
{
  const ctx = fresh();
  const attributes = {
    fillStyle: ['#ff0000', '#000000'], strokeStyle: ['#00ff00', '#000000'], globalAlpha: [0.5, 1], lineWidth: [0.5, 1],
    lineCap: ['round', 'butt'], lineJoin: ['round', 'miter'], miterLimit: [0.5, 10], shadowOffsetX: [5, 0], shadowOffsetY: [5, 0],
    shadowBlur: [0.5, 0], shadowColor: ['#ff0000', 'rgba(0, 0, 0, 0)'], globalCompositeOperation: ['copy', 'source-over'],
    font: ['25px serif', '10px sans-serif'], textAlign: ['center', 'start'], textBaseline: ['bottom', 'alphabetic'],
    imageSmoothingEnabled: [false, true], imageSmoothingQuality: ['high', 'low'], lineDashOffset: [3, 0], direction: ['rtl', 'inherit'],
    letterSpacing: ['2px', '0px'], wordSpacing: ['3px', '0px'], fontKerning: ['none', 'auto'], textRendering: ['geometricPrecision', 'auto'],
  };
  for (const [name, [set, initial]] of Object.entries(attributes)) {
    same(ctx[name], initial, `${name} at first`);
    ctx.save();
    ctx[name] = set;
    same(ctx[name], set, `${name} set`);
    ctx.restore();
    same(ctx[name], initial, `${name} restored`);
  }
  ctx.save();
  ctx.setLineDash([1, 2]);
  ctx.translate(5, 6);
  ctx.restore();
  same(ctx.getLineDash().length, 0, 'dashes restored');
  same(ctx.getTransform().e, 0, 'transform restored');
  ctx.restore();
  ctx.restore();
  for (let i = 0; i < 512; i++) ctx.save();
  for (let i = 0; i < 512; i++) ctx.restore();
  ctx.fillStyle = '#0f0';
  ctx.rect(0, 0, 100, 50);
  ctx.save();
  ctx.restore();
  ctx.fill();
  px(ctx, 50, 25, GREEN, 'the path is no part of the state');
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, 1, 1);
  ctx.clip();
  ctx.restore();
  ctx.fillStyle = '#f00';
  ctx.fillRect(0, 0, 100, 50);
  px(ctx, 50, 25, RED, 'the clip is');
  ctx.reset();
  px(ctx, 50, 25, NONE, 'reset');
  same(ctx.fillStyle, '#000000', 'reset fillStyle');
}

// --- What is not a finite number is passed over ---
{
  const ctx = fresh();
  ctx.fillStyle = '#0f0';
  ctx.fillRect(0, 0, 100, 50);
  ctx.fillStyle = '#f00';
  for (const bad of [NaN, Infinity, -Infinity]) {
    ctx.fillRect(bad, 0, 100, 50);
    ctx.fillRect(0, 0, 100, bad);
    ctx.clearRect(0, bad, 100, 50);
    ctx.strokeRect(0, 0, bad, 50);
    ctx.translate(bad, 0);
    ctx.scale(bad, 1);
    ctx.rotate(bad);
    ctx.transform(1, 0, 0, 1, bad, 0);
    ctx.setTransform(1, 0, 0, 1, 0, bad);
    ctx.fillText('x', bad, 0);
    ctx.globalAlpha = bad;
    ctx.lineWidth = bad;
    ctx.miterLimit = bad;
    ctx.shadowBlur = bad;
    ctx.shadowOffsetX = bad;
    ctx.lineDashOffset = bad;
    ctx.setLineDash([1, bad]);
    same(ctx.isPointInPath(bad, 0), false, 'isPointInPath(NaN)');
  }
  px(ctx, 50, 25, GREEN, 'nothing was drawn');
  same(ctx.getTransform().isIdentity, true, 'nothing was transformed');
  for (const [name, value] of Object.entries({ globalAlpha: 1, lineWidth: 1, miterLimit: 10, shadowBlur: 0, shadowOffsetX: 0, lineDashOffset: 0 })) {
    same(ctx[name], value, `${name} after what is not finite`);
  }
  same(ctx.getLineDash().length, 0, 'dashes after what is not finite');
  for (const [name, bad, initial] of [['globalAlpha', 1.1, 1], ['globalAlpha', -0.1, 1], ['lineWidth', 0, 1], ['lineWidth', -1, 1],
    ['miterLimit', 0, 10], ['shadowBlur', -1, 0], ['lineCap', 'Round', 'butt'], ['lineCap', 'bevel', 'butt'], ['lineJoin', 'mitre', 'miter'],
    ['textAlign', 'middle', 'start'], ['textBaseline', 'center', 'alphabetic'], ['globalCompositeOperation', 'Source-Over', 'source-over'],
    ['direction', 'LTR', 'inherit'], ['letterSpacing', '2', '0px'], ['font', '', '10px sans-serif']]) {
    ctx[name] = bad;
    same(ctx[name], initial, `${name} = ${bad}`);
  }
  for (const [name, text, value] of [['globalAlpha', '0.5', 0.5], ['lineWidth', ' 1e1 ', 10], ['miterLimit', true, 1], ['shadowBlur', null, 0]]) {
    ctx[name] = text;
    same(ctx[name], value, `${name} = ${JSON.stringify(text)}`);
  }
}

// --- Too few arguments ---
{
  const ctx = fresh();
  for (const [name, least] of Object.entries({ fillRect: 4, clearRect: 4, strokeRect: 4, moveTo: 2, lineTo: 2, quadraticCurveTo: 4,
    bezierCurveTo: 6, arcTo: 5, arc: 5, ellipse: 7, rect: 4, roundRect: 4, scale: 2, rotate: 1, translate: 2, transform: 6, fillText: 3,
    strokeText: 3, measureText: 1, drawImage: 3, createLinearGradient: 4, createRadialGradient: 6, createConicGradient: 3, createPattern: 2,
    createImageData: 1, getImageData: 4, putImageData: 3, setLineDash: 1, isPointInPath: 2, isPointInStroke: 2 })) {
    throws(() => ctx[name](...new Array(least - 1).fill(1)), 'TypeError', `${name} with ${least - 1} arguments`);
  }
}

// --- Rectangles ---
{
  const ctx = fresh();
  ctx.fillStyle = '#0f0';
  ctx.fillRect(100, 50, -100, -50);
  px(ctx, 1, 1, GREEN, 'fillRect to the left and up');
  ctx.clearRect(60, 40, -20, -20);
  px(ctx, 50, 30, NONE, 'clearRect to the left and up');
  px(ctx, 61, 30, GREEN, 'beside it');
  ctx.globalAlpha = 0.1;
  ctx.globalCompositeOperation = 'destination-over';
  ctx.shadowColor = '#f00';
  ctx.shadowOffsetX = 3;
  ctx.clearRect(0, 0, 10, 10);
  px(ctx, 5, 5, NONE, 'clearRect looks at no alpha');
  const thin = fresh();
  thin.strokeStyle = '#0f0';
  thin.lineWidth = 10;
  thin.strokeRect(20, 25, 60, 0);
  px(thin, 50, 25, GREEN, 'strokeRect without height is a line');
  thin.clearRect(0, 0, 100, 50);
  thin.strokeRect(50, 25, 0, 0);
  px(thin, 50, 25, NONE, 'strokeRect without size is nothing');
  thin.lineJoin = 'round';
  thin.strokeRect(20, 10, 60, 30);
  px(thin, 20, 25, GREEN, 'strokeRect');
  px(thin, 50, 25, NONE, 'its inside');
  px(thin, 15, 5, NONE, 'its round corner');
  const ctx2 = fresh();
  ctx2.fillRect(0, 0, 0, 50);
  ctx2.fillRect(0, 0, 50, 0);
  px(ctx2, 0, 0, NONE, 'fillRect without a side');
  ctx2.rect(0, 0, 100, 50);
  ctx2.fillStyle = '#f00';
  ctx2.fillRect(0, 0, 10, 10);
  ctx2.fillStyle = '#0f0';
  ctx2.fill();
  px(ctx2, 90, 40, GREEN, 'fillRect leaves the path');
}

// --- Transforms ---
{
  const ctx = fresh();
  ctx.translate(100, 50);
  ctx.rotate(Math.PI);
  ctx.scale(2, 3);
  const m = ctx.getTransform();
  for (const [name, value] of Object.entries({ a: -2, d: -3, e: 100, f: 50 })) {
    count++;
    if (Math.abs(m[name] - value) > 1e-9) console.log(`getTransform().${name}: ${m[name]}`);
  }
  ctx.fillStyle = '#0f0';
  ctx.fillRect(0, 0, 50, 17);
  px(ctx, 50, 25, GREEN, 'order of transforms');
  ctx.setTransform(1, 0, 0, 1, 5, 6);
  same(ctx.getTransform().e, 5, 'setTransform');
  ctx.setTransform({ a: 2, d: 2, e: 1 });
  same(ctx.getTransform().a, 2, 'setTransform of a dictionary');
  ctx.setTransform(new DOMMatrix([1, 2, 3, 4, 5, 6]));
  same(ctx.getTransform().b, 2, 'setTransform of a DOMMatrix');
  ctx.setTransform();
  same(ctx.getTransform().isIdentity, true, 'setTransform of nothing');
  throws(() => ctx.setTransform(1, 2), 'TypeError', 'setTransform(1, 2)');
  throws(() => ctx.setTransform({ a: 1, m11: 2 }), 'TypeError', 'setTransform of what contradicts itself');
  ctx.transform(1, 2, 3, 4, 5, 6);
  ctx.resetTransform();
  same(ctx.getTransform().isIdentity, true, 'resetTransform');
  const matrix = ctx.getTransform();
  matrix.e = 50;
  same(ctx.getTransform().e, 0, 'getTransform is a copy');
  const path = fresh();
  path.fillStyle = '#0f0';
  path.moveTo(0, 0);
  path.translate(100, 0);
  path.lineTo(0, 0);
  path.translate(0, 50);
  path.lineTo(0, 0);
  path.lineTo(-100, 0);
  path.fill();
  px(path, 50, 25, GREEN, 'a path keeps its place while the transform changes');
  const flat = fresh();
  flat.fillStyle = '#f00';
  flat.scale(0, 1);
  flat.fillRect(0, 0, 100, 50);
  flat.rect(0, 0, 100, 50);
  flat.fill();
  flat.stroke();
  flat.fillText('x', 0, 20);
  px(flat, 0, 25, NONE, 'a plane that is flat shows nothing');
  const skew = new DOMMatrix().translate(1, 2).scale(3).rotate(90).inverse();
  same(skew.is2D, true, 'DOMMatrix is 2D');
  same(new DOMMatrix('matrix(1, 2, 3, 4, 5, 6)').f, 6, 'DOMMatrix of CSS');
  throws(() => new DOMMatrix('nonsense'), 'SyntaxError', 'DOMMatrix of nonsense');
}

// --- Compositing ---
{
  // Half transparent blue on yellow of three quarters, each mode by its formula.
  const [s, d] = [[0, 0, 1, 0.5], [1, 1, 0, 0.75]];
  const modes = {
    'source-over': [1, 1 - s[3]], 'destination-over': [1 - d[3], 1], 'source-in': [d[3], 0], 'destination-in': [0, s[3]],
    'source-out': [1 - d[3], 0], 'destination-out': [0, 1 - s[3]], 'source-atop': [d[3], 1 - s[3]], 'destination-atop': [1 - d[3], s[3]],
    xor: [1 - d[3], 1 - s[3]], copy: [1, 0], lighter: [1, 1],
  };
  for (const [mode, [fs, fd]] of Object.entries(modes)) {
    const ctx = fresh();
    ctx.fillStyle = 'rgba(255, 255, 0, 0.75)';
    ctx.fillRect(0, 0, 100, 50);
    ctx.globalCompositeOperation = mode;
    same(ctx.globalCompositeOperation, mode, `globalCompositeOperation ${mode}`);
    ctx.fillStyle = 'rgba(0, 0, 255, 0.5)';
    ctx.fillRect(0, 0, 50, 50);
    const alpha = Math.min(1, s[3] * fs + d[3] * fd);
    const channel = (i) => (alpha ? Math.min(1, s[i] * s[3] * fs + d[i] * d[3] * fd) / alpha * 255 : 0);
    px(ctx, 25, 25, [channel(0), channel(1), channel(2), alpha * 255], mode, 5);
    const clears = ['source-in', 'source-out', 'destination-in', 'destination-atop', 'copy'].includes(mode);
    px(ctx, 75, 25, clears ? NONE : [255, 255, 0, 191], `${mode} beside the source`, 3);
  }
  const blends = {
    multiply: (a, b) => a * b, screen: (a, b) => a + b - a * b, darken: Math.min, lighten: Math.max,
    difference: (a, b) => Math.abs(a - b), exclusion: (a, b) => a + b - 2 * a * b,
    overlay: (a, b) => (b <= 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b)),
    'hard-light': (a, b) => (a <= 0.5 ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b)),
    'color-dodge': (a, b) => (b === 0 ? 0 : a === 1 ? 1 : Math.min(1, b / (1 - a))),
    'color-burn': (a, b) => (b === 1 ? 1 : a === 0 ? 0 : 1 - Math.min(1, (1 - b) / a)),
  };
  const [own, below] = [[51, 102, 204], [204, 153, 77]];
  for (const [mode, blend] of Object.entries(blends)) {
    const ctx = fresh();
    ctx.fillStyle = `rgb(${below})`;
    ctx.fillRect(0, 0, 100, 50);
    ctx.globalCompositeOperation = mode;
    ctx.fillStyle = `rgb(${own})`;
    ctx.fillRect(0, 0, 100, 50);
    px(ctx, 50, 25, [...own.map((channel, i) => 255 * blend(channel / 255, below[i] / 255)), 255], mode, 2);
  }
  for (const mode of ['soft-light', 'hue', 'saturation', 'color', 'luminosity']) {
    const ctx = fresh();
    ctx.globalCompositeOperation = mode;
    same(ctx.globalCompositeOperation, mode, mode);
  }
  const ctx = fresh();
  ctx.fillStyle = '#0f0';
  ctx.fillRect(0, 0, 100, 50);
  ctx.beginPath();
  ctx.rect(20, 20, 60, 10);
  ctx.clip();
  ctx.globalCompositeOperation = 'copy';
  ctx.fillStyle = '#00f';
  ctx.fillRect(0, 0, 50, 50);
  px(ctx, 10, 25, GREEN, 'copy outside of the clip');
  px(ctx, 30, 25, BLUE, 'copy inside');
  px(ctx, 70, 25, NONE, 'copy inside of the clip, beside the source');
  const alpha = fresh();
  alpha.globalAlpha = 0.5;
  alpha.fillStyle = '#f00';
  alpha.fillRect(0, 0, 100, 50);
  px(alpha, 50, 25, [255, 0, 0, 128], 'globalAlpha');
}

// --- Colours ---
{
  const ctx = fresh();
  const colors = {
    '#0f0': '#00ff00', '#0F08': 'rgba(0, 255, 0, 0.533)', '#00ff00': '#00ff00', '#00ff0080': 'rgba(0, 255, 0, 0.5)', LIME: '#00ff00',
    ' lime ': '#00ff00', 'rgb(0,255,0)': '#00ff00', 'rgb(0 255 0)': '#00ff00', 'rgb(0%, 100%, 0%)': '#00ff00', 'rgb(-1, 300, 0)': '#00ff00',
    'rgb(0, 254.6, 0)': '#00ff00', 'rgba(0, 255, 0, 0.45)': 'rgba(0, 255, 0, 0.45)', 'rgba(0, 255, 0, 50%)': 'rgba(0, 255, 0, 0.5)',
    'rgba(0,255,0,2)': '#00ff00', 'rgba(0,255,0,-1)': 'rgba(0, 255, 0, 0)', 'hsl(120, 100%, 50%)': '#00ff00', 'hsl(480, 100%, 50%)': '#00ff00',
    'hsl(-240deg 100% 50%)': '#00ff00', 'hsla(120, 100%, 50%, .25)': 'rgba(0, 255, 0, 0.25)', 'hsl(120, 200%, 50%)': '#00ff00',
    'hwb(120 0% 0%)': '#00ff00', transparent: 'rgba(0, 0, 0, 0)', currentColor: '#000000', 'rgb(0 255 0 / .5)': 'rgba(0, 255, 0, 0.5)',
    'RGB(0,255,0)': '#00ff00', 'rgb( 0 , 255 , 0 )': '#00ff00', rebeccapurple: '#663399',
    'rgba(0, 255, 0)': '#00ff00', 'hsl(.333333turn 100% 50%)': '#00ff00',
  };
  for (const [text, expected] of Object.entries(colors)) {
    ctx.fillStyle = '#123456';
    ctx.fillStyle = text;
    same(ctx.fillStyle, expected, `fillStyle = ${text}`);
  }
  for (const bad of ['', '#0', '#00', '#00000', '#0000000', '#ggg', 'nocolor', 'rgb(0, 255)', 'rgb(0, 255, 0, 1, 1)', 'rgb(0, 255, 0%)',
    'rgb(0, 255, 0 / 1)', 'rgb(0 255, 0)', 'rgb(0px, 0, 0)', 'hsl(0, 1, 1)', 'hsl(100%, 100%, 50%)', 'rgb (0, 255, 0)', 'url(x)', 'inherit', '#0f0 #f00']) {
    ctx.fillStyle = '#123456';
    ctx.fillStyle = bad;
    same(ctx.fillStyle, '#123456', `fillStyle = ${bad}`);
  }
  for (const bad of [undefined, null, 5, {}, []]) {
    ctx.strokeStyle = '#123456';
    ctx.strokeStyle = bad;
    same(ctx.strokeStyle, '#123456', `strokeStyle = ${JSON.stringify(bad)}`);
  }
  ctx.fillStyle = { toString: () => '#0f0' };
  same(ctx.fillStyle, '#00ff00', 'fillStyle = what becomes a text');
  throws(() => { ctx.fillStyle = Symbol('x'); }, 'TypeError', 'fillStyle = a symbol');
}

// --- Gradients and patterns ---
{
  const ctx = fresh();
  const linear = ctx.createLinearGradient(0, 0, 100, 0);
  same(Object.prototype.toString.call(linear), '[object CanvasGradient]', 'gradient');
  ctx.fillStyle = linear;
  same(ctx.fillStyle, linear, 'fillStyle is the same gradient');
  ctx.fillRect(0, 0, 100, 50);
  px(ctx, 50, 25, NONE, 'a gradient without stops');
  linear.addColorStop(0, '#f00');
  linear.addColorStop(1, '#00f');
  ctx.fillRect(0, 0, 100, 50);
  px(ctx, 50, 25, [126, 0, 129, 255], 'a gradient that got its stops afterwards', 3);
  px(ctx, 0, 25, [254, 0, 1, 255], 'its start', 3);
  for (const [offset, error] of [[-0.1, 'IndexSizeError'], [1.1, 'IndexSizeError'], [NaN, 'TypeError'], [Infinity, 'TypeError']]) {
    throws(() => linear.addColorStop(offset, '#f00'), error, `addColorStop(${offset})`);
  }
  throws(() => linear.addColorStop(0, 'nocolor'), 'SyntaxError', 'addColorStop of no colour');
  throws(() => linear.addColorStop(0), 'TypeError', 'addColorStop(0)');
  for (const call of ['createLinearGradient', 'createRadialGradient', 'createConicGradient']) {
    const least = { createLinearGradient: 4, createRadialGradient: 6, createConicGradient: 3 }[call];
    const list = new Array(least).fill(0);
    list[least - 1] = Infinity;
    throws(() => ctx[call](...list), 'TypeError', `${call} of what is not finite`);
  }
  throws(() => ctx.createRadialGradient(0, 0, -1, 0, 0, 1), 'IndexSizeError', 'createRadialGradient with a negative radius');
  const draw = (gradient, ...stops) => {
    const into = fresh();
    into.fillStyle = '#0f0';
    into.fillRect(0, 0, 100, 50);
    stops.forEach(([offset, color]) => gradient.addColorStop(offset, color));
    into.fillStyle = gradient;
    into.fillRect(0, 0, 100, 50);
    return into;
  };
  px(draw(ctx.createLinearGradient(50, 25, 50, 25), [0, '#f00'], [1, '#f00']), 50, 25, GREEN, 'a linear gradient without length');
  px(draw(ctx.createRadialGradient(50, 25, 20, 50, 25, 20), [0, '#f00'], [1, '#f00']), 50, 25, GREEN, 'two circles that are the same');
  const hard = draw(ctx.createLinearGradient(0, 0, 100, 0), [0, '#f00'], [0.5, '#f00'], [0.5, '#00f'], [1, '#00f']);
  px(hard, 45, 25, RED, 'stops at one place, before');
  px(hard, 55, 25, BLUE, 'stops at one place, after');
  const past = draw(ctx.createLinearGradient(40, 0, 60, 0), [0, '#f00'], [1, '#00f']);
  px(past, 5, 25, RED, 'before the start');
  px(past, 95, 25, BLUE, 'beyond the end');
  const see = draw(ctx.createLinearGradient(0, 0, 100, 0), [0, 'rgba(255, 255, 0, 0)'], [1, 'rgba(0, 0, 255, 1)']);
  px(see, 50, 25, [64, 191, 64, 255], 'colours are mixed with their opacity apart', 5);
  const radial = draw(ctx.createRadialGradient(50, 25, 10, 50, 25, 20), [0, '#f00'], [1, '#00f']);
  px(radial, 50, 25, RED, 'inside of the first circle');
  px(radial, 5, 5, BLUE, 'beyond the second circle');
  px(radial, 65, 25, [118, 0, 137, 255], 'between both', 8);
  const cone = draw(ctx.createRadialGradient(30, 25, 5, 70, 25, 15), [0, '#f00'], [1, '#00f']);
  px(cone, 2, 25, GREEN, 'outside of the cone');
  const conic = draw(ctx.createConicGradient(0, 50, 25), [0, '#f00'], [0.5, '#f00'], [0.5, '#00f'], [1, '#00f']);
  px(conic, 50, 45, RED, 'conic: clockwise from the right');
  px(conic, 50, 5, BLUE, 'conic: the second half');

  const tile = create(20, 20);
  const of = tile.getContext('2d');
  of.fillStyle = '#f00';
  of.fillRect(0, 0, 10, 20);
  of.fillStyle = '#00f';
  of.fillRect(10, 0, 10, 20);
  for (const [repeat, right, below] of [['repeat', RED, RED], ['repeat-x', RED, NONE], ['repeat-y', NONE, RED], ['no-repeat', NONE, NONE], ['', RED, RED], [null, RED, RED]]) {
    const into = fresh();
    const pattern = into.createPattern(tile, repeat);
    into.fillStyle = pattern;
    same(into.fillStyle, pattern, 'fillStyle is the same pattern');
    into.fillRect(0, 0, 100, 50);
    px(into, 5, 5, RED, `${repeat}: the first tile`);
    px(into, 15, 5, BLUE, `${repeat}: its right half`);
    px(into, 25, 5, right, `${repeat}: to the right`);
    px(into, 5, 25, below, `${repeat}: below`);
  }
  throws(() => ctx.createPattern(tile, 'Repeat'), 'SyntaxError', 'createPattern(Repeat)');
  throws(() => ctx.createPattern(null, 'repeat'), 'TypeError', 'createPattern of null');
  throws(() => ctx.createPattern(create(0, 10), 'repeat'), 'InvalidStateError', 'createPattern of an empty canvas');
  const moved = fresh();
  const pattern = moved.createPattern(tile, 'no-repeat');
  pattern.setTransform({ e: 50, f: 10 });
  of.clearRect(0, 0, 20, 20);
  moved.fillStyle = pattern;
  moved.fillRect(0, 0, 100, 50);
  px(moved, 55, 15, RED, 'a pattern’s own transform; its pixels are those of when it was made');
  px(moved, 5, 5, NONE, 'and nothing where it is not');
}

// --- Lines ---
{
  const line = (set, draw) => {
    const ctx = fresh();
    ctx.strokeStyle = '#0f0';
    ctx.lineWidth = 20;
    Object.assign(ctx, set);
    ctx.beginPath();
    draw(ctx);
    ctx.stroke();
    return ctx;
  };
  const flat = (ctx) => { ctx.moveTo(30, 25); ctx.lineTo(70, 25); };
  px(line({ lineCap: 'butt' }, flat), 26, 25, NONE, 'butt');
  px(line({ lineCap: 'square' }, flat), 22, 17, GREEN, 'square');
  px(line({ lineCap: 'round' }, flat), 23, 25, GREEN, 'round');
  px(line({ lineCap: 'round' }, flat), 21, 16, NONE, 'round corner');
  const corner = (ctx) => { ctx.moveTo(20, 30); ctx.lineTo(60, 30); ctx.lineTo(60, 50); };
  px(line({ lineJoin: 'miter' }, corner), 68, 22, GREEN, 'miter');
  px(line({ lineJoin: 'bevel' }, corner), 68, 22, NONE, 'bevel');
  px(line({ lineJoin: 'round' }, corner), 68, 22, NONE, 'round join');
  px(line({ lineJoin: 'round' }, corner), 65, 24, GREEN, 'round join inside');
  px(line({ lineJoin: 'miter', miterLimit: 1 }, corner), 68, 22, NONE, 'miterLimit');
  px(line({ lineCap: 'round' }, (ctx) => { ctx.moveTo(50, 25); ctx.lineTo(50, 25); }), 50, 25, NONE, 'a line without length');
  px(line({}, (ctx) => { ctx.moveTo(50, 25); }), 50, 25, NONE, 'a move alone');
  const dashed = fresh();
  dashed.setLineDash([10, 10]);
  dashed.strokeStyle = '#0f0';
  dashed.lineWidth = 20;
  dashed.moveTo(0, 25);
  dashed.lineTo(100, 25);
  dashed.stroke();
  px(dashed, 5, 25, GREEN, 'a dash');
  px(dashed, 15, 25, NONE, 'a gap');
  dashed.clearRect(0, 0, 100, 50);
  dashed.lineDashOffset = 10;
  dashed.stroke();
  px(dashed, 5, 25, NONE, 'lineDashOffset');
  dashed.setLineDash([1, 2, 3]);
  same(dashed.getLineDash().join(), '1,2,3,1,2,3', 'an odd number of dashes');
  dashed.setLineDash([-1, 2]);
  same(dashed.getLineDash().length, 6, 'a negative dash');
  dashed.setLineDash(['4', null]);
  same(dashed.getLineDash().join(), '4,0', 'dashes of texts');
  throws(() => dashed.setLineDash(5), 'TypeError', 'setLineDash(5)');
  const scaled = fresh();
  scaled.lineWidth = 10;
  scaled.strokeStyle = '#0f0';
  scaled.moveTo(50, 0);
  scaled.lineTo(50, 50);
  scaled.scale(4, 1);
  scaled.stroke();
  px(scaled, 35, 25, GREEN, 'the pen is under the transform');
}

// --- Paths ---
{
  const fill = (draw, rule) => {
    const ctx = fresh();
    ctx.fillStyle = '#0f0';
    ctx.beginPath();
    draw(ctx);
    ctx.fill(rule);
    return ctx;
  };
  px(fill((c) => { c.lineTo(0, 0); c.lineTo(100, 0); c.lineTo(100, 50); c.lineTo(0, 50); }), 50, 25, GREEN, 'lineTo without a subpath');
  px(fill((c) => { c.rect(100, 50, -100, -50); }), 50, 25, GREEN, 'rect to the left and up');
  px(fill((c) => { c.rect(0, 0, 100, 50); c.rect(20, 10, 60, 30); }, 'evenodd'), 50, 25, NONE, 'evenodd');
  px(fill((c) => { c.rect(0, 0, 100, 50); c.rect(20, 10, 60, 30); }), 50, 25, GREEN, 'nonzero');
  px(fill((c) => { c.rect(0, 0, 100, 50); c.rect(80, 10, -60, 30); }), 50, 25, NONE, 'nonzero the other way round');
  px(fill((c) => { c.arc(50, 25, 20, 0, Math.PI * 2); }), 50, 25, GREEN, 'a circle');
  px(fill((c) => { c.arc(50, 25, 20, 0, Math.PI * 2); }), 34, 9, NONE, 'beside a circle');
  px(fill((c) => { c.arc(50, 25, 20, 0, Math.PI); }), 50, 15, NONE, 'half a circle clockwise');
  px(fill((c) => { c.arc(50, 25, 20, 0, Math.PI, true); }), 50, 15, GREEN, 'half a circle the other way');
  px(fill((c) => { c.arc(50, 25, 20, 0, Math.PI * 5); }), 50, 15, GREEN, 'more than a circle');
  px(fill((c) => { c.arc(50, 25, 0, 0, 7); }), 50, 25, NONE, 'a radius of 0');
  px(fill((c) => { c.ellipse(50, 25, 40, 10, 0, 0, 7); }), 85, 25, GREEN, 'an ellipse');
  px(fill((c) => { c.ellipse(50, 25, 40, 10, Math.PI / 2, 0, 7); }), 85, 25, NONE, 'an ellipse that is turned');
  px(fill((c) => { c.moveTo(0, 50); c.quadraticCurveTo(50, -50, 100, 50); }), 50, 10, GREEN, 'a quadratic curve');
  px(fill((c) => { c.moveTo(0, 50); c.bezierCurveTo(0, -10, 100, -10, 100, 50); }), 50, 10, GREEN, 'a cubic curve');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, 20); }), 2, 2, NONE, 'a round corner');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, [0, 20]); }), 2, 2, GREEN, 'two radii: a sharp corner');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, [0, 20]); }), 98, 2, NONE, 'two radii: a round one');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, [0, 0, 0, { x: 30, y: 20 }]); }), 3, 47, NONE, 'four radii');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, [undefined, new DOMPoint(20, 20)]); }), 98, 2, NONE, 'radii as points');
  px(fill((c) => { c.roundRect(0, 0, 100, 50, 1000); }), 50, 2, GREEN, 'radii that are too large');
  px(fill((c) => { c.roundRect(100, 0, -100, 50, [40, 0, 0, 0]); }), 97, 2, NONE, 'a box to the left has its first corner on the right');
  px(fill((c) => { c.moveTo(0, 0); c.arcTo(100, 0, 100, 50, 40); c.lineTo(100, 50); c.lineTo(0, 50); }), 97, 2, NONE, 'arcTo');
  const ctx = fresh();
  for (const [name, list, error] of [['arc', [0, 0, -1, 0, 1], 'IndexSizeError'], ['ellipse', [0, 0, 1, -1, 0, 0, 1], 'IndexSizeError'],
    ['ellipse', [0, 0, -1, 1, 0, 0, 1], 'IndexSizeError'], ['arcTo', [0, 0, 1, 1, -1], 'IndexSizeError'], ['roundRect', [0, 0, 1, 1, -1], 'RangeError'],
    ['roundRect', [0, 0, 1, 1, []], 'RangeError'], ['roundRect', [0, 0, 1, 1, [1, 1, 1, 1, 1]], 'RangeError'], ['roundRect', [0, 0, 1, 1, { x: -1 }], 'RangeError'],
    ['fill', ['Evenodd'], 'TypeError'], ['clip', ['x'], 'TypeError'], ['isPointInPath', [0, 0, 'x'], 'TypeError'], ['stroke', [null], 'TypeError'], ['isPointInStroke', [{}, 1, 1], 'TypeError'], ['setLineDash', [{}], 'TypeError'], ['fill', [{}], 'TypeError']]) {
    throws(() => ctx[name](...list), error, `${name}(${JSON.stringify(list)})`);
  }
  ctx.arc(NaN, 0, -1, 0, 1);
  ctx.roundRect(0, 0, NaN, 1, -1);
  ctx.beginPath();
  ctx.rect(0, 0, 20, 20);
  for (const [x, y, expected] of [[10, 10, true], [30, 10, false], [0, 0, true], [20, 20, true], [20.1, 10, false]]) {
    same(ctx.isPointInPath(x, y), expected, `isPointInPath(${x}, ${y})`);
  }
  ctx.rect(5, 5, 10, 10);
  same(ctx.isPointInPath(10, 10, 'evenodd'), false, 'isPointInPath evenodd');
  same(ctx.isPointInPath(10, 10, 'nonzero'), true, 'isPointInPath nonzero');
  ctx.translate(50, 0);
  same(ctx.isPointInPath(10, 10), true, 'isPointInPath looks at the canvas');
  ctx.resetTransform();
  ctx.lineWidth = 4;
  same(ctx.isPointInStroke(0, 10), true, 'isPointInStroke');
  same(ctx.isPointInStroke(1, 1), true, 'isPointInStroke in a corner');
  same(ctx.isPointInStroke(2.5, 2.5), false, 'isPointInStroke beside it');
  const path = new Path2D('M0 0 h20 v20 h-20 z');
  same(ctx.isPointInPath(path, 10, 10), true, 'isPointInPath of a Path2D');
  same(ctx.isPointInPath(path, 25, 10), false, 'beside it');
  const both = new Path2D(path);
  both.addPath(path, { e: 30 });
  same(ctx.isPointInPath(both, 40, 10), true, 'addPath under a transform');
  same(ctx.isPointInPath(path, 40, 10), false, 'a copy is a copy');
  throws(() => both.addPath({}), 'TypeError', 'addPath of something else');
  const drawn = fresh();
  drawn.fillStyle = '#0f0';
  drawn.rect(50, 0, 50, 50);
  drawn.translate(10, 0);
  drawn.fill(path);
  px(drawn, 15, 10, GREEN, 'fill of a Path2D under the transform');
  px(drawn, 75, 10, NONE, 'and not of the context’s own path');
  const clipped = fresh();
  clipped.rect(20, 10, 60, 30);
  clipped.clip();
  clipped.beginPath();
  clipped.rect(0, 0, 50, 50);
  clipped.clip();
  clipped.fillStyle = '#0f0';
  clipped.fillRect(0, 0, 100, 50);
  px(clipped, 30, 25, GREEN, 'inside of both clips');
  px(clipped, 60, 25, NONE, 'inside of one');
  px(clipped, 5, 25, NONE, 'inside of the other');
  const shut = fresh();
  shut.clip();
  shut.fillRect(0, 0, 100, 50);
  px(shut, 50, 25, NONE, 'the clip of no path lets nothing through');
}

// --- Shadows ---
{
  const shadow = (set, draw) => {
    const ctx = fresh();
    Object.assign(ctx, { shadowColor: '#0f0', shadowOffsetX: 50, fillStyle: '#f00', strokeStyle: '#f00' }, set);
    draw(ctx);
    return ctx;
  };
  const box = (ctx) => ctx.fillRect(0, 0, 50, 50);
  px(shadow({}, box), 75, 25, GREEN, 'a shadow');
  px(shadow({}, box), 25, 25, RED, 'what casts it is over it');
  px(shadow({ shadowOffsetX: 0 }, box), 75, 25, NONE, 'no offset and no blur');
  px(shadow({ shadowColor: 'rgba(0, 255, 0, 0.5)' }, box), 75, 25, [0, 255, 0, 128], 'half a shadow');
  px(shadow({ fillStyle: 'rgba(255, 0, 0, 0.5)' }, box), 75, 25, [0, 255, 0, 128], 'of what is half transparent');
  px(shadow({ globalAlpha: 0.5 }, box), 75, 25, [0, 255, 0, 128], 'under globalAlpha');
  px(shadow({}, (ctx) => { ctx.scale(2, 2); ctx.fillRect(0, 0, 25, 25); }), 75, 25, GREEN, 'the offset is not transformed');
  px(shadow({ lineWidth: 50 }, (ctx) => { ctx.beginPath(); ctx.moveTo(0, 25); ctx.lineTo(50, 25); ctx.stroke(); }), 75, 25, GREEN, 'of a stroke');
  px(shadow({ shadowOffsetX: 0, shadowBlur: 20 }, (ctx) => ctx.fillRect(-50, 0, 100, 50)), 52, 25, [0, 255, 0, 100], 'a blur fades', 60);
  px(shadow({}, (ctx) => { const c = create(50, 50); c.getContext('2d').fillRect(0, 0, 50, 50); ctx.drawImage(c, 0, 0); }), 75, 25, GREEN, 'of a picture');
  px(shadow({}, (ctx) => { ctx.rect(0, 0, 50, 50); ctx.clip(); ctx.fillRect(0, 0, 50, 50); }), 75, 25, NONE, 'clipped');
}

// --- Pictures and pixels ---
{
  const source = create(4, 2);
  const of = source.getContext('2d');
  of.fillStyle = '#f00';
  of.fillRect(0, 0, 2, 2);
  of.fillStyle = '#00f';
  of.fillRect(2, 0, 2, 2);
  const ctx = fresh();
  ctx.drawImage(source, 0, 0);
  px(ctx, 1, 1, RED, 'drawImage with 3 arguments');
  px(ctx, 3, 1, BLUE, 'its other half');
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(source, 0, 0, 100, 50);
  px(ctx, 45, 25, RED, 'drawImage with 5');
  px(ctx, 55, 25, BLUE, 'its other half');
  ctx.drawImage(source, 2, 0, 2, 2, 0, 0, 50, 50);
  px(ctx, 25, 25, BLUE, 'drawImage with 9');
  ctx.clearRect(0, 0, 100, 50);
  ctx.drawImage(source, 4, 2, -4, -2, 100, 50, -100, -50);
  px(ctx, 25, 25, RED, 'negative sides mirror nothing');
  ctx.clearRect(0, 0, 100, 50);
  ctx.drawImage(source, -4, 0, 8, 2, 0, 0, 80, 20);
  px(ctx, 10, 10, NONE, 'a source beyond the picture is clipped');
  px(ctx, 45, 10, RED, 'with its destination');
  ctx.drawImage(source, 0, 0, 0, 2, 0, 0, 100, 50);
  ctx.drawImage(source, 0, 0, NaN, 2);
  px(ctx, 90, 40, NONE, 'a source without a side draws nothing');
  throws(() => ctx.drawImage(null, 0, 0), 'TypeError', 'drawImage of null');
  throws(() => ctx.drawImage({}, 0, 0), 'TypeError', 'drawImage of something else');
  throws(() => ctx.drawImage(source, 0, 0, 1), 'TypeError', 'drawImage with 4 arguments');
  throws(() => ctx.drawImage(create(0, 0), 0, 0), 'InvalidStateError', 'drawImage of an empty canvas');
  const self = fresh();
  self.fillStyle = '#0f0';
  self.fillRect(0, 0, 50, 50);
  self.drawImage(self.canvas, 50, 0);
  px(self, 75, 25, GREEN, 'a canvas on itself');

  const data = ctx.createImageData(2, 3);
  same(data.width, 2, 'createImageData');
  same(data.height, 3, 'createImageData');
  same(data.data.length, 24, 'its bytes');
  same(data.data instanceof Uint8ClampedArray, true, 'they are clamped');
  same(ctx.createImageData(-2, -3).width, 2, 'createImageData of negative sides');
  same(ctx.createImageData(data).height, 3, 'createImageData of another');
  for (const [name, list, error] of [['createImageData', [0, 1], 'IndexSizeError'], ['createImageData', [Infinity, 1], 'TypeError'],
    ['createImageData', [null], 'TypeError'], ['getImageData', [0, 0, 0, 1], 'IndexSizeError'], ['getImageData', [0, 0, 1, 0], 'IndexSizeError'],
    ['getImageData', [NaN, 0, 1, 1], 'TypeError'], ['getImageData', [0, 0, 2 ** 40, 1], 'TypeError'], ['putImageData', [{}, 0, 0], 'TypeError'],
    ['putImageData', [data, NaN, 0], 'TypeError'], ['putImageData', [data, 0, 0, 1], 'TypeError']]) {
    throws(() => ctx[name](...list), error, `${name}(${list})`);
  }
  data.data[0] = 300;
  data.data[1] = -5;
  data.data[2] = 1.5;
  same([...data.data.slice(0, 3)].join(), '255,0,2', 'bytes are clamped and rounded');
  const put = fresh();
  put.fillStyle = '#0f0';
  put.fillRect(0, 0, 100, 50);
  const half = put.createImageData(10, 10);
  for (let i = 0; i < half.data.length; i += 4) half.data.set([255, 0, 0, 128], i);
  put.globalAlpha = 0.1;
  put.translate(50, 0);
  put.beginPath();
  put.rect(0, 0, 1, 1);
  put.clip();
  put.putImageData(half, 5, 5);
  px(put, 10, 10, [255, 0, 0, 128], 'putImageData replaces, whatever the state');
  px(put, 20, 10, GREEN, 'beside it');
  put.putImageData(half, 30, 5, 2, 2, 3, 3);
  px(put, 33, 8, [255, 0, 0, 128], 'the dirty part');
  px(put, 31, 6, GREEN, 'what is not dirty');
  put.putImageData(half, 60, 5, 8, 8, -4, -4);
  px(put, 65, 10, [255, 0, 0, 128], 'a dirty part to the left and up');
  put.putImageData(half, -5, -5);
  px(put, 2, 2, [255, 0, 0, 128], 'beyond the edge');
  const got = put.getImageData(-1, -1, 2, 2).data;
  same([...got.slice(0, 4)].join(), '0,0,0,0', 'getImageData beyond the edge');
  same(got[15], 128, 'and within');
  same(put.getImageData(20, 20, -10, -5).width, 10, 'getImageData of negative sides');
  const image = new ImageData(new Uint8ClampedArray([1, 2, 3, 255, 5, 6, 7, 255]), 1);
  same(image.height, 2, 'ImageData of bytes');
  throws(() => new ImageData(new Uint8ClampedArray(3), 1), 'InvalidStateError', 'ImageData of half a pixel');
  throws(() => new ImageData(new Uint8ClampedArray(12), 2), 'IndexSizeError', 'ImageData of half a row');
  throws(() => new ImageData(0, 1), 'IndexSizeError', 'ImageData without width');
  throws(() => new ImageData(1), 'TypeError', 'ImageData(1)');
  throws(() => new ImageData(1, 1, { colorSpace: 'cmyk' }), 'TypeError', 'ImageData of an unknown space');
  same(new ImageData(1, 1).colorSpace, 'srgb', 'colorSpace');
  same(new ImageData(1, 1, { colorSpace: 'display-p3' }).colorSpace, 'display-p3', 'colorSpace as given');
  same(new ImageData(new Uint8ClampedArray(4), 1, undefined, { colorSpace: 'display-p3' }).colorSpace, 'display-p3', 'colorSpace of given bytes');
  ctx.resetTransform();
  ctx.putImageData(image, 0, 0);
  same(pixel(ctx, 0, 1).join(), '5,6,7,255', 'opaque bytes come back as they were');
  same(create(0, 5).toDataURL(), 'data:,', 'toDataURL of an empty canvas');
  same(create(2, 2).toDataURL().slice(0, 22), 'data:image/png;base64,', 'toDataURL');
}

// --- Text ---
{
  const ctx = fresh();
  const fonts = {
    '20px serif': '20px serif', '20PX SERIF': '20px serif', ' 34px PingFangSC-Regular, sans-serif': '34px PingFangSC-Regular, sans-serif',
    'small-caps italic 400 12px/2 Unknown Font, sans-serif': 'italic small-caps 12px "Unknown Font", sans-serif', 'bold 1em x': 'bold 10px x',
    '24px Arial bold': '24px "Arial bold"', '50% serif': '5px serif', '14.96px Arial': '14.96px Arial',
  };
  for (const [text, expected] of Object.entries(fonts)) {
    ctx.font = '10px sans-serif';
    ctx.font = text;
    same(ctx.font, expected, `font = ${text}`);
  }
  for (const bad of ['', 'bogus', '10px', 'inherit', '10px {bogus}', '10px initial', 'undefinedpx Arial', '1em serif; background: green', '-1px serif']) {
    ctx.font = '25px serif';
    ctx.font = bad;
    same(ctx.font, '25px serif', `font = ${bad}`);
  }
  ctx.font = '20px sans-serif';
  const width = ctx.measureText('hello').width;
  same(width > 30 && width < 70, true, 'measureText');
  same(ctx.measureText('').width, 0, 'measureText of nothing');
  same(ctx.measureText('a\tb\nc').width, ctx.measureText('a b c').width, 'white space is a space');
  same(ctx.measureText('a ').width > ctx.measureText('a').width, true, 'a space at the end counts');
  same(ctx.measureText(12).width, ctx.measureText('12').width, 'a number is its text');
  const metrics = ctx.measureText('A');
  for (const name of ['actualBoundingBoxAscent', 'fontBoundingBoxAscent', 'fontBoundingBoxDescent', 'emHeightAscent', 'emHeightDescent', 'actualBoundingBoxRight']) {
    same(metrics[name] > 0, true, name);
  }
  same(Math.abs(metrics.emHeightAscent + metrics.emHeightDescent - 20) < 1e-6, true, 'the em square is as high as the font');
  same(metrics.alphabeticBaseline, 0, 'alphabeticBaseline');
  ctx.textAlign = 'right';
  same(Math.abs(ctx.measureText('A').actualBoundingBoxLeft - metrics.width - metrics.actualBoundingBoxLeft) < 1e-3, true, 'boxes look at the alignment');
  ctx.textAlign = 'start';
  ctx.letterSpacing = '5px';
  same(Math.abs(ctx.measureText('hello').width - width - 25) < 0.01, true, 'letterSpacing');
  ctx.letterSpacing = '0px';
  ctx.wordSpacing = '7px';
  same(Math.abs(ctx.measureText('a b c').width - 14 - (ctx.wordSpacing = '0px', ctx.measureText('a b c').width)) < 0.01, true, 'wordSpacing');

  const ink = (draw, size = 100) => {
    const into = fresh(size, 50);
    into.font = '40px sans-serif';
    into.fillStyle = '#0f0';
    draw(into);
    const { data } = into.getImageData(0, 0, size, 50);
    let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
    for (let y = 0; y < 50; y++) {
      for (let x = 0; x < size; x++) {
        if (data[(y * size + x) * 4 + 3] < 60) continue;
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      }
    }
    return { left, right, top, bottom };
  };
  const at = (align, baseline) => ink((c) => { c.textAlign = align; c.textBaseline = baseline ?? 'alphabetic'; c.fillText('H', 50, 40); });
  same(at('left').left >= 50, true, 'left');
  same(at('right').right < 50, true, 'right');
  same(Math.abs((at('center').left + at('center').right) / 2 - 49.5) < 1.5, true, 'center');
  same(at('start').left, at('left').left, 'start');
  same(at('end').left, at('right').left, 'end');
  same(at('left').bottom, 39, 'alphabetic: letters stand on the line');
  const down = (baseline) => ink((c) => { c.textBaseline = baseline; c.fillText('H', 0, 25); }).top;
  same(down('top') > down('middle'), true, 'top is lower than middle');
  same(down('middle') > down('alphabetic'), true, 'middle is lower than alphabetic');
  same(ink((c) => { c.direction = 'rtl'; c.fillText('H', 50, 40); }).right < 50, true, 'start of right to left');
  const wide = ink((c) => c.fillText('HHHH', 0, 40, undefined), 200).right;
  same(ink((c) => c.fillText('HHHH', 0, 40, 40), 200).right <= 40, true, 'maxWidth presses text together');
  same(ink((c) => c.fillText('HHHH', 0, 40, 500), 200).right, wide, 'a maxWidth that is not reached');
  for (const none of [0, -1, NaN]) same(ink((c) => c.fillText('H', 0, 40, none)).right, -1, `maxWidth ${none}`);
  same(ink((c) => c.fillText(7, 0, 40)).right > 5, true, 'fillText of a number');
  same(ink((c) => { c.lineWidth = 2; c.strokeText('H', 10, 40); }).right > 10, true, 'strokeText');
  same(ink((c) => { const g = c.createLinearGradient(0, 0, 100, 0); g.addColorStop(0, '#f00'); g.addColorStop(1, '#f00'); c.fillStyle = g; c.fillText('H', 10, 40); }).right > 10, true, 'text of a gradient');
  ctx.letterSpacing = '.5EM';
  same(ctx.letterSpacing, '0.5em', 'letterSpacing in em');
  same(Math.abs(ctx.measureText('hello').width - width - 50) < 0.01, true, 'of the font');
  for (const bad of ['1', '1deg', 'normal', '5%']) {
    ctx.letterSpacing = bad;
    same(ctx.letterSpacing, '0.5em', `letterSpacing = ${bad}`);
  }
  for (const [value, expected] of [[' 3px ', '3px'], ['0', '0px'], ['-1.50px', '-1.5px']]) {
    ctx.letterSpacing = value;
    same(ctx.letterSpacing, expected, `letterSpacing = '${value}'`);
  }
  throws(() => ctx.measureText(Symbol('x')), 'TypeError', 'measureText of a symbol');
}

// --- What is newer than most scripts: colours of other spaces, contexts without transparency, filters ---
{
  const ctx = fresh();
  const colors = {
    'color-mix(in srgb, lime, blue)': 'color(srgb 0 0.5 0.5)', 'color-mix(in srgb, lime 100%, blue)': 'color(srgb 0 1 0)',
    'color(srgb 0 1 0)': 'color(srgb 0 1 0)', 'color(display-p3 1 1 1 / 25%)': 'color(display-p3 1 1 1 / 0.25)',
    'lab(100% 0 0)': 'lab(100 0 0)', 'oklch(50% 25% 0.5turn)': 'oklch(0.5 0.1 180)', 'rgb(from #102030 b g r)': 'color(srgb 0.188235 0.12549 0.062745)',
    'light-dark(#0f0, red)': '#00ff00', 'hwb(120 0% 0% / 0.2)': 'rgba(0, 255, 0, 0.2)', 'rgb(calc(5 * 51) 0 calc(infinity))': '#ff00ff',
  };
  for (const [text, expected] of Object.entries(colors)) {
    ctx.fillStyle = '#123456';
    ctx.fillStyle = text;
    same(ctx.fillStyle, expected, `fillStyle = ${text}`);
  }
  for (const [text, expected] of [['color-mix(in oklab, white, black)', [99, 99, 99, 255]], ['color(xyz 0.9505 1 1.089)', [255, 255, 255, 255]],
    ['color(display-p3 0 0 0)', [0, 0, 0, 255]], ['color(a98-rgb 1 1 1)', [255, 255, 255, 255]], ['color(rec2020 1 1 1)', [255, 255, 255, 255]],
    ['color(prophoto-rgb 1 1 1)', [255, 255, 255, 255]], ['color(srgb-linear 0 0.2158605 0)', [0, 128, 0, 255]], ['lch(54.29% 106.84 40.85)', [255, 0, 0, 255]],
    [`rgb(-${'1'.repeat(330)}, ${'1'.repeat(330)}, 0)`, GREEN]]) {
    ctx.fillStyle = text;
    ctx.fillRect(0, 0, 100, 50);
    px(ctx, 50, 25, expected, text.slice(0, 60));
  }
  const solid = create().getContext('2d', { alpha: false });
  same(solid.getContextAttributes().alpha, false, 'alpha: false is told');
  same(fresh().getContextAttributes().alpha, true, 'alpha is there without settings');
  const black = [0, 0, 0, 255];
  px(solid, 5, 5, black, 'a context without transparency begins black');
  solid.fillStyle = '#0f0';
  solid.fillRect(0, 0, 100, 50);
  solid.clearRect(0, 0, 10, 10);
  px(solid, 5, 5, black, 'cleared to black');
  px(solid, 50, 25, GREEN, 'what was not cleared');
  solid.globalCompositeOperation = 'destination-out';
  solid.globalAlpha = 0.5;
  solid.fillRect(0, 0, 100, 50);
  solid.globalCompositeOperation = 'destination-over';
  solid.globalAlpha = 1;
  solid.fillStyle = '#f00';
  solid.fillRect(0, 0, 100, 50);
  px(solid, 50, 25, [0, 127, 0, 255], 'what is taken away is black at once');
  solid.putImageData(new ImageData(4, 4), 0, 0);
  px(solid, 1, 1, black, 'transparent pixels put are black');
  solid.canvas.width = 100;
  px(solid, 50, 25, black, 'a new size is black');
  throws(() => create().getContext('2d', { colorSpace: 'cmyk' }), 'TypeError', 'a colour space that is none');
  for (const [text, expected] of [['blur(5px)', 'blur(5px)'], ['blur(5)', 'blur(5px)'], ['blur(-1px)', 'blur(5px)'], ['invert(20%) drop-shadow(1px 2px red)', 'invert(20%) drop-shadow(1px 2px red)'],
    ['hue-rotate(90)', 'invert(20%) drop-shadow(1px 2px red)'], ['sepia()', 'sepia()'], ['', 'sepia()'], ['nothing', 'sepia()'], ['none', 'none']]) {
    ctx.filter = text;
    same(ctx.filter, expected, `filter = ${text}`);
  }
  same(ctx.lang, 'inherit', 'lang at first');
  ctx.lang = 'en-US';
  same(ctx.lang, 'en-US', 'lang');
  ctx.reset();
  same(ctx.lang, 'inherit', 'lang after reset');
}

// --- What a shadow, a composite and a point have to do with what is beyond the canvas ---
{
  for (const repeat of ['repeat', 'no-repeat']) {
    const green = create();
    const of = green.getContext('2d');
    of.fillStyle = '#0f0';
    of.fillRect(0, 0, 50, 50);
    const ctx = fresh();
    ctx.shadowColor = '#00f';
    ctx.shadowOffsetX = 200;
    ctx.fillStyle = ctx.createPattern(green, repeat);
    ctx.translate(-200, 0);
    ctx.fillRect(0, 0, 100, 50);
    px(ctx, 25, 25, BLUE, `a pattern (${repeat}) beyond the canvas casts its shadow`);
    px(ctx, 75, 25, NONE, 'what is transparent in it casts none');
  }
  for (const mode of ['source-in', 'source-out', 'destination-in', 'destination-atop', 'copy']) {
    for (const [how, draw] of [['beyond the canvas', (c, i) => c.drawImage(i, 200, 200)], ['of what is beyond the picture', (c, i) => c.drawImage(i, 200, 0, 9, 9, 0, 0, 9, 9)],
      ['turned', (c, i) => { c.rotate(1); c.drawImage(i, 500, 500); }], ['each pixel', (c, i) => { c.imageSmoothingEnabled = false; c.drawImage(i, 500, 500); }]]) {
      const ctx = fresh();
      ctx.fillStyle = '#0f0';
      ctx.fillRect(0, 0, 100, 50);
      ctx.globalCompositeOperation = mode;
      draw(ctx, create());
      px(ctx, 50, 25, NONE, `${mode}: a picture ${how}`);
    }
  }
  const ctx = fresh();
  same(ctx.isPointInPath(0, 0), false, 'nothing is inside of no path');
  ctx.scale(0, 0);
  ctx.rect(-10, -10, 20, 20);
  same(ctx.isPointInPath(0, 0), false, 'nor of what is flat');
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.beginPath();
  ctx.scale(Number.MAX_VALUE, Number.MAX_VALUE);
  ctx.rect(-10, -10, 20, 20);
  same(ctx.isPointInPath(0, 0), true, 'but of what is as large as can be');
  ctx.resetTransform();
  throws(() => ctx.fill(undefined, 'nonzero'), 'TypeError', 'fill of no path, with a rule');
  throws(() => ctx.clip('x', 'nonzero'), 'TypeError', 'clip of a text, with a rule');
  throws(() => ctx.setTransform('x'), 'TypeError', 'setTransform of a text');
  throws(() => CanvasRenderingContext2D.prototype.createImageData.call({}, 1, 1), 'TypeError', 'createImageData of something else');
  throws(() => new ImageData(null, 4, 4), 'TypeError', 'ImageData with settings that are none');
  throws(() => new ImageData(1 << 31, 1 << 31), 'IndexSizeError', 'ImageData as large as can be asked for');
  const canvas = create();
  canvas.setAttribute('width', ' +70em');
  same(canvas.width, 70, 'an attribute is read as a number');
  same(canvas.getAttribute('WIDTH'), ' +70em', 'and given back as it was');
  canvas.width = 80;
  same(canvas.getAttribute('width'), '80', 'until the size is set otherwise');
  canvas.removeAttribute('width');
  same(canvas.width, 300, 'without it the size is the first');
}

// --- Spacing and kerning to the last bit ---
{
  const ctx = fresh();
  ctx.font = '10px sans-serif';
  const natural = ctx.measureText('Hello World, again').width;
  for (const [name, value, more] of [['letterSpacing', '3px', 54], ['letterSpacing', '-2px', -36], ['letterSpacing', '1in', 1728], ['letterSpacing', '1em', 180],
    ['wordSpacing', '5px', 10], ['wordSpacing', '1in', 192]]) {
    ctx[name] = value;
    same(ctx.measureText('Hello World, again').width, natural + more, `${name} ${value}`);
    ctx[name] = '0px';
  }
  ctx.fontKerning = 'none';
  const loose = ctx.measureText('TAWATAVA').width;
  ctx.fontKerning = 'normal';
  same(ctx.measureText('TAWATAVA').width < loose, true, 'letters stand closer where the font says so');
  ctx.font = 'caption';
  same(ctx.font, '16px sans-serif', 'a font of the system comes back as what it is');
}

// --- Sizes that are sums (CSS Values 4, §10) ---
{
  const ctx = fresh();
  for (const [font, expected] of [['calc(10px + 1em) sans-serif', '20px sans-serif'], ['bold calc(2 * (5px + 3pt)) a', 'bold 18px a'],
    ['italic calc(100% / 2)/calc(1 + 1) "b c"', 'italic 5px "b c"'], ['calc(1px - 5px) a', '0px a'], ['calc(10) a', '0px a'], ['calc(1px + 2) a', '0px a'],
    ['calc(1px a', '0px a']]) {
    ctx.font = font;
    same(ctx.font, expected, `font ${font}`);
  }
}

// --- Files, bitmaps and off-screen canvases of a page ---
const pending = [];
{
  const source = create(4, 2);
  const from = source.getContext('2d');
  from.fillStyle = '#0f0';
  from.fillRect(0, 0, 2, 2);
  from.fillStyle = '#f00';
  from.fillRect(2, 0, 2, 1);
  const later = async (what, run) => {
    try {
      await run();
    } catch (error) {
      same(`${error.name}: ${error.message}`, 'nothing thrown', what);
    }
  };
  pending.push(
    later('createImageBitmap', async () => {
      const bitmap = await createImageBitmap(source, 1, 0, 3, 2);
      same(`${bitmap.width} ${bitmap.height} ${bitmap instanceof ImageBitmap}`, '3 2 true', 'its part');
      const ctx = fresh();
      ctx.drawImage(bitmap, 0, 0);
      px(ctx, 0, 0, GREEN, 'its first column');
      px(ctx, 1, 0, RED, 'its second');
      px(ctx, 1, 1, NONE, 'where nothing was drawn');
      bitmap.close();
      same(bitmap.width, 0, 'closed');
      throws(() => ctx.drawImage(bitmap, 0, 0), 'InvalidStateError', 'drawImage of a closed bitmap');
      const turned = fresh();
      turned.drawImage(await createImageBitmap(source, { imageOrientation: 'flipY', resizeWidth: 8 }), 0, 0);
      px(turned, 6, 0, NONE, 'upside down, its first row');
      px(turned, 6, 3, RED, 'upside down, its last row');
      px(turned, 1, 1, GREEN, 'twice as large');
      const pixels = new ImageData(new Uint8ClampedArray([0, 0, 255, 255]), 1, 1);
      turned.drawImage(await createImageBitmap(pixels), 50, 0);
      px(turned, 50, 0, BLUE, 'of pixels');
      for (const [args, name] of [[[null], 'TypeError'], [[source, 0, 0, 0, 1], 'RangeError'], [[], 'TypeError']]) {
        const error = await createImageBitmap(...args).catch((thrown) => thrown);
        same(error.name, name, `createImageBitmap of ${args.length} arguments`);
      }
    }),
    later('OffscreenCanvas', async () => {
      const canvas = new OffscreenCanvas(5, 3);
      same(`${canvas.width} ${canvas.height}`, '5 3', 'its size');
      const ctx = canvas.getContext('2d');
      ctx.fillStyle = '#0f0';
      ctx.fillRect(0, 0, 5, 3);
      const bitmap = canvas.transferToImageBitmap();
      px(ctx, 1, 1, NONE, 'its pixels are moved');
      same(ctx.fillStyle, '#00ff00', 'and its state stays');
      const seen = fresh();
      seen.drawImage(bitmap, 0, 0);
      px(seen, 4, 2, GREEN, 'to a bitmap');
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
      same(blob.type, 'image/jpeg', 'convertToBlob');
      same(new Uint8Array(await blob.arrayBuffer())[0], 0xff, 'the first byte of a JPEG');
    }),
    later('toBlob', async () => {
      const blob = await new Promise((resolve) => source.toBlob(resolve));
      same(blob.type, 'image/png', 'its type');
      same([...new Uint8Array(await blob.arrayBuffer())].slice(1, 4).join(), '80,78,71', 'its signature');
      same(await new Promise((resolve) => create(0, 2).toBlob(resolve)), null, 'of an empty canvas');
      throws(() => source.toBlob(), 'TypeError', 'toBlob without a function');
      throws(() => TTMinis.game.getSharedCanvas().toBlob(() => {}), 'SecurityError', 'toBlob of the shared canvas');
      same(await new Blob(['a', 'é']).text(), 'aé', 'a text');
    }),
  );
}

// --- Images that load ---
{
  const image = new Image();
  same(image.complete, true, 'an image without an address');
  same(image.width, 0, 'its width');
  image.onload = () => {
    const ctx = fresh();
    same(image.complete, true, 'complete');
    same(image.naturalWidth > 0, true, 'naturalWidth');
    ctx.drawImage(image, 0, 0, 50, 50);
    same(pixel(ctx, 25, 25)[3] > 0, true, 'a picture that has loaded');
    const broken = new Image();
    broken.onerror = () => {
      throws(() => ctx.drawImage(broken, 0, 0), 'InvalidStateError', 'drawImage of a broken picture');
      throws(() => ctx.createPattern(broken, 'repeat'), 'InvalidStateError', 'createPattern of a broken picture');
      Promise.all(pending).then(() => console.log(`${count} checks`));
    };
    broken.src = 'none.png';
    same(broken.complete, false, 'not complete');
    ctx.drawImage(broken, 0, 0);
    same(ctx.createPattern(broken, 'repeat'), null, 'createPattern of what has not loaded');
  };
  image.src = 'fox.png';
}
