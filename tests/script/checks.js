// What checks of a context stand on. A line of the console is something that is not so; the last one counts the checks.
let count = 0;
const same = (found, expected, what) => {
  count++;
  if (!Object.is(found, expected)) console.log(`${what}: expected ${String(expected)}, found ${String(found)}`);
};
const throws = (run, name, what) => {
  count++;
  try {
    run();
  } catch (error) {
    if (error.name !== name) console.log(`${what}: expected ${name}, found ${error.name}: ${error.message}`);
    return;
  }
  console.log(`${what}: expected ${name}, found nothing thrown`);
};
const create = (width = 100, height = 50) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
};
const fresh = (width, height) => create(width, height).getContext('2d');
const pixel = (ctx, x, y) => [...ctx.getImageData(x, y, 1, 1).data];
const px = (ctx, x, y, expected, what, by = 2) => {
  count++;
  const found = pixel(ctx, x, y);
  if (found.some((channel, index) => Math.abs(channel - expected[index]) > by)) {
    console.log(`${what}: pixel ${x},${y}: expected ${expected}, found ${found}`);
  }
};
const RED = [255, 0, 0, 255], GREEN = [0, 255, 0, 255], BLUE = [0, 0, 255, 255], NONE = [0, 0, 0, 0];
