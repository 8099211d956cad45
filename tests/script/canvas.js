// What of a context is newer than `context.js`, over `checks.js`.

// --- Clear ---
{
  const ctx = fresh();
  ctx.fillStyle = '#0f0';
  ctx.fillRect(0, 0, 100, 50);
  ctx.beginPath();
  ctx.rect(20, 0, 60, 50);
  ctx.save();
  ctx.clip();
  ctx.globalCompositeOperation = 'clear';
  same(ctx.globalCompositeOperation, 'clear', 'clear is a mode');
  ctx.fillStyle = '#f00';
  ctx.shadowColor = '#00f';
  ctx.shadowOffsetX = 5;
  ctx.fillRect(30, 20, 5, 5);
  px(ctx, 32, 22, NONE, 'clear where something is drawn');
  px(ctx, 70, 40, NONE, 'clear beside it');
  px(ctx, 10, 25, GREEN, 'clear outside of the clip');
  ctx.restore();
  same(ctx.globalCompositeOperation, 'source-over', 'clear goes with its state');
  ctx.fillRect(0, 0, 100, 50);
  px(ctx, 50, 25, GREEN, 'what is drawn after it');
}

// --- A rectangle without one of its sides is a line there and back ---
{
  for (const [join, cap, expected] of [['miter', 'round', NONE], ['bevel', 'square', NONE], ['round', 'butt', GREEN]]) {
    const ctx = fresh();
    [ctx.strokeStyle, ctx.lineWidth, ctx.lineJoin, ctx.lineCap] = ['#0f0', 40, join, cap];
    ctx.strokeRect(30, 25, 40, 0);
    px(ctx, 50, 25, GREEN, `strokeRect without height, ${join}`);
    px(ctx, 20, 25, expected, `its end, ${join} and ${cap}`);
    ctx.clearRect(0, 0, 100, 50);
    ctx.strokeRect(50, 20, 0, 10);
    px(ctx, 50, 5, expected, `strokeRect without width, ${join} and ${cap}`);
  }
}

// --- An arc that is stretched covers each pixel that it should ---
{
  const ctx = fresh();
  ctx.fillStyle = '#0f0';
  ctx.scale(2, 0.5);
  ctx.arc(25, 50, 56, 0, 2 * Math.PI);
  ctx.fill();
  for (const [x, y] of [[0, 0], [99, 0], [0, 49], [99, 49], [50, 25]]) px(ctx, x, y, GREEN, 'a stretched circle', 0);
}

// --- A pixel that falls between two of a picture is the first's ---
{
  const strip = create(2, 1);
  const of = strip.getContext('2d');
  of.fillStyle = '#f00';
  of.fillRect(0, 0, 1, 1);
  of.fillStyle = '#00f';
  of.fillRect(1, 0, 1, 1);
  const ctx = fresh();
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(strip, 0, 0, 5, 1);
  for (const [x, expected] of [RED, RED, RED, BLUE, BLUE].entries()) px(ctx, x, 0, expected, `pixel ${x} of five`, 0);
  ctx.drawImage(strip, 0, 10, 1, 1);
  px(ctx, 0, 10, RED, 'one pixel of two', 0);
}

// --- Gradients between colours of a newer notation are mixed in Oklab ---
{
  const mixed = (color) => {
    const ctx = fresh();
    const gradient = ctx.createLinearGradient(0, 0, 100, 0);
    gradient.addColorStop(0, '#f00');
    gradient.addColorStop(1, color);
    ctx.fillStyle = gradient;
    ctx.fillRect(0, 0, 100, 50);
    return ctx;
  };
  px(mixed('#00f'), 50, 25, [127, 0, 128, 255], 'two of the older notation');
  px(mixed('color(srgb 0 0 1)'), 50, 25, [140, 83, 162, 255], 'one of the newer');
  px(mixed('oklch(0.452 0.313 264)'), 50, 25, [140, 83, 162, 255], 'the same by another of the newer', 4);
  px(mixed('color(srgb 0 0 1)'), 0, 25, [254, 10, 10, 255], 'its start', 12);
  px(mixed('color(srgb 0 0 1)'), 99, 25, [10, 10, 254, 255], 'its end', 14);
  const ctx = fresh();
  const one = ctx.createLinearGradient(0, 0, 100, 0);
  one.addColorStop(0.5, 'color(srgb 0 1 0)');
  ctx.fillStyle = one;
  ctx.fillRect(0, 0, 100, 50);
  px(ctx, 90, 25, GREEN, 'one stop alone');
}

// --- Pixels of another format or space ---
{
  const ctx = fresh();
  ctx.fillStyle = 'rgb(50, 100, 150)';
  ctx.fillRect(0, 0, 100, 50);
  same(ctx.getContextAttributes().colorType, 'unorm8', 'the type of colours of a canvas');
  same(new ImageData(1, 1).pixelFormat, 'rgba-unorm8', 'the format of pixels');
  same(ctx.getImageData(0, 0, 1, 1).pixelFormat, 'rgba-unorm8', 'of those of a canvas');
  const wide = ctx.getImageData(0, 0, 1, 1, { colorSpace: 'display-p3' });
  same(wide.colorSpace, 'display-p3', 'the space that was asked for');
  for (const [index, expected] of [62, 99, 146, 255].entries()) {
    same(Math.abs(wide.data[index] - expected) <= 1, true, `channel ${index} in Display P3: ${wide.data[index]}`);
  }
  const half = ctx.getImageData(0, 0, 1, 1, { pixelFormat: 'rgba-float16' });
  same(half.data instanceof Float16Array, true, 'pixels of half floats');
  same(Math.abs(half.data[1] - 100 / 255) < 0.001, true, 'from 0 to 1');
  for (const pixels of [wide, half]) {
    ctx.clearRect(0, 0, 100, 50);
    ctx.putImageData(pixels, 7, 7);
    px(ctx, 7, 7, [50, 100, 150, 255], `put back, ${pixels.colorSpace}, ${pixels.pixelFormat}`, 1);
    const same1 = ctx.createImageData(pixels);
    same(`${same1.colorSpace} ${same1.pixelFormat}`, `${pixels.colorSpace} ${pixels.pixelFormat}`, 'createImageData of pixels');
  }
  half.data.set([2, -1, NaN, 1]);
  ctx.putImageData(half, 0, 0);
  px(ctx, 0, 0, RED, 'more and less than there is', 0);
  same(ctx.createImageData(1, 1, { pixelFormat: 'rgba-float16' }).data.length, 4, 'createImageData with settings');
  const bytes = new Uint8ClampedArray(4);
  throws(() => new ImageData(bytes, 1, 1, { pixelFormat: 'rgba-float16' }), 'InvalidStateError', 'data of another format');
  throws(() => new ImageData(new Float16Array(4), 1), 'InvalidStateError', 'half floats without their format');
  same(new ImageData(new Float16Array(4), 1, 1, { pixelFormat: 'rgba-float16' }).height, 1, 'half floats with it');
  for (const pixelFormat of ['unorm8', 'rgba8unorm', '']) {
    throws(() => new ImageData(1, 1, { pixelFormat }), 'TypeError', `pixelFormat ${pixelFormat}`);
    throws(() => ctx.getImageData(0, 0, 1, 1, { pixelFormat }), 'TypeError', `getImageData with pixelFormat ${pixelFormat}`);
  }
}

// --- Lengths and capitals of text ---
{
  const ctx = fresh(300, 60);
  ctx.font = '20px sans-serif';
  const width = (text) => ctx.measureText(text).width;
  const before = width('a b');
  ctx.wordSpacing = '1ic';
  same(ctx.wordSpacing, '1ic', 'the width of an ideograph');
  same(Math.abs(width('a b') - before - 20) < 0.01, true, 'is an em');
  ctx.wordSpacing = '0px';
  const plain = { Hello: width('Hello'), HELLO: width('HELLO') };
  const at = (size, text) => {
    ctx.save();
    ctx.font = `${size}px sans-serif`;
    const found = width(text);
    ctx.restore();
    return found;
  };
  const close = (found, expected, what) => same(Math.abs(found - expected) < 0.35, true, `${what}: expected ${expected}, found ${found}`);
  ctx.fontVariantCaps = 'small-caps';
  close(width('Hello'), at(20, 'H') + at(14, 'ELLO'), 'small-caps');
  close(width('HELLO'), plain.HELLO, 'small-caps leave capitals');
  ctx.fontVariantCaps = 'all-small-caps';
  close(width('Hello'), at(14, 'HELLO'), 'all-small-caps');
  ctx.fontVariantCaps = 'unicase';
  close(width('Hello'), at(14, 'H') + at(20, 'ello'), 'unicase');
  ctx.fontVariantCaps = 'titling-caps';
  close(width('Hello'), plain.Hello, 'titling-caps');
  ctx.font = 'small-caps 20px sans-serif';
  same(ctx.fontVariantCaps, 'normal', 'a font that is set takes capitals back');
  close(width('Hello'), at(20, 'H') + at(14, 'ELLO'), 'small-caps of a font');
  ctx.fontVariantCaps = 'all-small-caps';
  close(width('Hello'), at(14, 'HELLO'), 'what is set over the font');
  ctx.font = '20px sans-serif';
  close(width('Hello'), plain.Hello, 'a font without');
  ctx.fontVariantCaps = 'small-caps';
  ctx.fillText('hhh', 0, 40);
  same(ctx.getImageData(0, 0, 50, 60).data.some((byte) => byte > 0), true, 'small capitals are drawn');
  same(ctx.getImageData(0, 0, 50, 28).data.every((byte) => byte === 0), true, 'and are small');
}

// --- A canvas has a direction of its own ---
{
  const ctx = fresh();
  ctx.font = '20px sans-serif';
  ctx.fillText('III', 50, 30);
  px(ctx, 40, 23, NONE, 'text goes to the right');
  const left = () => ctx.measureText('III').actualBoundingBoxLeft > 5;
  same(left(), false, 'nothing on its left');
  ctx.canvas.setAttribute('dir', 'RTL');
  same(left(), true, 'it starts on the right of a canvas with a direction');
  ctx.direction = 'ltr';
  same(left(), false, 'the direction of the context is before it');
  ctx.direction = 'inherit';
  ctx.save();
  ctx.canvas.removeAttribute('dir');
  same(left(), false, 'the direction is taken away');
  ctx.canvas.setAttribute('dir', 'rtl');
  ctx.restore();
  ctx.reset();
  same(left(), true, 'reset leaves it');
}

// --- Bitmaps of files ---
{
  const small = create(2, 1);
  const of = small.getContext('2d');
  [of.fillStyle] = ['#0f0'];
  of.fillRect(0, 0, 1, 1);
  const blob = new Promise((resolve) => small.toBlob(resolve));
  const wait = async () => {
    const bitmap = await createImageBitmap(await blob);
    same(`${bitmap.width}x${bitmap.height}`, '2x1', 'a bitmap of a file');
    const ctx = fresh();
    ctx.drawImage(bitmap, 0, 0);
    px(ctx, 0, 0, GREEN, 'what was in it', 0);
    px(ctx, 1, 0, NONE, 'and what was not', 0);
    const part = await createImageBitmap(await blob, 0, 0, 1, 1, { resizeWidth: 10, resizeHeight: 10 });
    ctx.drawImage(part, 20, 20);
    px(ctx, 25, 25, GREEN, 'a part of it, larger', 0);
    const pixels = new ImageData(20, 20);
    same((await createImageBitmap(pixels, 4294967400, 0, 4294967306, 10)).width, 10, 'numbers are of 32 bits');
    const vast = createImageBitmap(pixels, { resizeHeight: 2122252543 });
    await vast.then(() => same(0, 1, 'a vast bitmap'), (error) => same(error.name, 'InvalidStateError', 'a vast bitmap'));
    for (const bad of [new Blob([]), new Blob(['no picture'], { type: 'image/png' })]) {
      await createImageBitmap(bad).then(() => same(0, 1, 'a bitmap of no picture'), (error) => same(error.name, 'InvalidStateError', 'a bitmap of no picture'));
    }
  };
  wait().then(() => console.log(`${count} checks`), (error) => console.log(String(error)));
}
