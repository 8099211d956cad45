// The tools beside the frames: inspector, friends, messages, trouble, log, drawing.
import { make } from "./page.js";
import { draw } from "./frames.js";
import { HOSTILE, ORDINARY, SCORES } from "./names.js";

const TABS = [["inspect", "Inspect"], ["friends", "Friends"], ["messages", "Messages"], ["trouble", "Trouble"], ["log", "Log"], ["session", "Session"], ["drawing", "Drawing"]];

/** Messages that every board understands. */
const USUAL = [["Show the friends", { type: "show" }], ["Hide", { type: "hide" }], ["Next to beat", { type: "beyond" }],
  ["A group's board", { type: "group", shareTicket: "ticket" }], ["Next page", { type: "next" }], ["Previous page", { type: "previous" }],
  ["To the top", { type: "scrollTo", y: 0 }], ["A new score", { type: "updateScore", score: 4321 }], ["Ask anew", { type: "refresh" }],
  ["A value for the template", { type: "variables", variables: { title: "Best of May" } }]];

export class Panels {
  constructor(tabs, app, frames) {
    [this.tabs, this.app, this.frames] = [tabs, app, frames];
    this.sections = TABS.map(([name]) => document.getElementById(`panel-${name}`));
    this.buttons = TABS.map(([name, title], index) => make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
      onclick: () => this.choose(index), onkeydown: (event) => this.arrow(event, index) }, title));
    tabs.append(...this.buttons);
    this.sections.forEach((section, index) => section.setAttribute("aria-labelledby", this.buttons[index].id));
    this.people = [];
    this.log = { key: "", from: 0, generation: "" };
    this.makeFriends();
    this.makeMessages();
    this.makeTrouble();
    this.makeLog();
    this.makeSession();
    this.makeDrawing();
    this.choose(0);
    this.showNode(null);
  }

  names() {
    return TABS.map(([name]) => name);
  }

  choose(index) {
    this.chosen = index;
    this.buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
      this.sections[at].hidden = at !== index;
    });
    if (this.app.state) this.show(this.app.state);
  }

  arrow(event, index) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = (index + by + TABS.length) % TABS.length;
    this.choose(next);
    this.buttons[next].focus();
  }

  is(name) {
    return TABS[this.chosen][0] === name;
  }

  /** Shows what the state says of what is open. */
  show(state) {
    if (this.is("friends")) this.app.try(() => this.loadFriends(state));
    if (this.is("messages")) this.listMessages(state);
    if (this.is("trouble")) this.showTrouble(state);
    if (this.is("drawing")) this.app.try(() => this.loadDrawing());
    if (this.is("session")) this.app.try(() => this.loadSession());
    if (this.is("inspect")) this.warn(state);
    if (this.last) this.told(this.last);
    if (this.picked) this.app.try(() => this.load(this.picked.frame, `node=${this.picked.node}`, this.picked.pinned));
  }

  /** What has changed in the frames. */
  told(told) {
    this.last = told;
    const pane = told.panes.find(({ id }) => id === this.app.current);
    if (!pane) return;
    const key = `${pane.id} ${pane.log}`;
    if (this.is("log") && key !== this.log.key) this.app.try(() => this.loadLog(pane, key));
    if (this.is("session") && this.steps.dataset.key !== `${pane.id} ${pane.log} ${pane.steps}`) this.app.try(() => this.loadSession());
    if (this.is("drawing") && this.drawing.version !== `${pane.id} ${pane.version}`) this.app.try(() => this.loadDrawing());
  }

  // --- inspector ---

  inspect(on) {
    this.frames.inspecting = on;
    document.getElementById("inspect").setAttribute("aria-pressed", String(on));
    this.frames.mark();
    if (on) this.choose(0);
    if (!on) this.leave();
  }

  async pick(frame, [x, y], pinned) {
    if (this.picking && !pinned) return;
    if (this.picked?.pinned && !pinned) return;
    this.picking = true;
    const { dpr } = this.frames.screens.get(frame).look;
    await this.app.try(() => this.load(frame, `x=${x * dpr}&y=${y * dpr}`, pinned && !this.picked?.pinned));
    this.picking = false;
  }

  async load(frame, query, pinned) {
    const node = await this.app.get(`frame/${frame}/inspect?${query}`).catch(() => null);
    this.picked = node && { frame, node: node.node, pinned };
    this.frames.outline(frame, node);
    if (this.is("inspect")) this.showNode(node);
  }

  leave() {
    if (this.picked?.pinned && this.frames.inspecting) return;
    this.picked = null;
    this.frames.outline(0, null);
  }

  warn(state) {
    const pane = this.app.frame();
    const found = pane?.diagnostics ?? [];
    if (!found.length) return void this.warnings?.replaceChildren(make("p", { class: "quiet" }, "Nothing."));
    this.warnings?.replaceChildren(...found.map((found) => make("div", { class: found.severity === "error" ? "warning bad" : "warning" },
      make("b", {}, `${found.code} `), found.message, found.hint ? ` (${found.hint}) ` : " ", this.app.place(found))));
  }

  showNode(node) {
    const section = this.sections[0];
    this.warnings = make("div", { id: "warnings" });
    if (!node) {
      section.replaceChildren(make("p", { class: "quiet" }, "Press i, or Inspect, and point at the board: its boxes, its properties, and the line that says each. A click keeps what is under it."), make("h2", {}, "What is wrong"), this.warnings);
      if (this.app.state) this.warn(this.app.state);
      return;
    }
    const round = (value) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
    const ring = (name, edges, inside, style) => make("div", { class: `box ${style}` }, make("div", { class: "line" }, make("span"), make("span", {}, `${name} ${round(edges[1])}`), make("span")),
      make("div", { class: "line" }, make("span", {}, round(edges[0])), inside, make("span", {}, round(edges[2]))), make("span", {}, round(edges[3])));
    const [x, y, width, height] = node.rect;
    const content = make("div", { class: "box c" }, `${round(node.content[2])} × ${round(node.content[3])}`);
    const step = (to) => this.app.try(() => this.load(this.picked.frame, `node=${to}`, true));
    section.replaceChildren(
      make("h2", { id: "node-name" }, make("code", {}, node.name)),
      make("p", {}, "written at ", this.app.place(node.place)),
      node.shows === null ? make("span") : make("p", { class: "quiet" }, `“${node.shows}”`),
      make("div", { class: "crumbs" }, ...node.chain.slice(1).reverse().flatMap(({ node: id, name }) => [make("button", { type: "button", onclick: () => step(id) }, name), "›"]), make("code", {}, node.chain[0].name)),
      make("p", { class: "quiet" }, `${round(width)} × ${round(height)} at ${round(x)}, ${round(y)}` + (node.scrolls.some(Boolean) ? `; scrolls ${node.scrolls.map(round).join(" × ")}` : "")),
      ring("margin", node.margin, ring("border", node.border, ring("padding", node.padding, content, "p"), "b"), ""),
      make("h2", {}, "What says so"),
      make("ul", { class: "lines code", id: "declared" }, ...(node.declared.length ? node.declared.toReversed() : []).map((one) => make("li", {},
        make("span", { class: one.isOver ? "over" : "" }, make("span", { class: "k" }, `${one.from} ${one.property}`), ": ", make("span", { class: "v" }, one.value)), " ", this.app.place(one.place)))),
      make("h2", {}, "Computed"),
      make("ul", { class: "lines code", id: "computed" }, ...node.computed.map((line) => {
        const [name, ...value] = line.split(": ");
        return make("li", {}, make("span", { class: "k" }, name), ": ", make("span", { class: "v" }, value.join(": ")));
      })),
      make("h2", {}, "What is wrong"), this.warnings);
    this.warn(this.app.state);
  }

  // --- friends ---

  makeFriends() {
    const choose = (options) => options.map(([name], index) => make("option", { value: index }, name));
    this.source = make("select", { id: "friends-source", onchange: () => this.chooseSource() });
    this.count = make("input", { type: "range", id: "friends-count", min: 0, max: 300, value: 8, oninput: () => this.remake() });
    this.said = make("output", { for: "friends-count" });
    this.kind = make("select", { id: "friends-names", onchange: () => this.remake(true) }, make("option", { value: "kept" }, "As they are"), make("option", { value: "ordinary" }, "Ordinary"),
      make("option", { value: "hostile" }, "All that boards break on"), ...choose(HOSTILE));
    this.score = make("select", { id: "friends-scores", onchange: () => this.remake(true) }, ...choose(SCORES));
    this.table = make("tbody");
    this.sections[1].append(make("h2", {}, "Friends"),
      make("label", { class: "field" }, "From", this.source), make("label", { class: "field" }, "How many", this.count, this.said),
      make("label", { class: "field" }, "Names", this.kind), make("label", { class: "field" }, "Scores", this.score),
      make("datalist", { id: "hostile" }, ...HOSTILE.filter(([, name]) => name.trim() && !/[\n\u0000-\u001f]/.test(name)).map(([title, name]) => make("option", { value: name, label: title }))),
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Name"), make("th", { scope: "col", class: "narrow" }, "Score"))), this.table),
      this.more = make("p", { class: "quiet" }));
  }

  async loadFriends(state) {
    const options = [["made", "Made here"], ...(state.scriptHasFriends ? [["script", "The folder's script"]] : []), ...state.dataFiles.map((file) => [file, file]), ["example", "The example"]];
    this.source.replaceChildren(...options.map(([value, title]) => make("option", { value }, title)));
    this.source.value = state.friends;
    if (this.sections[1].contains(document.activeElement) && /INPUT/.test(document.activeElement.tagName)) return;
    const { people } = await this.app.get("people.json");
    this.people = people;
    this.base ??= people;
    if (state.friends !== "made") {
      this.base = people;
      [this.kind.value, this.score.value] = ["kept", "0"];
    }
    this.count.value = people.length;
    this.listFriends();
  }

  listFriends() {
    this.said.textContent = this.people.length;
    const edit = (index, name, value) => {
      this.people = this.people.map((person, at) => (at === index ? { ...person, [name]: value } : person));
      this.base = this.people;
      this.send();
    };
    this.table.replaceChildren(...this.people.slice(0, 60).map((person, index) => make("tr", {},
      make("td", {}, input(person.nickname, { list: "hostile", "aria-label": `Name of friend ${index + 1}`, onchange: (event) => edit(index, "nickname", event.target.value) })),
      make("td", { class: "narrow" }, input(person.score ?? "", { "aria-label": `Score of friend ${index + 1}`, onchange: (event) => edit(index, "score", event.target.value === "" ? null : event.target.value) })))));
    this.more.textContent = this.people.length > 60 ? `and ${this.people.length - 60} more` : "";
  }

  remake(all = false) {
    const count = Number(this.count.value);
    const base = this.base ?? [];
    const kind = this.kind.value;
    const [, score] = SCORES[Number(this.score.value)];
    const name = (index, known) => {
      if (kind === "ordinary" || (kind === "kept" && known === undefined)) return ORDINARY[index % ORDINARY.length] + (index < ORDINARY.length ? "" : ` ${Math.floor(index / ORDINARY.length) + 1}`);
      if (kind === "kept") return known;
      return kind === "hostile" ? HOSTILE[index % HOSTILE.length][1] : HOSTILE[Number(kind)][1];
    };
    this.people = Array.from({ length: count }, (_, index) => {
      const known = base[index];
      const like = known ?? base[index % Math.max(base.length, 1)];
      const own = known ? known.score : String(Math.max(0, 1000 - index * 3));
      return { openid: known?.openid ?? `made-${index + 1}`, nickname: name(index, known?.nickname), avatarUrl: like?.avatarUrl ?? "", score: score ? score(index, count) : own };
    });
    this.listFriends();
    if (all) this.send();
    else {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.send(), 60);
    }
  }

  send() {
    // Half of a pair is none in JSON that others read.
    const people = this.people.map((person) => ({ ...person, nickname: person.nickname.toWellFormed?.() ?? person.nickname }));
    return this.app.try(() => this.app.post("friends", { people }));
  }

  chooseSource() {
    const value = this.source.value;
    if (value === "made") return this.send();
    this.base = null;
    this.kind.value = "kept";
    this.score.value = "0";
    return this.app.try(() => this.app.post("friends", value === "script" ? { script: true } : value === "example" ? { example: true } : { file: value }));
  }

  // --- messages ---

  makeMessages() {
    this.text = make("textarea", { id: "message", spellcheck: "false", "aria-label": "A message, JSON" }, '{"type": "show"}');
    this.text.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && this.post());
    this.messages = make("ul", { class: "lines", id: "messages" });
    this.sections[2].append(make("h2", {}, "Post a message"), this.text, make("div", { class: "row" },
      make("button", { type: "button", class: "main", id: "post", onclick: () => this.post() }, "Post to all frames"), make("span", { class: "quiet" }, "Ctrl+Enter")),
    make("h2", {}, "Messages that boards know"), this.messages);
  }

  listMessages(state) {
    const own = state.messages.map((message) => ["Of your script", message]);
    const key = JSON.stringify(own);
    if (this.messages.dataset.key === key && this.messages.children.length) return;
    this.messages.dataset.key = key;
    this.messages.replaceChildren(...[...own, ...USUAL].map(([title, message]) => make("li", { class: "row" },
      make("button", { type: "button", onclick: () => { this.text.value = JSON.stringify(message); this.post(); } }, title),
      make("code", { class: "quiet" }, JSON.stringify(message)))));
  }

  post() {
    return this.app.try(async () => {
      let message;
      try {
        message = JSON.parse(this.text.value);
      } catch {
        message = this.text.value;
      }
      await this.app.post("step", { step: { message } });
      this.app.say("posted", "good");
    });
  }

  // --- what is slow, and what fails ---

  makeTrouble() {
    this.rows = make("div");
    this.sections[3].append(make("h2", {}, "Calls of the platform"), make("p", { class: "quiet" }, "How long each takes, and whether it fails. The session begins anew with them, and does what was done."), this.rows,
      make("h2", {}, "Pictures"),
      make("label", { class: "field" }, "Each takes", this.slow = make("input", { type: "range", id: "picture-ms", min: 0, max: 5000, step: 100, onchange: () => this.sendTrouble() }), this.slowSaid = make("output")),
      make("label", { class: "field" }, "Fail: all", this.failAll = make("input", { type: "checkbox", id: "pictures-fail", onchange: () => this.failPictures() })),
      make("p", { class: "quiet" }, "Those that fail, one address a line; “hang ” before one: it never comes."),
      this.failing = make("textarea", { id: "failing", "aria-label": "Pictures that fail", spellcheck: "false", onchange: () => this.sendTrouble() }));
    this.slow.addEventListener("input", () => (this.slowSaid.textContent = `${this.slow.value} ms`));
  }

  showTrouble(state) {
    if (this.sections[3].contains(document.activeElement) && document.activeElement.matches("textarea, input[type=range]:active")) return;
    const calls = state.calls.filter((call) => /CloudStorage|UserInfo|Rank|Group|share/i.test(call));
    this.calls = calls.map((call) => {
      const late = make("input", { type: "range", min: 0, max: 10000, step: 100, value: state.latency[call] ?? 0, "aria-label": `${call} takes, ms` });
      const said = make("output", {}, `${late.value} ms`);
      const fails = make("input", { type: "checkbox", "aria-label": `${call} fails` });
      fails.checked = Boolean(state.faults[call]);
      late.addEventListener("input", () => (said.textContent = `${late.value} ms`));
      for (const control of [late, fails]) control.addEventListener("change", () => this.sendTrouble());
      return { call, late, fails, row: make("div", {}, make("code", {}, call), make("div", { class: "row" }, late, said, make("label", { class: "row" }, fails, "fails"))) };
    });
    this.rows.replaceChildren(...this.calls.map(({ row }) => row));
    const image = state.latency.image;
    this.slow.value = typeof image === "object" ? image?.["*"] ?? 0 : image ?? 0;
    this.slowSaid.textContent = `${this.slow.value} ms`;
    const failing = Object.entries(state.faults.image ?? {});
    this.failing.value = failing.map(([src, kind]) => (kind === "hang" ? `hang ${src}` : src)).join("\n");
    this.failAll.checked = failing.length > 0;
  }

  async failPictures() {
    const { people } = await this.app.get("people.json");
    this.failing.value = this.failAll.checked ? [...new Set(people.map((person) => person.avatarUrl).filter(Boolean))].join("\n") : "";
    this.sendTrouble();
  }

  sendTrouble() {
    const latency = {}, faults = {};
    for (const { call, late, fails } of this.calls ?? []) {
      if (Number(late.value)) latency[call] = Number(late.value);
      if (fails.checked) faults[call] = { errMsg: `${call}:fail the workshop says so` };
    }
    if (Number(this.slow.value)) latency.image = Number(this.slow.value);
    const failing = this.failing.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (failing.length) faults.image = Object.fromEntries(failing.map((line) => (line.startsWith("hang ") ? [line.slice(5), "hang"] : [line, "error"])));
    return this.app.try(() => this.app.post("trouble", { latency, faults }));
  }

  // --- log ---

  makeLog() {
    this.filter = make("input", { type: "search", "aria-label": "Show lines with", placeholder: "Show lines with…", oninput: () => this.sift() });
    this.lines = make("ul", { class: "lines", id: "log-lines" });
    this.sections[4].append(make("div", { class: "row" }, this.filter, make("span", { class: "quiet" }, "as events.ndjson of play")), this.lines);
  }

  async loadLog(pane, key) {
    const [generation] = pane.log.split(".");
    const whose = `${pane.id} ${generation}`;
    if (this.log.whose !== whose) {
      this.lines.replaceChildren();
      this.log = { whose, from: 0 };
    }
    this.log.key = key;
    const [from, to] = [this.log.from, Number(pane.log.split(".")[1])];
    this.log.from = to;
    const bytes = await (await fetch(`frame/${pane.id}/log?from=${from}&to=${to}`)).arrayBuffer();
    for (const line of new TextDecoder().decode(bytes).split("\n").filter(Boolean)) this.line(line);
    while (this.lines.children.length > 2000) this.lines.firstChild.remove();
    this.sift();
    this.sections[4].scrollTop = this.sections[4].scrollHeight;
  }

  line(text) {
    let line;
    try {
      line = JSON.parse(text);
    } catch {
      return;
    }
    const kind = ["event", "effect", "diagnostic", "console"].find((kind) => kind in line) ?? "event";
    const { at, [kind]: name, ...rest } = line;
    const shown = JSON.stringify(rest, (_, value) => (typeof value === "string" && value.length > 120 ? `${value.slice(0, 120)}…` : value));
    this.lines.append(make("li", { class: kind }, make("time", {}, `${at} ms`), make("b", {}, String(name)), shown === "{}" ? "" : ` ${shown}`));
  }

  sift() {
    const wanted = this.filter.value.toLowerCase();
    for (const line of this.lines.children) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  }

  // --- the session as a script, and as a golden case ---

  makeSession() {
    this.name = make("input", { id: "session-name", value: "session", spellcheck: "false", autocomplete: "off" });
    this.steps = make("ol", { class: "commands", id: "steps" });
    this.saved = make("div", { id: "saved", role: "status" });
    this.sections[5].append(make("h2", {}, "What was done in this frame"), make("p", { class: "quiet" }, "Every message, touch and turn of the wheel is a step of a script. Saved, friendboard play repeats it byte for byte, with a picture of how it is now at its end."),
      make("label", { class: "field" }, "Name", this.name),
      make("div", { class: "row" }, make("button", { type: "button", class: "main", id: "save", onclick: () => this.keep("save") }, "Save the script"),
        make("button", { type: "button", id: "golden", onclick: () => this.keep("golden") }, "Make a golden case"),
        make("button", { type: "button", onclick: () => this.app.try(() => this.app.post("start-over", {})) }, "Start over")),
      this.saved, make("h2", {}, "Steps"), this.steps);
  }

  async loadSession() {
    const pane = this.last?.panes.find(({ id }) => id === this.app.current);
    if (!pane) return;
    this.steps.dataset.key = `${pane.id} ${pane.log} ${pane.steps}`;
    const steps = await this.app.get(`frame/${pane.id}/steps`);
    this.steps.replaceChildren(...steps.slice(-500).map(({ at, ...step }) => make("li", {}, make("span", { class: "quiet" }, `${at} ms `), JSON.stringify(step))));
  }

  keep(path) {
    return this.app.try(async () => {
      const { file, isSame, command } = await this.app.post(path, { frame: this.app.current, name: this.name.value });
      this.saved.replaceChildren(make("h2", {}, `${file} is written`), make("p", {}, isSame ? "Played once more, it came to the same bytes." : "Played once more, it came to other bytes: a file has changed since."),
        make("button", { type: "button", class: "place", onclick: () => navigator.clipboard.writeText(command).then(() => this.app.say("copied", "good")) }, command));
      this.app.say(`${file} is written`, "good");
    });
  }

  // --- the draw list ---

  makeDrawing() {
    this.upto = make("input", { type: "range", id: "upto", min: 0, "aria-label": "Commands that are drawn", oninput: () => this.app.try(() => this.drawn()) });
    this.uptoSaid = make("output");
    this.part = make("canvas", { role: "img", "aria-label": "What the commands so far draw" });
    this.part.style.maxWidth = "100%";
    this.commands = make("ol", { class: "commands", start: 1, id: "commands" });
    this.drawing = { version: "", count: Infinity };
    this.sections[6].append(make("label", { class: "field" }, "Commands", this.upto, this.uptoSaid), this.part, this.commands);
  }

  async loadDrawing() {
    const pane = this.last?.panes.find(({ id }) => id === this.app.current);
    if (!pane || this.drawing.version === `${pane.id} ${pane.version}`) return;
    this.drawing.version = `${pane.id} ${pane.version}`;
    const lines = await this.app.get(`frame/${pane.id}/commands`);
    const wasWhole = this.drawing.count >= Number(this.upto.max || 0);
    this.upto.max = lines.length;
    this.upto.value = wasWhole ? lines.length : Math.min(this.drawing.count, lines.length);
    this.commands.replaceChildren(...lines.slice(0, 3000).map((line, index) => make("li", { onclick: () => {
      this.upto.value = index + 1;
      this.app.try(() => this.drawn());
    } }, line)));
    await this.drawn();
  }

  async drawn() {
    const count = Number(this.upto.value);
    this.drawing.count = count;
    this.uptoSaid.textContent = `${count} of ${this.upto.max}`;
    [...this.commands.children].forEach((line, index) => {
      line.classList.toggle("off", index >= count);
      line.classList.toggle("last", index === count - 1);
    });
    const answer = await fetch(`frame/${this.app.current}/commands/pixels?count=${count}`);
    if (answer.ok) draw(this.part, await answer.arrayBuffer());
  }
}

function input(value, attributes) {
  const element = make("input", attributes);
  element.value = value;
  return element;
}
