// The page: what it knows, what it is told, and its keys.
import { Frames } from "./frames.js";
import { Panels } from "./panels.js";

const $ = (id) => document.getElementById(id);

/** Makes an element: its attributes, then what is in it. */
export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
}

export const app = {
  state: null,
  current: 0,
  said: 0,

  async get(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${path}: ${answer.status}`);
    return answer.json();
  },

  async post(path, body) {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const told = await answer.json().catch(() => ({ error: `${path}: ${answer.status}` }));
    if (!answer.ok || told.error) throw new Error(told.error);
    return told;
  },

  /** Does something that may go wrong, and says so. */
  async try(work) {
    try {
      return await work();
    } catch (error) {
      this.say(error.message, "bad");
      return undefined;
    }
  },

  say(text, kind = "") {
    $("status").textContent = text;
    $("status").className = kind;
  },

  /** A place that opens in the editor, or is copied. */
  place(place) {
    if (!place?.document) return null;
    const text = [place.document, place.line, place.column].filter(Boolean).join(":");
    return make("button", { type: "button", class: "place", title: this.state?.editor ? "Open in the editor" : "Copy",
      onclick: () => this.try(() => this.open(place, text)) }, text);
  },

  async open(place, text) {
    const { opened } = await this.post("open", place).catch((error) => {
      // What is built in has no file.
      if (/a file of the board/.test(error.message)) return { opened: false };
      throw error;
    });
    if (opened) return this.say(`opened ${text}`, "good");
    await navigator.clipboard.writeText(text);
    return this.say(`copied ${text}`, "good");
  },

  frame() {
    return this.state?.panes.find((pane) => pane.id === this.current) ?? this.state?.panes[0];
  },
};

const frames = new Frames($("frames"), app);
const panels = new Panels($("tabs"), app, frames);
app.frames = frames;
app.panels = panels;

async function refresh() {
  app.state = await app.get("state.json");
  if (!app.state.panes.some((pane) => pane.id === app.current)) app.current = app.state.panes[0].id;
  $("folder").textContent = app.state.folder;
  frames.show(app.state);
  panels.show(app.state);
}

let known = null;
let work = Promise.resolve();
const events = new EventSource("events");
events.onmessage = (event) => {
  const told = JSON.parse(event.data);
  work = work.then(() => app.try(async () => {
    const pictures = frames.load(told);
    const now = JSON.stringify([told.revision, told.panes.map(({ id, state, said }) => [id, state, said])]);
    if (now !== known) {
      known = now;
      await refresh();
    }
    await pictures;
    await frames.load(told);
    panels.told(told);
  }));
};
events.onopen = () => app.say("", "");
events.onerror = () => app.say("the program has ended, or can't be reached", "bad");

const scheme = (dark) => (document.documentElement.dataset.scheme = dark ? "dark" : "light");
const preferred = matchMedia("(prefers-color-scheme: dark)");
scheme(preferred.matches);
preferred.addEventListener("change", () => scheme(preferred.matches));

const actions = {
  "add": ["n", "Add a frame", () => app.try(async () => (app.current = (await app.post("add", { frame: app.current, look: {} })).frame))],
  "start-over": ["r", "Start over", () => app.try(() => app.post("start-over", {}))],
  "inspect": ["i", "Inspect", () => panels.inspect(!frames.inspecting)],
  "scheme": ["t", "Dark or light", () => scheme(document.documentElement.dataset.scheme !== "dark")],
  "help": ["?", "These keys", () => {
    $("keys").hidden = !$("keys").hidden;
    $("help").setAttribute("aria-expanded", String(!$("keys").hidden));
  }],
};
for (const [id, [, , act]] of Object.entries(actions)) $(id).addEventListener("click", act);
const others = { "[": ["Frame before", () => frames.step(-1)], "]": ["Frame after", () => frames.step(1)],
  "x": ["Remove the frame", () => frames.remove(app.current)], "d": ["Theme of the frame", () => frames.turnTheme(app.current)] };
const keys = new Map(Object.values(actions).map(([key, , act]) => [key, act]));
for (const [key, [, act]] of Object.entries(others)) keys.set(key, act);
panels.names().forEach((name, index) => keys.set(String(index + 1), () => panels.choose(index)));
for (const [key, what] of [...Object.values(actions), ...Object.entries(others).map(([key, [what]]) => [key, what]), ["1–7", "Tools"]]) {
  $("keys").append(make("dt", {}, key), make("dd", {}, what));
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const act = keys.get(event.key);
  if (!act) return;
  event.preventDefault();
  act();
});
