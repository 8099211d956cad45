// @napi-rs/canvas: Skia behind a 2D context.

import { createRequire } from 'node:module';
import { GlobalFonts, createCanvas, loadImage } from '@napi-rs/canvas';
import { avatarFile, avatarNames, fontFile, page, report } from './drawing.mjs';

for (const [file, name] of [['NotoSans-Regular.ttf', 'Sans'], ['NotoSans-Bold.ttf', 'Bold'], ['NotoSansSC-Regular.otf', 'Han'],
  ['TwemojiMozilla.ttf', 'Emoji']]) {
  GlobalFonts.register(fontFile(file), name);
}
const avatars = new Map(await Promise.all(avatarNames.map(async (name) => [name, await loadImage(avatarFile(name))])));

function text(context, value, x, y, size, color, { bold = false, align = 'left', most = Infinity } = {}) {
  context.font = `${size}px ${bold ? 'Bold' : 'Sans'}, Han, Emoji`;
  context.fillStyle = color;
  context.textAlign = align;
  let shown = value;
  if (context.measureText(shown).width > most) {
    const letters = [...shown];
    while (letters.length > 0 && context.measureText(`${letters.join('')}…`).width > most) letters.pop();
    shown = `${letters.join('')}…`;
  }
  context.fillText(shown, x, y);
}

function avatar(context, name, x, y, size) {
  context.save();
  context.beginPath();
  context.arc(x + size / 2, y + size / 2, size / 2, 0, Math.PI * 2);
  context.clip();
  context.drawImage(avatars.get(name), x, y, size, size);
  context.restore();
}

const medals = ['#ffd700', '#c0c0c0', '#cd7f32'];

function row(context, friend, rank, y, fill, border, medal) {
  context.beginPath();
  context.roundRect(16.5, y + 0.5, 767, 63, 12);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = border;
  context.stroke();
  if (medal) {
    context.beginPath();
    context.arc(52, y + 32, 18, 0, Math.PI * 2);
    context.fillStyle = medal;
    context.fill();
  }
  text(context, String(rank), 52, y + 39, 20, medal ? '#1a1a1a' : '#aab3d0', { bold: true, align: 'center' });
  avatar(context, friend.avatar, 90, y + 2, 60);
  text(context, friend.name, 166, y + 41, 24, '#ffffff', { most: 400 });
  text(context, friend.score, 768, y + 42, 28, '#ffd166', { bold: true, align: 'right' });
}

function board(number) {
  const { rows, own, rank } = page(number);
  const canvas = createCanvas(800, 800);
  const context = canvas.getContext('2d');
  context.fillStyle = '#141a2e';
  context.fillRect(0, 0, 800, 800);
  text(context, 'Leaderboard', 32, 46, 36, '#ffffff', { bold: true });
  rows.forEach((friend, index) => row(context, friend, index + 1, 64 + index * 66, '#232b45', '#3a4468', medals[index]));
  row(context, own, rank, 728, '#2f4a8a', '#6f93f0');
  return canvas;
}

function card(number) {
  const { own } = page(number);
  const canvas = createCanvas(1200, 630);
  const context = canvas.getContext('2d');
  const gradient = context.createLinearGradient(142.5, -142.5, 1057.5, 772.5);
  gradient.addColorStop(0, '#4f46e5');
  gradient.addColorStop(1, '#db2777');
  context.fillStyle = gradient;
  context.fillRect(0, 0, 1200, 630);
  avatar(context, own.avatar, 100, 215, 200);
  text(context, own.name, 350, 270, 64, '#ffffff', { bold: true, most: 800 });
  text(context, 'Scored higher than 98% of friends · 好友排行榜 🏆', 350, 330, 32, '#e5e7ff');
  context.beginPath();
  context.roundRect(350, 370, 260, 72, 36);
  context.fillStyle = 'rgba(255, 255, 255, 0.2)';
  context.fill();
  text(context, own.score, 480, 420, 40, '#ffffff', { bold: true, align: 'center' });
  return canvas;
}

const drawing = (draw) => ({
  pixels: (number) => draw(number).data(),
  png: (number) => draw(number).encode('png'),
  runs: 60,
});
const { version } = createRequire(import.meta.url)('@napi-rs/canvas/package.json');
await report('@napi-rs/canvas', version, { board: drawing(board), card: drawing(card) });
