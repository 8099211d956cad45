// satori makes an SVG of boxes with CSS, resvg draws it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import { avatarFile, avatarNames, boardOf, cardOf, fontFile, page, report } from './drawing.mjs';

const fonts = [
  { name: 'Sans', data: fontFile('NotoSans-Regular.ttf'), weight: 400 },
  { name: 'Sans', data: fontFile('NotoSans-Bold.ttf'), weight: 700 },
  { name: 'Han', data: fontFile('NotoSansSC-Regular.otf'), weight: 400 },
];
const avatars = new Map(avatarNames.map((name) => [name, `data:image/png;base64,${avatarFile(name).toString('base64')}`]));
const element = (type, style, props) => ({ type, props: { style, ...props } });
const make = {
  box: (style, children) => element('div', { display: 'flex', ...style }, { children }),
  text: (style, value) => element('div', { display: 'block', ...style }, { children: value }),
  image: (style, src) => element('img', style, { src: avatars.get(src), width: style.width, height: style.height }),
};

const drawing = (of, width, height) => {
  const draw = async (number) => {
    const svg = await satori(of(make, page(number)), { width, height, fonts });
    return new Resvg(svg).render();
  };
  return { pixels: async (number) => (await draw(number)).pixels, png: async (number) => (await draw(number)).asPng(), runs: 10 };
};
const require = createRequire(import.meta.url);
const version = (name) => {
  const main = require.resolve(name);
  const root = main.slice(0, main.indexOf(`/${name}/`) + name.length + 1);
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;
};
await report('satori + resvg', `${version('satori')} + ${version('@resvg/resvg-js')}`, {
  board: drawing(boardOf, 800, 800),
  card: drawing(cardOf, 1200, 630),
});
