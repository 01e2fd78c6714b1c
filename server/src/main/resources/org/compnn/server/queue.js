/* Suspected labels, or training pictures behind wrong pixels, one after another: photograph, given label and suggested label, to accept or not. */

import * as server from "./server.js";
import { select } from "./controls.js";
import { Surface, outlined } from "../viewer/drawing.js";
import { element, swatch } from "../viewer/element.js";
import { round } from "../viewer/format.js";
import { load, picture } from "../viewer/pictures.js";
import { panned, regionOf, within, zoomed } from "../viewer/view.js";

const EVERY = 1000;
const ACTS = { accept: ["Accept", "A"], reject: ["Reject", "R"], skip: ["Skip", "S"] };
const FORMATS = {
  "corrected.zip": "Corrected labels", "regions.csv": "Regions (CSV)", "coco.zip": "COCO", "label-studio.zip": "Label Studio",
  "cvat.zip": "CVAT", "fiftyone.zip": "FiftyOne", "without.txt": "Excluded, for --without", "review.jsonl": "Decisions (JSONL)",
};

/* One of three pictures in step: drawn sharp or smooth, with the region outlined. */
class Sheet {
  constructor(title, queue) {
    this.queue = queue;
    this.surface = new Surface(() => this.draw());
    this.title = element("figcaption", {}, title);
    this.view = element("div", { class: "sheet", "data-sheet": title }, this.surface.canvas);
    this.root = element("figure", {}, this.title, this.view);
    this.view.addEventListener("wheel", (event) => { event.preventDefault(); queue.look(zoomed(queue.view, Math.exp(-event.deltaY / 300), this.at(event))); }, { passive: false });
    this.view.addEventListener("pointerdown", (event) => { this.from = this.at(event); this.view.setPointerCapture(event.pointerId); });
    this.view.addEventListener("pointermove", (event) => {
      if (!this.from) return;
      const here = this.at(event);
      queue.look(panned(queue.view, here.x - this.from.x, here.y - this.from.y));
      this.from = here;
    });
    this.view.addEventListener("pointerup", () => { this.from = null; });
  }

  at(event) {
    const { left, top, width, height } = this.view.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  }

  /* `paint(context)` draws over it, in pixels of the network's output. */
  show(source, sharp, paint = null) {
    Object.assign(this, { source, sharp, paint });
    this.draw();
    if (source && !picture(source)) load(source).then(() => { if (this.source === source) this.draw(); }, () => {});
  }

  draw() {
    const { queue, source } = this;
    const drawn = this.surface.begin();
    if (!drawn || !queue.item) return;
    const { context, width, height } = drawn;
    const { left, right, top, bottom } = regionOf(queue.view);
    const shown = source && picture(source);
    if (shown) {
      const [w, h] = [shown.naturalWidth, shown.naturalHeight];
      context.imageSmoothingEnabled = !this.sharp;
      context.drawImage(shown, left * w, top * h, (right - left) * w, (bottom - top) * h, 0, 0, width, height);
    }
    const size = queue.db.output;
    const across = width / (right - left) / size.width;
    const down = height / (bottom - top) / size.height;
    const place = new DOMMatrix([across, 0, 0, down, -left * size.width * across, -top * size.height * down]);
    for (const region of queue.item.entry.regions) {
      const path = new Path2D();
      path.addPath(new Path2D(region.outline), place);
      const current = region === queue.item.region;
      if (current && this.paint) { context.fillStyle = this.paint; context.fill(path, "evenodd"); }
      outlined(context, current ? [["rgb(0 0 0 / 85%)", 4.5], ["#ffffff", 2]] : [["rgb(0 0 0 / 45%)", 2], ["rgb(255 255 255 / 60%)", 1]], () => context.stroke(path));
    }
  }
}

export class Queue {
  /* `kind` is suspects or culprits; `home` keeps the decisions. */
  constructor(db, home, kind) {
    Object.assign(this, { db, home, kind });
    this.items = [];
    this.at = 0;
    this.done = [];
    this.view = { zoom: 1, x: 0.5, y: 0.5 };
    this.sheets = ["Photograph", "Given label", "Suggested label"].map((title) => new Sheet(title, this));
    const { width, height } = db.output;
    for (const { view } of this.sheets) view.style.aspectRatio = `${width} / ${height}`;
    this.head = element("div", { class: "queue-head" });
    this.progress = element("p", { class: "soft number", role: "status" });
    this.acts = element("div", { class: "acts" }, ...Object.entries(ACTS).map(([decision, [name, key]]) => element("button", {
      type: "button", class: "quiet", "data-decide": decision, onclick: () => this.decide(decision),
    }, `${name} `, element("kbd", {}, key))), element("button", { type: "button", class: "quiet", "data-decide": "undo", onclick: () => this.undo() }, "Undo ", element("kbd", {}, "U")),
    element("button", { type: "button", class: "quiet", "data-decide": "exclude", onclick: () => this.decide("exclude") }, "Exclude the picture ", element("kbd", {}, "X")),
    element("div", { class: "switch", role: "group", "aria-label": "Zoom" }, element("button", { type: "button", "aria-label": "Zoom out (−)", onclick: () => this.look(zoomed(this.view, 1 / 1.5)) }, "−"),
      element("button", { type: "button", title: "Whole picture, or the region (Z)", onclick: () => this.toRegion() }, "Region"), element("button", { type: "button", "aria-label": "Zoom in (+)", onclick: () => this.look(zoomed(this.view, 1.5)) }, "+")));
    this.export = element("details", { class: "menu" }, element("summary", {}, "Export"), element("ul", {}, ...Object.entries(FORMATS).map(([format, title]) =>
      element("li", {}, element("a", { href: server.exportAddress(db, format), "data-export": format, download: "" }, title)))));
    this.legend = element("div", { class: "legend" });
    this.none = element("p", { class: "soft" });
    this.strip = element("ol", { class: "strip", "aria-label": "Queue" });
    this.body = element("div", { class: "queue-body" }, this.head, element("div", { class: "sheets" }, ...this.sheets.map(({ root }) => root)), this.acts, this.legend);
    this.root = element("div", { class: "queue" }, element("div", { class: "queue-top" }, this.progress, this.export), this.none, this.body, this.strip);
  }

  /* The queue as it is now; more comes while the server works on it. */
  async begin() {
    if (this.asking || this.complete) return;
    this.asking = true;
    try {
      const answer = await server.queue(this.db, this.kind);
      await this.home.review.ready;
      this.take(answer);
      this.complete = !answer.running;
      if (answer.running) this.next = setTimeout(() => this.begin(), EVERY);
    } catch (error) {
      this.state = { judged: 0, total: 0, running: false, message: error.message };
      this.draw();
      this.next = setTimeout(() => this.begin(), 5 * EVERY);
    } finally {
      this.asking = false;
    }
  }

  take({ suspects = [], ...state }) {
    const current = this.item && this.keyOf(this.item);
    this.state = state;
    this.items = suspects.flatMap((entry) => entry.regions.map((region) => ({ entry, region })));
    const found = this.items.findIndex((item) => this.keyOf(item) === current);
    if (found >= 0) this.at = found;
    else this.at = Math.max(0, this.items.findIndex((item) => !this.decided(item)));
    this.draw();
    if (found < 0) this.toRegion();
  }

  keyOf({ entry, region }) {
    return `${entry.exemplar} ${region.outline}`;
  }

  get item() {
    return this.items[this.at] ?? null;
  }

  regionOf({ region: { box, outline } }) {
    return { box, outline };
  }

  decided(item) {
    return this.home.review.of(item.entry.id, this.regionOf(item)) ?? this.home.review.of(item.entry.id);
  }

  async decide(decision, label = this.label ?? this.item?.region.suggested) {
    const { item } = this;
    if (!item) return;
    const { given, suggested } = item.region;
    const source = this.kind === "suspects" ? "suspects" : "blame";
    const made = decision === "exclude" ? { set: "training", picture: item.entry.id, region: null, decision, source }
      : { set: "training", picture: item.entry.id, region: this.regionOf(item), given, suggested, label: decision === "accept" ? label : given, decision, source };
    try {
      this.done.push({ decision: await this.home.review.make(made), key: this.keyOf(item) });
      this.turn(1);
    } catch (error) {
      this.home.app.say(error);
    }
  }

  async undo() {
    const last = this.done.pop() ?? (this.item && this.decided(this.item) && { decision: this.decided(this.item), key: this.keyOf(this.item) });
    if (!last) return;
    try {
      await this.home.review.undo(last.decision);
      const found = this.items.findIndex((item) => this.keyOf(item) === last.key);
      if (found >= 0) this.go(found);
      else this.draw();
    } catch (error) {
      this.home.app.say(error);
    }
  }

  /* To the next one that waits for a decision, or to the one before. */
  turn(by) {
    let to = this.at + by;
    while (by > 0 && to < this.items.length - 1 && this.decided(this.items[to])) to++;
    this.go(Math.max(0, Math.min(this.items.length - 1, to)));
  }

  go(at) {
    this.at = at;
    this.label = null;
    this.draw();
    this.toRegion();
  }

  look(view) {
    this.view = within(view);
    for (const sheet of this.sheets) sheet.draw();
  }

  /* The region with some of what is around it; the whole picture where that is in sight already. */
  toRegion() {
    if (!this.item) return;
    const [top, left, bottom, right] = this.item.region.box;
    const { width, height } = this.db.output;
    const zoom = Math.max(1, Math.min(6, 0.55 / Math.max((right - left) / width, (bottom - top) / height)));
    const wanted = within({ zoom, x: (left + right) / 2 / width, y: (top + bottom) / 2 / height });
    this.look(JSON.stringify(wanted) === JSON.stringify(this.view) ? { zoom: 1, x: 0.5, y: 0.5 } : wanted);
  }

  draw() {
    const { item, state } = this;
    if (!state) return;
    const decided = this.items.filter((each) => this.decided(each)).length;
    this.progress.textContent = [`${decided} of ${this.items.length} decided`, ...(state.running ? [`${state.judged} of ${state.total} pictures looked at`] : []),
      ...(this.home.review.file ? [`kept in ${this.home.review.file}`] : [])].join(" · ");
    this.body.hidden = !item;
    this.none.hidden = Boolean(item);
    this.none.textContent = state.message ?? (state.running ? "Looking for suspected labels …" : "Nothing is suspected.");
    if (item) this.one(item);
    this.mark();
  }

  class(index) {
    const found = this.db.classes?.[index];
    return found ? [swatch(found.colour), " ", found.name] : ["none"];
  }

  one(item) {
    const { entry, region } = item;
    const { classes } = this.db;
    const decision = this.decided(item);
    const label = this.label ?? (decision?.decision === "accept" ? decision.label : region.suggested);
    this.head.replaceChildren(element("h2", {}, entry.id, " ", element("span", { class: "soft" }, `region ${region.number} of ${entry.regions.length}, ${region.pixels} pixels`)),
      element("p", {}, ...this.class(region.given), " → ", ...this.class(region.suggested), element("span", { class: "soft number" }, `  score ${round(region.score ?? entry.score)}`)),
      element("label", { class: "soft" }, "Right label ", select("label", "Right label", Object.fromEntries(classes.map(({ name }, i) => [i, name])), label, (value) => { this.label = Number(value); this.draw(); })),
      decision ? element("b", { class: `decided ${decision.decision}` }, { accept: "Accepted", reject: "Rejected", skip: "Skipped", exclude: "Excluded" }[decision.decision]) : "");
    const address = (kind) => server.exemplarAddress(this.db, entry.exemplar, kind);
    this.sheets[0].show(address("input.png"), false);
    this.sheets[1].show(address("original.png"), true);
    this.sheets[2].show(address("original.png"), true, classes[label]?.colour);
    this.legend.replaceChildren(...classes.map(({ name, colour }) => element("span", {}, swatch(colour), " ", name)));
  }

  /* All of the queue, small; decided ones are marked. */
  mark() {
    const focused = document.activeElement?.dataset?.queued;
    const first = Math.max(0, Math.min(this.at - 8, this.items.length - 24));
    this.strip.replaceChildren(...this.items.slice(first, first + 24).map((item, i) => {
      const decision = this.decided(item)?.decision ?? "";
      return element("li", {}, element("button", {
        type: "button", class: decision, "data-queued": first + i, "aria-current": first + i === this.at ? "true" : false, "aria-label": `${item.entry.id}, region ${item.region.number}${decision ? `, ${decision}` : ""}`, onclick: () => this.go(first + i),
      }, element("img", { src: server.exemplarAddress(this.db, item.entry.exemplar, "small.jpg"), alt: "", loading: "lazy" }),
      decision ? element("i", { "aria-hidden": "true" }, { accept: "✓", reject: "✗", skip: "–", exclude: "⊘" }[decision]) : ""));
    }));
    if (focused) this.strip.querySelector(`[data-queued="${focused}"]`)?.focus();
  }

  show() {
    this.begin();
    this.draw();
  }

  takes(event) {
    const key = event.key.toLowerCase();
    if (event.target.closest?.("button, a, summary") && (event.key === "Enter" || event.key === " ")) return false;
    if (key === "a" || event.key === "Enter") this.decide("accept");
    else if (key === "r") this.decide("reject");
    else if (key === "s") this.decide("skip");
    else if (key === "u") this.undo();
    else if (key === "x") this.decide("exclude");
    else if (key === "e") { this.export.open = !this.export.open; if (this.export.open) this.export.querySelector("a").focus(); }
    else if (key === "z") this.toRegion();
    else if (key === "j" || event.key === "ArrowRight") this.go(Math.min(this.items.length - 1, this.at + 1));
    else if (key === "k" || event.key === "ArrowLeft") this.go(Math.max(0, this.at - 1));
    else if (event.key === "+" || event.key === "=") this.look(zoomed(this.view, 1.5));
    else if (event.key === "-") this.look(zoomed(this.view, 1 / 1.5));
    else return false;
    return true;
  }

  leave() {
    clearTimeout(this.next);
  }
}
