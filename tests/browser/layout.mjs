// Records what Chromium makes of random flexbox trees, for tests/layout_browser.rs.
//
//   node layout.mjs            writes ../layout_browser.json
//   node layout.mjs --check    records anew and compares with it; exits 1 where a box moved
//   node layout.mjs --seed 17  prints one tree with its boxes, and the HTML that was laid out
//   CHROMIUM=/path node …      another browser than /usr/bin/chromium
//
// The trees are style objects of the dialect, so that the Rust test builds its scenes from the same data. Every length is
// laid out SCALE times as large and divided again: Chromium rounds to 1/64 px, which would add up to more than the test
// allows; layout does not depend on scale.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FIXTURE = fileURLToPath(new URL('../layout_browser.json', import.meta.url));
const TREES = 600;
const SCALE = 64;
const CANVAS = [600, 480];
const TOLERANCE = 0.02;

// --- random trees -------------------------------------------------------------------------------------------------

function generator(seed) {
  let state = (seed * 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  next();
  return {
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    length: (from, to) => Math.round((from + next() * (to - from)) * 2) / 2,
  };
}

function size(random, from, to, percents) {
  return random.chance(percents) ? `${random.pick([10, 20, 25, 33.5, 40, 50, 62.5, 75, 100, 120])}%` : random.length(from, to);
}

function space(random, from, to) {
  return random.chance(0.12) ? `${random.pick([1, 2.5, 5, 10, 15])}%` : random.length(from, to);
}

function containerStyle(random) {
  const style = {};
  if (random.chance(0.65)) style.flexDirection = random.pick(['row', 'row', 'row', 'column', 'row-reverse', 'column-reverse']);
  if (random.chance(0.35)) style.flexWrap = random.pick(['wrap', 'wrap', 'wrap-reverse', 'nowrap']);
  if (random.chance(0.4)) {
    style.justifyContent = random.pick(['flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly']);
  }
  if (random.chance(0.5)) style.alignItems = random.pick(['flex-start', 'center', 'flex-end', 'stretch', 'baseline']);
  if (random.chance(0.3)) {
    style.alignContent = random.pick(['stretch', 'flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly']);
  }
  if (random.chance(0.2)) style.gap = space(random, 0, 16);
  if (random.chance(0.12)) style.rowGap = space(random, 0, 20);
  if (random.chance(0.12)) style.columnGap = space(random, 0, 20);
  return style;
}

function boxStyle(random, style) {
  if (random.chance(0.2)) style.padding = space(random, 0, 14);
  if (random.chance(0.15)) style[random.pick(['paddingLeft', 'paddingTop', 'paddingRight', 'paddingBottom'])] = space(random, 0, 20);
  if (random.chance(0.15)) style.borderWidth = random.whole(1, 6);
  if (random.chance(0.1)) style[random.pick(['borderLeftWidth', 'borderTopWidth', 'borderRightWidth', 'borderBottomWidth'])] = random.whole(0, 8);
  if (random.chance(0.1)) style.boxSizing = 'content-box';
}

function itemStyle(random, style, isLeaf) {
  if (random.chance(isLeaf ? 0.75 : 0.35)) style.width = size(random, 5, 160, 0.25);
  if (random.chance(isLeaf ? 0.75 : 0.35)) style.height = size(random, 5, 120, 0.25);
  for (const [name, most] of [['minWidth', 120], ['minHeight', 90], ['maxWidth', 200], ['maxHeight', 150]]) {
    if (random.chance(0.08)) style[name] = size(random, 5, most, 0.25);
  }
  if (random.chance(0.08)) style.aspectRatio = random.pick([0.5, 0.75, 1, 1.5, 2, 3]);
  if (random.chance(0.2)) style.margin = random.chance(0.1) ? 'auto' : space(random, -4, 14);
  for (const side of ['Left', 'Top', 'Right', 'Bottom']) {
    if (random.chance(0.08)) style[`margin${side}`] = random.chance(0.4) ? 'auto' : space(random, -8, 20);
  }
  if (random.chance(0.2)) style.flex = random.pick([1, 1, 2, 3, 0.5]);
  if (random.chance(0.12)) style.flexGrow = random.pick([0, 0.3, 1, 2]);
  if (random.chance(0.2)) style.flexShrink = random.pick([0, 0.4, 1, 1, 2]);
  if (random.chance(0.1)) style.flexBasis = random.chance(0.2) ? 'auto' : size(random, 0, 120, 0.25);
  if (random.chance(0.2)) style.alignSelf = random.pick(['flex-start', 'center', 'flex-end', 'stretch', 'baseline']);
  if (random.chance(0.12)) style.overflow = 'hidden';
  if (random.chance(0.03)) style.display = 'none';
  if (random.chance(0.1)) style.position = 'absolute';
  if (style.position === 'absolute' || random.chance(0.06)) {
    for (const side of ['left', 'top', 'right', 'bottom']) {
      if (random.chance(0.4)) style[side] = size(random, -20, 80, 0.2);
    }
  }
}

function node(random, depth, budget) {
  const isLeaf = depth >= 4 || budget.left <= 0 || random.chance(depth === 1 ? 0.25 : 0.45);
  const made = {};
  const style = {};
  if (isLeaf && random.chance(0.12)) {
    made.tag = 'canvas';
    made.natural = [random.whole(4, 120), random.whole(4, 90)];
  } else if (!isLeaf && random.chance(0.1)) {
    made.tag = 'scrollview';
  }
  itemStyle(random, style, isLeaf);
  boxStyle(random, style);
  if (made.tag === 'canvas') {
    // A picture may take its natural size as well as it takes a given one.
    if (random.chance(0.6) || typeof style.width === 'string') delete style.width;
    if (random.chance(0.6)) delete style.height;
  }
  if (!isLeaf) Object.assign(style, containerStyle(random));
  leaveOut(random, style);
  if (!isLeaf) {
    made.children = children(random, depth, budget);
    if (made.tag === 'scrollview' && random.chance(0.8)) calm({ ...made, style });
  }
  made.style = style;
  return made;
}

// What is not compared, and why.
function leaveOut(random, style) {
  // A column that wraps and has no width: browsers disagree with the specification, and with each other, on how wide
  // its columns make it.
  const isColumn = (style.flexDirection ?? 'column').startsWith('column');
  if (isColumn && (style.flexWrap ?? 'nowrap') !== 'nowrap' && style.width === undefined) style.width = random.length(30, 160);
  // A stretched absolute box with proportions and more content than fits: the content makes it higher, not wider.
  if (style.position === 'absolute' && style.top !== undefined && style.bottom !== undefined) delete style.aspectRatio;
}

// A scroll view's extent is compared where it runs forwards (a browser's reversed one starts at its end) and holds boxes
// that can be seen (a browser counts one side of a box without area, or moved, or with negative margins).
function isScrollCompared(made) {
  const forward = (style) => !`${style.flexDirection} ${style.flexWrap}`.includes('reverse');
  const moves = (style) => style.position !== 'absolute' && ['left', 'top', 'right', 'bottom'].some((side) => side in style);
  const pulls = (style) => Object.entries(style).some(([name, value]) => name.startsWith('margin') && parseFloat(value) < 0);
  const seen = (child) =>
    child.box && child.box[2] > 0 && child.box[3] > 0 && forward(child.style) && !moves(child.style) && !pulls(child.style);
  const all = (child) => child.style.display === 'none' || (seen(child) && (child.children ?? []).every(all));
  return made.tag === 'scrollview' && forward(made.style) && made.children.every(all);
}

function children(random, depth, budget) {
  const list = [];
  for (let count = random.whole(1, depth === 0 ? 5 : 4); count > 0 && budget.left > 0; count -= 1) {
    budget.left -= 1;
    list.push(node(random, depth + 1, budget));
  }
  return list;
}

// Makes what is in most scroll views comparable (see isScrollCompared).
function calm(made) {
  const { style } = made;
  for (const side of ['left', 'top', 'right', 'bottom']) if (style.position !== 'absolute') delete style[side];
  for (const name of Object.keys(style)) {
    if (name.startsWith('margin') && parseFloat(style[name]) < 0) style[name] = -style[name];
    if (typeof style[name] === 'string') style[name] = style[name].replace('-reverse', '');
  }
  if (!made.children && made.tag !== 'canvas') {
    style.minWidth = Math.max(4, parseFloat(style.minWidth ?? 0));
    style.minHeight = Math.max(4, parseFloat(style.minHeight ?? 0));
  }
  (made.children ?? []).forEach(calm);
}

function tree(seed) {
  const random = generator(seed);
  const style = { width: random.length(120, CANVAS[0]), height: random.length(100, CANVAS[1]), ...containerStyle(random) };
  boxStyle(random, style);
  return { seed, style, children: children(random, 0, { left: random.whole(2, 16) }) };
}

// --- as HTML ------------------------------------------------------------------------------------------------------

const UNITLESS = new Set(['flexGrow', 'flexShrink', 'aspectRatio']);
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// The dialect's initial values; 64 px are one.
const INITIAL =
  'display:flex;flex-direction:column;align-items:stretch;flex-shrink:0;position:relative;box-sizing:border-box;border:0 solid';

// `padding` is written before `paddingLeft`, whatever the order in the style object: the longhand wins.
const order = (name) => (['padding', 'margin', 'borderWidth', 'gap', 'flex'].includes(name) ? 0 : 1);

function css(made, parent) {
  const { style } = made;
  const rules = [INITIAL];
  if (made.tag === 'scrollview') rules.push('overflow:hidden');
  if (made.tag === 'canvas') {
    // What has a size of its own is not stretched by its parent's initial value, and may be made smaller than it is.
    rules.push('display:block;min-width:0;min-height:0');
    const stretched = (parent.style.alignItems ?? 'stretch') === 'stretch' && style.position !== 'absolute';
    if (stretched) rules.push('align-self:flex-start');
  }
  for (const [name, value] of Object.entries(style).sort(([a], [b]) => order(a) - order(b))) {
    if (made.tag === 'scrollview' && name === 'overflow') continue;
    if (made.tag === 'canvas' && name === 'display' && value !== 'none') continue;
    if (name === 'flex') rules.push(`flex-grow:${value};flex-shrink:1;flex-basis:0px`);
    else if (typeof value === 'number' && !UNITLESS.has(name)) rules.push(`${kebab(name)}:${value * SCALE}px`);
    else rules.push(`${kebab(name)}:${value}`);
  }
  return rules.join(';');
}

function html(made, parent) {
  const style = css(made, parent);
  if (made.tag === 'canvas') {
    const [width, height] = made.natural;
    // An SVG picture has a natural size without pixels for it.
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='${width * SCALE}' height='${height * SCALE}'/>`;
    return `<img style="${style}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
  }
  return `<div style="${style}">${(made.children ?? []).map((child) => html(child, made)).join('')}</div>`;
}

async function record(trees) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><body style="margin:0"><div id="stage"></div>');
    await page.evaluate(
      ([width, height]) => {
        document.getElementById('stage').style.cssText = `position:absolute;left:0;top:0;width:${width}px;height:${height}px`;
      },
      CANVAS.map((side) => side * SCALE),
    );
    for (const made of trees) {
      const boxes = await page.evaluate(
        async ([markup, scale]) => {
          const stage = document.getElementById('stage');
          stage.innerHTML = markup;
          await Promise.all([...stage.querySelectorAll('img')].map((image) => image.decode().catch(() => {})));
          const boxes = [];
          const visit = (element, parent) => {
            const rect = element.getBoundingClientRect();
            const hidden = getComputedStyle(element).display === 'none';
            const box = hidden || !parent ? null : [rect.left - parent.left, rect.top - parent.top, rect.width, rect.height];
            if (box && element.tagName === 'DIV') {
              box.push(element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight);
            }
            boxes.push(box && box.map((value) => Math.round((value / scale) * 1000) / 1000));
            for (const child of element.children) if (element.tagName === 'DIV') visit(child, box && rect);
          };
          const root = stage.firstElementChild;
          visit(root, root.getBoundingClientRect());
          return boxes;
        },
        [html(made, null), SCALE],
      );
      const place = (target) => {
        const box = boxes.shift();
        if (box) target.box = box.slice(0, 4);
        (target.children ?? []).forEach(place);
        if (box && isScrollCompared(target)) target.box = box;
      };
      place(made);
    }
    return browser.version();
  } finally {
    await browser.close();
  }
}

// --- the fixture --------------------------------------------------------------------------------------------------

function differences(old, now, path = '') {
  const found = [];
  const [before, after] = [old.box ?? [], now.box ?? []];
  const moved = before.length !== after.length || before.some((value, index) => Math.abs(value - after[index]) > TOLERANCE);
  if (moved) found.push(`  ${path || 'root'}: was [${before}], is [${after}]`);
  (now.children ?? []).forEach((child, index) => found.push(...differences(old.children[index], child, `${path}/${index}`)));
  return found;
}

const withoutBoxes = (made) => JSON.stringify(made, (key, value) => (key === 'box' ? undefined : value));

async function main(options) {
  if (options[0] === '--seed') {
    const made = tree(Number(options[1]));
    console.log(html(made, null));
    await record([made]);
    console.log(JSON.stringify(made, null, 1));
    return 0;
  }
  const trees = Array.from({ length: TREES }, (_, index) => tree(index + 1));
  const version = await record(trees);
  if (options[0] !== '--check') {
    const lines = trees.map((made) => JSON.stringify(made)).join(',\n');
    writeFileSync(FIXTURE, `{"chromium":"${version}","canvas":[${CANVAS}],"trees":[\n${lines}\n]}\n`);
    console.log(`${trees.length} trees laid out by Chromium ${version}, written to ${FIXTURE}`);
    return 0;
  }
  const recorded = JSON.parse(readFileSync(FIXTURE, 'utf8'));
  let failed = 0;
  trees.forEach((made, index) => {
    const old = recorded.trees[index];
    const found =
      old && withoutBoxes(old) === withoutBoxes(made) ? differences(old, made) : ['  the fixture has another tree: record it anew'];
    if (found.length > 0) {
      failed += 1;
      console.error(`seed ${made.seed}:\n${found.join('\n')}`);
    }
  });
  if (recorded.trees.length !== trees.length) failed += 1;
  console.log(`${trees.length} trees laid out by Chromium ${version} (fixture: ${recorded.chromium}), ${failed} differ`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
