// takumi: a layout engine and rasterizer in Rust.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { Renderer } from '@takumi-rs/core';
import { avatarFile, avatarNames, boardOf, cardOf, fontFile, page, report } from './drawing.mjs';

const renderer = new Renderer();
for (const file of ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf', 'NotoSansSC-Regular.otf', 'TwemojiMozilla.ttf']) {
  await renderer.registerFont(fontFile(file));
}
const images = avatarNames.map((name) => ({ src: name, data: avatarFile(name) }));
const make = {
  box: (style, children) => ({ type: 'container', style, children }),
  text: (style, value) => ({ type: 'text', style, text: value }),
  image: (style, src) => ({ type: 'image', style, src }),
};

const drawing = (of, width, height) => {
  const draw = (number, format) => renderer.render(of(make, page(number)), { width, height, format, images });
  return { pixels: (number) => draw(number, 'raw'), png: (number) => draw(number, 'png'), runs: 40 };
};
const main = createRequire(import.meta.url).resolve('@takumi-rs/core');
const { version } = JSON.parse(readFileSync(`${main.slice(0, main.indexOf('/core/'))}/core/package.json`, 'utf8'));
await report('takumi', version, { board: drawing(boardOf, 800, 800), card: drawing(cardOf, 1200, 630) });
