// Puts a run's table between the README's two comments.
//
//   node readme.mjs README TABLE

import { readFileSync, writeFileSync } from 'node:fs';

const [, , readme, table] = process.argv;
const [begin, end] = ['<!-- benches/peers/run.sh -->', '<!-- /benches/peers/run.sh -->'];
const text = readFileSync(readme, 'utf8');
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) throw new Error(`${readme}: expected ${begin} and then ${end}`);
const picture = '![The table as bars on a logarithmic scale](benches/peers/bars.svg)';
const shown = `${begin}\n${readFileSync(table, 'utf8').trim()}\n\n${picture}\n`;
writeFileSync(readme, text.slice(0, from) + shown + text.slice(to));
