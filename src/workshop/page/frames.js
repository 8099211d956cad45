// The row of frames: their pictures, their fingers, what is wrong over them.
import { make } from "./page.js";

const SIZES = ["320x480", "360x540", "360x640", "390x844", "412x915", "375x300", "540x960", "667x375", "768x1024"];

export class Frames {
  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.screens = new Map();
    this.inspecting = false;
  }

  /** Shows the frames that there are. */
  show(state) {
    for (const [id, screen] of this.screens) {
      if (!state.panes.some((pane) => pane.id === id)) {
        screen.root.remove();
        this.screens.delete(id);
      }
    }
    for (const pane of state.panes) {
      const screen = this.screens.get(pane.id) ?? this.make(pane);
      this.describe(screen, pane, state);
    }
    this.mark();
  }

  make(pane) {
    const canvas = make("canvas", { role: "img" });
    const overlay = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const screen = { id: pane.id, canvas, overlay, version: "", error: make("div", { class: "error", role: "alert", hidden: true }), finger: null };
    const control = (name, element) => {
      element.setAttribute("aria-label", `${name} of frame ${pane.id}`);
      element.addEventListener("change", () => this.changed(pane.id));
      return (screen[name] = element);
    };
    screen.screen = make("div", { class: "screen", tabindex: "0", "aria-label": `Board of frame ${pane.id}` }, canvas, overlay);
    screen.foot = make("div", { class: "foot" }, make("span"), make("span", { class: "count" }));
    screen.root = make("article", { class: "frame", "aria-label": `Frame ${pane.id}` },
      make("header", {},
        make("div", { class: "row" }, control("board", make("select", { class: "board" })),
          make("button", { type: "button", class: "plain", "aria-label": `Remove frame ${pane.id}`, onclick: () => this.remove(pane.id) }, "✕")),
        make("div", { class: "row" }, control("width", make("input", { type: "number", min: 1, max: 4096 })), "×",
          control("height", make("input", { type: "number", min: 1, max: 4096 })),
          this.sizes(screen, pane.id), control("dpr", make("select", { class: "dpr" }, ...[1, 1.5, 2, 3, 4].map((dpr) => make("option", { value: dpr }, `${dpr}×`))))),
        make("div", { class: "row" }, control("platform", make("select")), control("theme", make("select")), control("locale", make("select")))),
      make("div", { class: "stage" }, screen.screen, screen.error), screen.foot);
    this.fingers(screen);
    this.screens.set(pane.id, screen);
    this.root.append(screen.root);
    return screen;
  }

  sizes(screen, id) {
    return make("select", { "aria-label": `A usual size for frame ${id}`, onchange: (event) => {
      [screen.width.value, screen.height.value] = event.target.value.split("x");
      event.target.selectedIndex = 0;
      this.changed(id);
    } }, make("option", {}, "Size"), ...SIZES.map((size) => make("option", { value: size }, size.replace("x", "×"))));
  }

  /** What is chosen for a frame, what is wrong, how it fares. */
  describe(screen, pane, state) {
    const fill = (select, names, chosen) => {
      const list = names.includes(chosen) ? names : [chosen, ...names];
      if (select.dataset.list !== list.join("\n")) {
        select.replaceChildren(...list.map((name) => make("option", { value: name }, name)));
        select.dataset.list = list.join("\n");
      }
      select.value = chosen;
    };
    fill(screen.board, state.boards, pane.look.board);
    fill(screen.platform, state.platforms, pane.look.platform);
    fill(screen.theme, state.themes, pane.look.theme);
    fill(screen.locale, state.locales, pane.look.locale);
    const dprs = [...screen.dpr.options].map((option) => option.value);
    if (!dprs.includes(String(pane.look.dpr))) screen.dpr.append(make("option", { value: pane.look.dpr }, `${pane.look.dpr}×`));
    screen.dpr.value = pane.look.dpr;
    for (const side of ["width", "height"]) if (document.activeElement !== screen[side]) screen[side].value = pane.look[side];
    screen.look = pane.look;
    screen.canvas.style.width = `${pane.look.width}px`;
    screen.canvas.style.height = `${pane.look.height}px`;
    screen.canvas.setAttribute("aria-label", `${pane.look.board}, ${pane.state}`);
    const errors = pane.isBroken ? pane.diagnostics.slice(0, 1) : [];
    screen.error.hidden = errors.length === 0;
    screen.error.replaceChildren(...errors.map((found) => make("div", {},
      make("strong", {}, "This save can't be shown"), this.app.place(found) ?? "", make("div", {}, found.message), found.hint ? make("div", { class: "quiet" }, found.hint) : null)));
    const warnings = pane.diagnostics.length - errors.length;
    screen.foot.children[0].textContent = pane.state;
    screen.foot.children[1].textContent = warnings ? `${warnings} ${warnings === 1 ? "warning" : "warnings"}` : "no warnings";
    screen.saved = pane.saved;
  }

  /** Loads the pictures that are not as they were. */
  async load(told) {
    await Promise.all(told.panes.map(async ({ id, version }) => {
      const screen = this.screens.get(id);
      if (!screen || screen.version === version) return;
      const answer = await fetch(`frame/${id}/pixels`);
      if (!answer.ok) return;
      draw(screen.canvas, await answer.arrayBuffer());
      const isNew = screen.version.split(".")[0] !== version.split(".")[0];
      screen.version = version;
      if (isNew) this.told(screen, id);
    }));
  }

  /** Says how long a save took to be seen. */
  told(screen, id) {
    requestAnimationFrame(() => {
      const shown = Date.now();
      setTimeout(() => {
        const saved = this.app.state?.panes.find((pane) => pane.id === id)?.saved;
        if (!saved || saved.at === screen.told) return;
        screen.told = saved.at;
        const after = Math.max(0, Math.round(shown - saved.at));
        this.app.shownAfter = after;
        document.documentElement.dataset.shown = after;
        this.app.say(`${saved.file}: shown ${after} ms after the save`, "good");
      }, 60);
    });
  }

  fingers(screen) {
    const point = (event) => {
      const box = screen.canvas.getBoundingClientRect();
      const round = (number) => Math.round(number * 10) / 10;
      return [round(event.clientX - box.left), round(event.clientY - box.top)];
    };
    const post = (path, body) => (screen.posted = (screen.posted ?? Promise.resolve()).then(() => this.app.try(() => this.app.post(path, body))));
    const touch = (phase, event) => post("step", { frame: screen.id, step: { [phase]: point(event) } });
    screen.root.addEventListener("pointerdown", () => this.choose(screen.id));
    screen.root.addEventListener("focusin", () => this.choose(screen.id));
    screen.screen.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (this.inspecting) return void this.app.panels.pick(screen.id, point(event), true);
      screen.screen.setPointerCapture(event.pointerId);
      screen.finger = event.pointerId;
      touch("touchstart", event);
    });
    screen.screen.addEventListener("pointermove", (event) => {
      if (this.inspecting) return void this.app.panels.pick(screen.id, point(event), false);
      if (screen.finger !== event.pointerId || screen.moving) return;
      screen.moving = true;
      touch("touchmove", event).then(() => (screen.moving = false));
    });
    const up = (phase) => (event) => {
      if (screen.finger !== event.pointerId) return;
      screen.finger = null;
      touch(phase, event);
    };
    screen.screen.addEventListener("pointerup", up("touchend"));
    screen.screen.addEventListener("pointercancel", up("touchcancel"));
    screen.screen.addEventListener("pointerleave", () => this.inspecting && this.app.panels.leave());
    screen.screen.addEventListener("wheel", (event) => {
      event.preventDefault();
      const [x, y] = point(event);
      screen.wheel = [(screen.wheel?.[0] ?? 0) + event.deltaX, (screen.wheel?.[1] ?? 0) + event.deltaY];
      if (screen.turning) return;
      screen.turning = true;
      const turn = () => {
        const [right, down] = screen.wheel;
        screen.wheel = [0, 0];
        return post("wheel", { frame: screen.id, x, y, right, down }).then(() => (screen.wheel[0] || screen.wheel[1] ? turn() : (screen.turning = false)));
      };
      turn();
    }, { passive: false });
  }

  /** Draws the boxes of a node over its frame, or none. */
  outline(id, node) {
    for (const [known, { overlay, look }] of this.screens) {
      overlay.replaceChildren();
      if (known !== id || !node?.seen) continue;
      const dpr = look.dpr;
      const [x, y, width, height] = node.seen.map((number) => number / dpr);
      const number = (value) => (typeof value === "number" ? value : 0);
      const inset = (box, [left, top, right, bottom], sign) => [box[0] + sign * number(left), box[1] + sign * number(top),
        box[2] - sign * (number(left) + number(right)), box[3] - sign * (number(top) + number(bottom))];
      const border = [x, y, width, height];
      const padding = inset(border, node.border, 1);
      const boxes = { margin: inset(border, node.margin, -1), border, padding, content: inset(padding, node.padding, 1) };
      const ring = (outer, inner) => `M${outer[0]} ${outer[1]}h${outer[2]}v${outer[3]}h${-outer[2]}z` + (inner ? `M${inner[0]} ${inner[1]}v${inner[3]}h${inner[2]}v${-inner[3]}z` : "");
      const pairs = [["margin", "border"], ["border", "padding"], ["padding", "content"], ["content", null]];
      for (const [name, inner] of pairs) {
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        path.setAttribute("d", ring(boxes[name], boxes[inner]));
        path.setAttribute("class", name);
        overlay.append(path);
      }
    }
  }

  changed(id) {
    const screen = this.screens.get(id);
    const look = { board: screen.board.value, width: Number(screen.width.value), height: Number(screen.height.value), dpr: Number(screen.dpr.value),
      platform: screen.platform.value, theme: screen.theme.value, locale: screen.locale.value };
    return this.app.try(() => this.app.post("set", { frame: id, look }));
  }

  turnTheme(id) {
    const screen = this.screens.get(id);
    if (!screen) return;
    screen.theme.selectedIndex = (screen.theme.selectedIndex + 1) % screen.theme.options.length;
    this.changed(id);
  }

  remove(id) {
    return this.app.try(() => this.app.post("remove", { frame: id }));
  }

  choose(id) {
    if (this.app.current === id) return;
    this.app.current = id;
    this.mark();
    this.app.panels.show(this.app.state);
  }

  step(by) {
    const ids = [...this.screens.keys()];
    const next = ids[(ids.indexOf(this.app.current) + by + ids.length) % ids.length];
    this.choose(next);
    this.screens.get(next).screen.focus();
    this.screens.get(next).root.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  mark() {
    for (const [id, { root }] of this.screens) root.classList.toggle("current", id === this.app.current && this.screens.size > 1);
    document.body.classList.toggle("inspecting", this.inspecting);
  }
}

/** Puts pixels as the program sends them on a canvas: width, height, straight RGBA. */
export function draw(canvas, bytes) {
  const size = new DataView(bytes);
  const [width, height] = [size.getUint32(0, true), size.getUint32(4, true)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(bytes, 8), width, height), 0, 0);
}
