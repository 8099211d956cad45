// The module of the npm package under Node: the board with its avatars from files, to be held beside the native program's row.
//
//   node module.mjs PACKAGE WORKLOAD    the package that assets/npm/build.sh made, the folder that the bench wrote

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , packaged, workload] = process.argv;
const { render } = await import(pathToFileURL(resolve(packaged, 'index.js')).href);
const requests = JSON.parse(readFileSync(`${workload}/requests.json`, 'utf8'));
const files = new Map();
const picture = (src) => {
  if (!files.has(src)) files.set(src, readFileSync(`${workload}/${src}`));
  return files.get(src);
};

let least = Infinity;
for (let number = 0; number < 120; number += 1) {
  const start = performance.now();
  const { diagnostics } = await render(requests[number % requests.length], { picture });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  if (number >= 20) least = Math.min(least, performance.now() - start);
}
console.log(`| the same by the module in Node ${process.versions.node} | ${least.toFixed(3)} ms | 2.5 times the native row above |`);
