// The figures of a run as Markdown, and as bars on a logarithmic scale.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const [, , figures, picture] = process.argv;
const peers = readFileSync(figures, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const columns = [['board', 'rgba', 'board, RGBA'], ['board', 'png', 'board, PNG'], ['card', 'rgba', 'card, RGBA'], ['card', 'png', 'card, PNG']];

const number = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const cell = (peer, drawing, kind) => {
  const size = kind === 'png' ? `, ${Math.round(peer[drawing].bytes / 1000)} KB` : '';
  return `${number(peer[drawing][kind])} ms${size}`;
};
console.log(`| | ${columns.map(([, , title]) => title).join(' | ')} |`);
console.log(`|---|${columns.map(() => '---|').join('')}`);
for (const peer of peers) {
  console.log(`| ${peer.name} ${peer.version} | ${columns.map(([drawing, kind]) => cell(peer, drawing, kind)).join(' | ')} |`);
}
console.log(`\nThe fastest of many frames of one thread, on ${cpus()[0].model.trim()}.`);

const [left, width, bar, gap] = [230, 560, 16, 30];
const all = peers.flatMap((peer) => columns.map(([drawing, kind]) => peer[drawing][kind]));
const [least, most] = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))];
const x = (value) => left + ((Math.log10(value) - least) / (most - least)) * width;
const parts = [];
let y = 30;
const text = (tx, ty, value, more = '') => parts.push(`<text x="${tx.toFixed(1)}" y="${ty}" ${more}>${value}</text>`);
for (const [drawing, kind, title] of columns) {
  text(10, y, title, 'font-weight="bold"');
  y += 8;
  for (const [index, peer] of peers.entries()) {
    const end = x(peer[drawing][kind]);
    parts.push(`<rect x="${left}" y="${y}" width="${(end - left).toFixed(1)}" height="${bar}" rx="2" fill="${index === 0 ? '#2563eb' : '#94a3b8'}"/>`);
    text(left - 8, y + 12, peer.name, 'text-anchor="end"');
    text(end + 6, y + 12, `${number(peer[drawing][kind])} ms`);
    y += bar + 4;
  }
  y += gap;
}
for (let power = least; power <= most; power += 1) {
  const at = x(10 ** power).toFixed(1);
  parts.unshift(`<path d="M${at} 36V${y - gap}" stroke="#8884"/>`);
  text(Number(at), y - 8, `${10 ** power} ms`, 'text-anchor="middle"');
}
writeFileSync(picture, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 90} ${y}" font-family="sans-serif" font-size="12" fill="#64748b">
${parts.join('\n')}
</svg>
`);
