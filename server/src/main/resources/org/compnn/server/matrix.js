/* The confusion matrix, and the regions behind one of its cells, cut out, the largest first. */

import * as server from "./server.js";
import { Grid } from "./grid.js";
import { CAUSES } from "../viewer/causes.js";
import { confusions, regionsOf } from "../viewer/confusion.js";
import { element, swatch } from "../viewer/element.js";
import { clamp, counted, percent } from "../viewer/format.js";

/* A cut-out shows at least this share of the picture's width around a region. */
const LEAST = 0.3;

/* A part of a judged photograph, with the region's box outlined. */
export function cutOut(db, set, summary, region) {
  const [top, left, bottom, right] = region.box;
  const { width, height } = summary;
  const side = clamp(Math.max((right - left) * 1.5, (bottom - top) * 1.5 * (width / height), LEAST * width), 0, width);
  const high = side * (height / width);
  const from = (low, up, shown, all) => clamp((low + up) / 2 - shown / 2, 0, all - shown);
  const [x, y] = [from(left, right, side, width), from(top, bottom, high, height)];
  const image = element("img", { src: server.judgedAddress(db, set, summary.number, false), alt: "", decoding: "async" });
  const box = element("i", { class: "box" });
  const share = (n, all) => `${(100 * n) / all}%`;
  Object.assign(image.style, { width: share(width, side), height: share(height, high), left: share(-x, side), top: share(-y, high) });
  Object.assign(box.style, { left: share(left - x, side), top: share(top - y, high), width: share(right - left, side), height: share(bottom - top, high) });
  return element("div", { class: "cut" }, image, box);
}

export class Matrix {
  /* `home` opens a region, and keeps which `cell` is asked about, as truth-given. */
  constructor(db, home) {
    Object.assign(this, { db, home });
    const { width, height } = db.output;
    this.grid = new Grid({
      label: "Regions", key: ({ summary, region }) => `${summary.number}-${region.number}`, card: (item) => this.card(item),
      open: ({ summary, region }) => home.open(summary, region.number), shape: () => width / height, text: 40, width: 180,
    });
    this.grid.root.id = "regions";
    this.table = element("div", { class: "matrix" });
    this.title = element("h2");
    this.none = element("p", { class: "soft" });
    this.found = element("section", { class: "found-regions" }, element("div", { class: "where" }, this.title,
      element("button", { type: "button", class: "quiet", onclick: () => home.put("cell", null) }, "Back to the matrix (Esc)")), this.none, this.grid.root);
    this.root = element("div", { class: "confusing" }, this.table, this.found);
  }

  name(index) {
    return this.db.classes[index].name;
  }

  show(summaries, cell) {
    const confused = confusions(summaries, this.db.classes.length);
    this.draw(confused.pixels, cell);
    this.found.hidden = !cell;
    this.root.classList.toggle("opened", Boolean(cell));
    if (!cell) return;
    const [truth, given] = cell.split("-").map(Number);
    const items = regionsOf(summaries, (region) => region.truth === truth && region.given === given);
    this.title.replaceChildren(`${this.name(truth)} taken for ${this.name(given)} `, element("span", { class: "soft" }, `${counted(items.length, "region")}, ${counted(confused.pixels[truth][given], "pixel")}`));
    this.none.hidden = items.length > 0;
    this.none.textContent = "No region of it is among the largest of its picture.";
    this.grid.show(items);
    if (!this.grid.at && items.length) this.grid.go(this.grid.key(items[0]));
  }

  card({ summary, region }) {
    return element("div", {}, cutOut(this.db, this.home.set.id, summary, region), element("div", { class: "text" },
      element("span", { class: "id" }, summary.id), element("b", { class: "number" }, region.pixels.toLocaleString("en")),
      region.cause ? element("span", { class: "soft says" }, swatch(CAUSES[region.cause].colour), " ", CAUSES[region.cause].name) : null));
  }

  /* Rows are what is right, columns what the network says; the shade is the share of the row. */
  draw(pixels, cell) {
    const classes = this.db.classes;
    const focused = document.activeElement?.dataset?.cell;
    const head = (text, scope, colour) => element("th", { scope }, element("span", { class: "turn" }, swatch(colour), text));
    const row = (truth) => {
      const sum = pixels[truth].reduce((a, b) => a + b, 0);
      return element("tr", {}, element("th", { scope: "row" }, swatch(classes[truth].colour), " ", classes[truth].name), ...classes.map((_, given) => {
        const share = sum ? pixels[truth][given] / sum : 0;
        const text = share >= 0.0005 ? (100 * share).toFixed(share < 0.0995 ? 1 : 0) : "";
        if (truth === given) return element("td", { class: "right" }, text);
        const made = element("td", {}, pixels[truth][given] ? element("button", {
          type: "button", "data-cell": `${truth}-${given}`, "aria-pressed": String(cell === `${truth}-${given}`),
          "aria-label": `${this.name(truth)} taken for ${this.name(given)}: ${percent(share)}`, title: `${this.name(truth)} taken for ${this.name(given)}: ${percent(share)} of ${this.name(truth)}`,
          onclick: () => this.home.put("cell", `${truth}-${given}`),
        }, text || "·") : "");
        /* Rare confusions are told apart too. */
        made.style.setProperty("--share", `${Math.round(100 * Math.min(1, Math.sqrt(share) * 1.3))}%`);
        return made;
      }));
    };
    this.table.replaceChildren(element("p", { class: "soft small" }, "Rows: what is right. Columns: what the network says. Percent of the row’s pixels. Choose a cell to see its regions."),
      element("div", { class: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, element("td", {}), ...classes.map(({ name, colour }) => head(name, "col", colour)))),
        element("tbody", {}, ...classes.map((_, truth) => row(truth))))));
    if (focused) this.table.querySelector(`[data-cell="${focused}"]`)?.focus();
  }

  /* The arrows go from cell to cell. */
  takes(event) {
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    const focused = document.activeElement?.dataset?.cell;
    if (this.home.state.cell) {
      if (event.key !== "Escape") return this.grid.takes(event);
      this.home.put("cell", null);
      return true;
    }
    if (focused && event.key === "Enter") {
      this.home.put("cell", focused);
      return true;
    }
    if (!step) return false;
    const at = focused?.split("-").map(Number);
    if (!at) {
      this.table.querySelector("button")?.focus();
      return true;
    }
    let [truth, given] = at;
    for (let i = 0; i < this.db.classes.length; i++) {
      truth += step[0];
      given += step[1];
      const found = this.table.querySelector(`[data-cell="${truth}-${given}"]`);
      if (found) { found.focus(); break; }
    }
    return true;
  }
}
