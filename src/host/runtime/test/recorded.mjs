// A 2D context that writes down what is drawn, for a domain that has no real one: letters are half as wide as they are high.

/** `context` is for a phone's canvas, `calls` are what was drawn since `calls.length` was 0: name and arguments. */
export function recorded({ lacks = [] } = {}) {
  const calls = [];
  const gradient = { addColorStop() {} };
  const sizeOf = (font) => Number(/([\d.]+)px/.exec(font)[1]);
  const context = {
    font: "10px sans-serif",
    globalAlpha: 1,
    measureText(text) {
      const size = sizeOf(this.font);
      return { width: (text.length * size) / 2, fontBoundingBoxAscent: size * 0.8, fontBoundingBoxDescent: size * 0.2 };
    },
    createLinearGradient: () => gradient,
    createRadialGradient: () => gradient,
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    getImageData: (x, y, width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    putImageData() {},
  };
  let matrix = [1, 0, 0, 1, 0, 0];
  const saved = [];
  const rounded = (value) => Math.round(value * 100) / 100;
  const at = (x, y) => [rounded(matrix[0] * x + matrix[2] * y + matrix[4]), rounded(matrix[1] * x + matrix[3] * y + matrix[5])];
  const drawing = ["beginPath", "closePath", "moveTo", "lineTo", "rect", "quadraticCurveTo"];
  for (const name of [...drawing, "bezierCurveTo", "clip", "fill", "stroke", "strokeText", "drawImage"]) {
    context[name] = () => undefined;
  }
  context.save = () => void saved.push(matrix);
  context.restore = () => void (matrix = saved.pop() ?? matrix);
  context.setTransform = (...all) => void (matrix = all);
  // Boxes and letters, where they come to be on the canvas.
  context.fillText = (text, x, y) => void calls.push(["fillText", text, ...at(x, y), context.font]);
  context.fillRect = (x, y, width, height) => void calls.push(["fillRect", ...at(x, y), rounded(width), rounded(height)]);
  context.clearRect = (...all) => void calls.push(["clearRect", ...all]);
  for (const name of lacks) delete context[name];
  return { context, calls };
}
