/* Pictures, or their wrong regions, as points by what the network makes of them: those alike lie together. A lasso chooses some. */

import * as server from "./server.js";
import { cutOut } from "./matrix.js";
import { CAUSES, CAUSE_NAMES } from "../viewer/causes.js";
import { cividis } from "../viewer/colours.js";
import { Surface } from "../viewer/drawing.js";
import { element, swatch } from "../viewer/element.js";
import { percent } from "../viewer/format.js";
import { encloses } from "../viewer/lasso.js";

const TAGS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8a6d3b", "#7f7fff"];
const NEAR = 14;
const MARGIN = 26;

export class ScatterMap {
  /* `home` opens pictures, and takes what is chosen as a filter. */
  constructor(db, home) {
    Object.assign(this, { db, home });
    this.surface = new Surface(() => this.draw());
    this.card = element("div", { class: "item hover", hidden: "" });
    this.legend = element("div", { class: "legend" });
    this.kinds = this.switch("points", { pictures: "Pictures", regions: "Wrong regions" });
    this.colours = this.switch("colour", { error: "Error", cause: "Cause", tag: "Tag" });
    this.layouts = this.switch("layout", { axes: "Axes", neighbours: "Neighbours" });
    this.layouts.title = "Axes: the two directions in which training pictures differ most. Neighbours: UMAP of eight such directions; what is alike lies together, while distances between groups mean little.";
    this.note = element("span", { class: "soft", role: "status" });
    this.laid = new Map();
    this.view = element("div", { class: "cloud", tabindex: "0", role: "application", "aria-label": "Map. Arrow keys go to the nearest point in a direction, Enter opens it. Drag around points to choose them." },
      this.surface.canvas, this.card);
    this.said = element("p", { class: "heard", role: "status" });
    this.root = element("div", { class: "mapped" }, element("div", { class: "tools" }, this.kinds, this.layouts, this.colours, this.legend,
      element("span", { class: "soft" }, "Drag around points to choose pictures."), this.note), this.view, this.said);
    this.view.addEventListener("pointerdown", (event) => this.begin(event));
    this.view.addEventListener("pointermove", (event) => this.move(event));
    this.view.addEventListener("pointerup", () => this.end());
    this.view.addEventListener("pointerleave", () => { if (!this.lasso) this.point(null); });
    this.view.addEventListener("keydown", (event) => { if (this.takes(event)) event.preventDefault(); });
  }

  switch(name, choices) {
    return element("div", { class: "switch", role: "group", "aria-label": { points: "Points", layout: "Layout", colour: "Colour by" }[name] }, ...Object.entries(choices).map(([value, text]) =>
      element("button", { type: "button", "data-value": value, onclick: () => this.home.put(name, value) }, text)));
  }

  /* The pictures that pass the filters. */
  show(summaries) {
    const { points, colour, layout } = this.home.state;
    for (const [group, value] of [[this.kinds, points], [this.colours, colour], [this.layouts, layout]]) {
      for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.value === value));
    }
    const items = points === "regions"
      ? summaries.flatMap((summary) => (summary.regions ?? []).map((region) => ({ summary, region, place: region.embedding })))
      : summaries.map((summary) => ({ summary, region: null, place: summary.embedding }));
    this.items = items.filter(({ place }) => place?.length >= 2);
    if (layout === "neighbours") this.together(points);
    else this.note.textContent = "";
    const range = (axis) => this.items.reduce(([low, high], { place }) => [Math.min(low, place[axis]), Math.max(high, place[axis])], [Infinity, -Infinity]);
    this.ranges = [range(0), range(1)];
    this.paint(colour);
    this.draw();
  }

  /* Places points by their neighbours as far as they are laid out; until then, or where they cannot be, along the axes. */
  together(points) {
    const kind = `${this.home.set.id} ${points}`;
    const { judged, running } = this.home.judging.progress;
    const laid = this.laid.get(kind);
    if (!laid || (!laid.asking && laid.judged !== judged && !running)) this.layOut(kind, points, judged);
    const { places, failed } = this.laid.get(kind);
    this.note.textContent = failed ?? (places ? "" : "Laying out by neighbours …");
    if (!places) return;
    this.items = this.items.flatMap((item) => {
      const place = places.get(`${item.summary.number} ${item.region?.number ?? 0}`);
      return place ? [{ ...item, place }] : [];
    });
  }

  async layOut(kind, points, judged) {
    const { home } = this;
    const before = this.laid.get(kind)?.places;
    this.laid.set(kind, { asking: true, judged, places: before });
    try {
      const found = await server.layout(this.db, home.set.id, points);
      this.laid.set(kind, { judged, places: new Map(found.map(([number, region, ...place]) => [`${number} ${region}`, place])) });
    } catch (error) {
      this.laid.set(kind, { judged, failed: `Along the axes: ${error.message}` });
    }
    if (home.other === this) home.show();
  }

  /* The colour of every point, and what the colours stand for. */
  paint(by) {
    const hex = (levels) => `rgb(${levels.map(Math.round).join(" ")})`;
    if (by === "error") {
      const errors = this.items.map(({ summary }) => summary.error ?? 0);
      const [least, most] = [errors.reduce((a, b) => Math.min(a, b), Infinity), errors.reduce((a, b) => Math.max(a, b), 0)];
      for (const item of this.items) item.colour = item.summary.error === null ? "#808080" : hex(cividis((item.summary.error - least) / (most - least || 1)));
      this.legend.replaceChildren(...(errors.length ? [[0, least], [1, most]] : []).map(([share, error]) => element("span", {}, swatch(hex(cividis(share))), ` ${percent(error)}`)));
    } else if (by === "cause") {
      const causeOf = ({ summary, region }) => region?.cause ?? CAUSE_NAMES.reduce((best, cause) => ((summary.causes?.[cause] ?? 0) > (summary.causes?.[best] ?? 0) ? cause : best), "taught");
      for (const item of this.items) item.colour = item.summary.wrong ? CAUSES[causeOf(item)].colour : "#808080";
      this.legend.replaceChildren(...CAUSE_NAMES.map((cause) => element("span", { title: CAUSES[cause].meaning }, swatch(CAUSES[cause].colour), " ", CAUSES[cause].name)));
    } else {
      const tags = [...new Set(this.items.flatMap(({ summary }) => summary.tags ?? []))].sort();
      const colour = (tag) => (tags.indexOf(tag) < 0 ? "#808080" : TAGS[tags.indexOf(tag) % TAGS.length]);
      for (const item of this.items) item.colour = colour(item.summary.tags?.[0]);
      this.legend.replaceChildren(...(tags.length ? tags.slice(0, 9).map((tag) => element("span", {}, swatch(colour(tag)), " ", tag)) : [element("span", { class: "soft" }, "no tags")]));
    }
  }

  at({ place }) {
    const { width, height } = this.surface;
    const along = (value, [low, high], from, to) => from + ((value - low) / (high - low || 1)) * (to - from);
    return [along(place[0], this.ranges[0], MARGIN, width - MARGIN), along(place[1], this.ranges[1], height - MARGIN, MARGIN)];
  }

  draw() {
    if (!this.items) return;
    const drawn = this.surface.begin();
    if (!drawn) return;
    const { context } = drawn;
    /* A ring in the colour of text: some colours are hardly seen on the ground. */
    const ink = getComputedStyle(this.view).color;
    const size = this.items.length > 3000 ? 2.5 : this.items.length > 500 ? 3.5 : 5;
    for (const item of this.items) {
      const [x, y] = this.at(item);
      context.fillStyle = item.colour;
      context.beginPath();
      context.arc(x, y, size, 0, 7);
      context.fill();
      context.globalAlpha = 0.55;
      context.lineWidth = 0.8;
      context.strokeStyle = ink;
      context.stroke();
      context.globalAlpha = 1;
    }
    if (this.current) {
      const [x, y] = this.at(this.current);
      context.lineWidth = 2.5;
      context.strokeStyle = ink;
      context.beginPath();
      context.arc(x, y, size + 4, 0, 7);
      context.stroke();
    }
    if (this.lasso) {
      context.lineWidth = 1.5;
      context.setLineDash([5, 4]);
      context.strokeStyle = ink;
      context.stroke(new Path2D(`M${this.lasso.map((each) => each.join(" ")).join("L")}`));
      context.setLineDash([]);
    }
  }

  where(event) {
    const { left, top } = this.view.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  nearest([x, y], most = NEAR) {
    let [best, least] = [null, most];
    for (const item of this.items ?? []) {
      const [px, py] = this.at(item);
      const far = Math.hypot(px - x, py - y);
      if (far < least) [best, least] = [item, far];
    }
    return best;
  }

  /* Shows the picture of a point. */
  point(item) {
    if (this.current?.summary === item?.summary && this.current?.region === item?.region) return;
    this.current = item;
    this.card.hidden = !item;
    if (item) {
      const { summary, region } = item;
      const picture = region ? cutOut(this.db, this.home.set.id, summary, region) : element("img", { src: server.judgedAddress(this.db, this.home.set.id, summary.number), alt: "" });
      this.card.replaceChildren(picture, element("div", { class: "text" }, element("span", { class: "id" }, summary.id), element("b", { class: "number" }, summary.error === null ? "" : percent(summary.error)),
        element("span", { class: "soft says" }, region && this.db.classes ? `${this.db.classes[region.truth].name} → ${this.db.classes[region.given].name}` : this.home.says(summary))));
      const [x, y] = this.at(item);
      Object.assign(this.card.style, { left: `${x < this.surface.width / 2 ? x + 14 : x - 234}px`, top: `${Math.max(4, Math.min(this.surface.height - 210, y - 90))}px` });
      this.said.textContent = `${summary.id}, ${percent(summary.error ?? 0)} wrong`;
    }
    this.draw();
  }

  begin(event) {
    if (event.button) return;
    this.lasso = [this.where(event)];
    this.view.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.lasso) {
      this.point(this.nearest(this.where(event)));
      return;
    }
    this.lasso.push(this.where(event));
    this.draw();
  }

  end() {
    const { lasso } = this;
    this.lasso = null;
    if (!lasso) return;
    const [first] = lasso;
    if (lasso.every(([x, y]) => Math.hypot(x - first[0], y - first[1]) < 5)) {
      const found = this.nearest(first);
      if (found) this.open(found);
    } else {
      const chosen = new Set(this.items.filter((item) => encloses(lasso, this.at(item))).map(({ summary }) => String(summary.number)));
      if (chosen.size) this.home.only("picked", ...chosen);
    }
    this.draw();
  }

  open({ summary, region }) {
    this.home.open(summary, region?.number ?? null);
  }

  takes(event) {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (event.key === "Enter" && this.current) this.open(this.current);
    else if (way && this.items?.length) this.step(way);
    else return false;
    return true;
  }

  /* To the nearest point in a direction; those aside count as farther. */
  step([across, down]) {
    if (!this.current) {
      this.point(this.nearest([this.surface.width / 2, this.surface.height / 2], Infinity));
      return;
    }
    const [x, y] = this.at(this.current);
    let [best, least] = [null, Infinity];
    for (const item of this.items) {
      const [px, py] = this.at(item);
      const ahead = (px - x) * across + (py - y) * down;
      const aside = Math.abs((px - x) * down) + Math.abs((py - y) * across);
      if (ahead > 0.5 && ahead + 2 * aside < least) [best, least] = [item, ahead + 2 * aside];
    }
    if (best) this.point(best);
  }
}
