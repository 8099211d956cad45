"use strict";
// The review page: everything that it shows comes from the server that it came from.

const $ = (id) => document.getElementById(id);
const MODES = { side: "Beside", swipe: "Swipe", blink: "Blink", onion: "Onion", difference: "Difference", pixels: "Pixels" };
const ZOOMS = ["fit", 1, 2, 4, 8, 16];
const KEYS = [
  ["j, k", "next and previous failure"],
  ["1 to 6", "beside, swipe, blink, onion, difference, pixels"],
  ["space", "blink: one and the other in turn"],
  ["left, right", "move the swipe or the overlay; in pixels, the cursor with all arrows (with shift by 10)"],
  ["+, -, 0", "zoom in, out, to fit"],
  ["b", "boxes of the nodes"],
  ["a", "accept this one and go on"],
  ["c", "accept all of this case"],
  ["?", "these keys"],
];
/** Px around the cursor that the pixel view shows, and how large each is. */
const REACH = 8;
const CELL = 16;

let failures = [];
let current = 0;
let mode = "side";
let zoom = "fit";
let hasBoxes = false;
let showsExpected = true;
let slide = 50;
let cursor = [0, 0];
/** Pictures of the failure that is shown: expected, actual, difference. */
let pictures = {};

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const say = (text, isBad = false) => {
  $("status").textContent = text;
  $("status").className = isBad ? "bad" : "";
};
const listed = () => failures.filter((failure) => failure.name.includes($("filter").value));

function list() {
  $("list").replaceChildren(...listed().map((failure) => {
    const button = element("button", { type: "button", textContent: failure.name, onclick: () => show(failure.index) });
    if (failure.index === current) button.setAttribute("aria-current", "true");
    return element("li", { className: failure.isAccepted ? "accepted" : "" }, button);
  }));
  const left = failures.filter((failure) => !failure.isAccepted).length;
  $("count").textContent = `${left} of ${failures.length} left`;
}

const load = (address) => new Promise((resolve) => {
  const image = new Image();
  image.onload = () => resolve(image);
  image.onerror = () => resolve(undefined);
  image.src = address;
});

async function show(index) {
  const failure = failures[index];
  if (!failure) return;
  current = index;
  list();
  document.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  $("name").textContent = failure.name;
  $("lines").textContent = failure.lines;
  $("accept").disabled = $("accept-case").disabled = !failure.canBeAccepted;
  pictures = {};
  if (failure.hasPictures) {
    const names = ["expected", "actual", "difference"];
    const loaded = await Promise.all(names.map((name) => load(`picture/${index}/${name}.png?${failure.isAccepted ? 1 : 0}`)));
    if (current !== index) return;
    names.forEach((name, at) => (pictures[name] = loaded[at]));
    const bounds = failure.failures.find((found) => found.bounds)?.bounds;
    cursor = bounds ? bounds.slice(0, 2) : [0, 0];
  }
  draw();
}

/** Css px per px of the picture. */
function scale() {
  const image = pictures.actual;
  if (!image) return 1;
  if (zoom !== "fit") return zoom / devicePixelRatio;
  const columns = mode === "side" ? 3 : 1;
  return Math.min(1, ($("view").clientWidth - 40) / columns / image.naturalWidth);
}

function sized(image, alt) {
  const copy = element("img", { src: image.src, alt });
  copy.style.width = `${image.naturalWidth * scale()}px`;
  copy.style.height = `${image.naturalHeight * scale()}px`;
  return copy;
}

/** The boxes of the nodes over a picture. */
function overlay() {
  const image = pictures.actual;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "overlay");
  svg.setAttribute("viewBox", `0 0 ${image.naturalWidth} ${image.naturalHeight}`);
  svg.style.width = `${image.naturalWidth * scale()}px`;
  svg.style.height = `${image.naturalHeight * scale()}px`;
  for (const { node, place, box: [x, y, width, height] } of failures[current].boxes) {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
    const title = document.createElementNS(svg.namespaceURI, "title");
    title.textContent = `${node} ${place}`;
    rect.append(title);
    svg.append(rect);
  }
  return svg;
}

const stack = (...layers) => {
  const made = element("div", { className: "stack" }, ...layers.filter(Boolean));
  if (hasBoxes) made.append(overlay());
  return made;
};

/** What the two pictures are called. */
const titles = () => (failures[current]?.titles ?? ["expected", "drawn"]).map((title) => title.charAt(0).toUpperCase() + title.slice(1));

const SHOWN = {
  side() {
    const [expected, actual] = titles();
    const names = { expected, actual, difference: "Difference" };
    return Object.entries(names).filter(([name]) => pictures[name])
      .map(([name, title]) => element("figure", {}, element("figcaption", { textContent: title }), stack(sized(pictures[name], title))));
  },
  swipe() {
    const top = sized(pictures.actual, titles()[1]);
    top.style.clipPath = `inset(0 0 0 ${slide}%)`;
    const made = stack(sized(pictures.expected, titles()[0]), top);
    const divider = element("div", { className: "divider" });
    divider.style.left = `${slide}%`;
    made.append(divider);
    return [made];
  },
  blink() {
    const [image, title] = showsExpected ? [pictures.expected, titles()[0]] : [pictures.actual, titles()[1]];
    return [element("figure", {}, element("figcaption", { textContent: title }), stack(sized(image, title)))];
  },
  onion() {
    const top = sized(pictures.actual, titles()[1]);
    top.style.opacity = slide / 100;
    return [stack(sized(pictures.expected, titles()[0]), top)];
  },
  difference() {
    return pictures.difference ? [stack(sized(pictures.difference, "Difference"))] : ["There is no difference to be shown."];
  },
  pixels() {
    return [["expected", titles()[0]], ["actual", titles()[1]]].filter(([name]) => pictures[name])
      .map(([name, title]) => element("figure", {}, element("figcaption", { textContent: title }), magnified(pictures[name], title)));
  },
};

/** The pixels of a picture as `getImageData` gives them. */
function pixelsOf(image) {
  if (!image.pixels) {
    const canvas = element("canvas", { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    image.pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  }
  return image.pixels;
}

const valueAt = (image, x, y) => {
  const { width, height, data } = pixelsOf(image);
  if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
};

/** What is around the cursor, each pixel a square. */
function magnified(image, title) {
  const side = (2 * REACH + 1) * CELL;
  const canvas = element("canvas", { width: side, height: side, className: "pixels" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${title}, around ${cursor.join(", ")}`);
  const context = canvas.getContext("2d");
  for (let y = -REACH; y <= REACH; y++) {
    for (let x = -REACH; x <= REACH; x++) {
      const value = valueAt(image, cursor[0] + x, cursor[1] + y);
      if (!value) continue;
      context.fillStyle = `rgba(${value[0]}, ${value[1]}, ${value[2]}, ${value[3] / 255})`;
      context.fillRect((x + REACH) * CELL, (y + REACH) * CELL, CELL, CELL);
    }
  }
  context.strokeStyle = "#e0007a";
  context.lineWidth = 2;
  context.strokeRect(REACH * CELL, REACH * CELL, CELL, CELL);
  canvas.onclick = ({ offsetX, offsetY }) => {
    cursor = [cursor[0] + Math.floor(offsetX / CELL) - REACH, cursor[1] + Math.floor(offsetY / CELL) - REACH];
    draw();
  };
  return canvas;
}

function values() {
  if (mode !== "pixels" || !pictures.actual) return "";
  const of = (name) => `${name} ${pictures[name] ? valueAt(pictures[name], ...cursor)?.join(" ") ?? "none" : "none"}`;
  return `(${cursor.join(", ")}) RGBA: ${of("expected")}, ${of("actual")}`;
}

function draw() {
  const has = Boolean(pictures.actual);
  const shown = !has ? [] : pictures.expected || mode === "difference" || mode === "pixels" ? SHOWN[mode]() : SHOWN.side();
  $("view").hidden = !has;
  $("view").className = mode === "side" || mode === "pixels" ? "side" : "";
  $("view").replaceChildren(...shown);
  for (const button of $("modes").children) button.setAttribute("aria-pressed", String(button.value === mode));
  $("boxes").setAttribute("aria-pressed", String(hasBoxes));
  $("zoom").value = String(zoom);
  $("slider-label").hidden = mode !== "swipe" && mode !== "onion";
  $("slider-name").textContent = `${titles()[1]} ${mode === "swipe" ? "from" : "over"}`;
  $("slider").value = String(slide);
  $("values").textContent = values();
}

async function accept(indices) {
  const wanted = indices.filter((index) => failures[index].canBeAccepted && !failures[index].isAccepted);
  if (wanted.length === 0) return say("There is nothing to accept.");
  const answer = await fetch("accept", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ indices: wanted }),
  }).then((response) => (response.ok ? response.json() : undefined), () => undefined);
  if (!answer) return say("It was not accepted: the server does not answer.", true);
  for (const index of answer.accepted) failures[index].isAccepted = true;
  list();
  const problem = answer.problems[0];
  say(problem ? `${failures[problem.index].name}: ${problem.message}` : `${answer.accepted.length} accepted.`, Boolean(problem));
  return answer.problems.length === 0;
}

function step(by) {
  const shown = listed();
  const at = shown.findIndex((failure) => failure.index === current);
  const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
  if (next && next.index !== current) show(next.index);
}

async function acceptThis() {
  const index = current;
  if (await accept([index])) {
    const next = listed().find((failure) => !failure.isAccepted && failure.index > index);
    show(next ? next.index : index);
  }
}
const acceptCase = () => accept(failures.filter((failure) => failure.case === failures[current].case).map((failure) => failure.index));

function setMode(name) {
  mode = name;
  draw();
}

function zoomBy(by) {
  const at = ZOOMS.indexOf(zoom) + by;
  zoom = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at))];
  draw();
}

function arrow(key, isFast) {
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (mode === "pixels" && pictures.actual) {
    const most = [pictures.actual.naturalWidth - 1, pictures.actual.naturalHeight - 1];
    cursor = cursor.map((place, axis) => Math.max(0, Math.min(most[axis], place + [x, y][axis] * (isFast ? 10 : 1))));
  } else if ((mode === "swipe" || mode === "onion") && x !== 0) {
    slide = Math.max(0, Math.min(100, slide + x * (isFast ? 10 : 2)));
  } else {
    return false;
  }
  draw();
  return true;
}

function help() {
  $("keys").hidden = !$("keys").hidden;
  $("help").setAttribute("aria-expanded", String(!$("keys").hidden));
}

document.addEventListener("keydown", (event) => {
  const { key, target, shiftKey } = event;
  const writes = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  // A button that has the focus is pressed by space, as everywhere.
  if (key === " " && target instanceof HTMLButtonElement && target.closest("nav, header") && !target.closest("#list")) return;
  const done = {
    j: () => step(1),
    k: () => step(-1),
    a: acceptThis,
    c: acceptCase,
    b: () => { hasBoxes = !hasBoxes; draw(); },
    " ": () => { showsExpected = mode === "blink" ? !showsExpected : false; setMode("blink"); },
    "+": () => zoomBy(1),
    "=": () => zoomBy(1),
    "-": () => zoomBy(-1),
    0: () => { zoom = "fit"; draw(); },
    "?": help,
  }[key];
  const named = Object.keys(MODES)[Number(key) - 1];
  if (done) done();
  else if (named) setMode(named);
  else if (!key.startsWith("Arrow") || !arrow(key, shiftKey)) return;
  event.preventDefault();
});

$("modes").append(...Object.entries(MODES).map(([value, textContent]) =>
  element("button", { type: "button", value, textContent, onclick: () => setMode(value) })));
$("zoom").append(...ZOOMS.map((value) => element("option", { value: String(value), textContent: value === "fit" ? "fit" : `${value}×` })));
$("keys").append(...KEYS.flatMap(([key, what]) => [element("dt", { textContent: key }), element("dd", { textContent: what })]));
$("zoom").onchange = ({ target }) => { zoom = target.value === "fit" ? "fit" : Number(target.value); draw(); };
$("slider").oninput = ({ target }) => { slide = Number(target.value); draw(); };
$("boxes").onclick = () => { hasBoxes = !hasBoxes; draw(); };
$("accept").onclick = acceptThis;
$("accept-case").onclick = acceptCase;
$("accept-all").onclick = () => accept(listed().map((failure) => failure.index));
$("help").onclick = help;
$("filter").oninput = list;
addEventListener("resize", () => draw());

fetch("failures.json").then((response) => response.json()).then((found) => {
  failures = found;
  show(0);
}, () => say("The failures could not be read.", true));
