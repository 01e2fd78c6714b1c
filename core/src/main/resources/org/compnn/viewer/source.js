/* The training patches behind the pixel under the cursor. */

import * as server from "./server.js";
import { Still } from "./drawing.js";
import { WHOLE, closeUp, drawBoxes, element, percent, round, swatch } from "./report.js";

const ANSWERS = { network: "Network", output: "CompNN", other: "Other labels", truth: "Truth" };

export class Source {
  /* `page` may be told to unpin, to leave an exemplar out, or to open one. */
  constructor(db, page) {
    this.db = db;
    this.page = page;
    this.where = element("h2", { class: "number" });
    this.pin = element("button", { class: "pin", type: "button", onclick: () => page.unpin() });
    this.here = new Still("1");
    this.answers = element("dl", { class: "answers" });
    this.none = element("p", { class: "soft", hidden: "" }, "No match: no training picture was allowed here.");
    this.matches = element("ol", { class: "sources" });
    this.rows = [];
    const legend = element("p", { class: "boxes" }, ...[["patch", "pasted patch"], ["hyperpatch", "hyperpatch"], ["receptive", "receptive field"]]
      .map(([kind, title]) => element("span", {}, element("i", { class: kind }), title)));
    this.root = element("aside", { class: "card inspector", "aria-label": "Training patches behind the pixel" },
      element("div", { class: "where" }, this.where, this.pin),
      element("div", { class: "asked" }, element("figure", {}, this.here.root, element("figcaption", {}, "Query")), this.answers),
      this.none, this.matches, legend);
  }

  row(result, k) {
    const ratio = `${result.input.width} / ${result.input.height}`;
    const made = { whole: new Still(ratio), near: new Still("1"), original: new Still("1"), self: new Still("1") };
    made.swatch = swatch("");
    made.id = element("button", { type: "button", class: "link", title: "Show this training picture", onclick: () => this.page.open(made.place) });
    made.text = element("p", { class: "soft small number" });
    made.drop = element("button", { type: "button", class: "quiet", onclick: () => this.page.without(this.db.exemplars[made.place].id) }, "Without this one");
    const figure = (title, still) => element("figure", {}, still.root, element("figcaption", {}, title));
    made.root = element("li", { "data-match": k },
      element("div", { class: "top" }, element("p", { class: "name" }, made.swatch, made.id), made.drop), made.text,
      element("div", { class: "four" }, figure("Training input", made.whole), figure("Close up", made.near),
        figure("Original", made.original), figure("Network’s", made.self)));
    return made;
  }

  /* `side` names the result where two are compared. */
  show(result, cursor, pinned, side) {
    while (this.rows.length < result.topK) {
      const row = this.row(result, this.rows.length);
      this.rows.push(row);
      this.matches.append(row.root);
    }
    this.where.textContent = `Row ${cursor.y}, column ${cursor.x}${side ? ` · ${side}` : ""}`;
    this.pin.textContent = pinned ? "Pinned, let go" : "Pointing";
    this.pin.setAttribute("aria-pressed", String(pinned));
    this.pin.disabled = !pinned;
    this.answer(result, cursor);
    const cell = result.cell(cursor.y, cursor.x);
    const boxes = result.boxes(cell, result.queryGrid, result, result.input);
    const near = closeUp(boxes, result.input);
    this.here.show(result.pictures.input, near, (drawn) => drawBoxes(drawn, { patch: boxes.patch, hyperpatch: boxes.hyperpatch }, near));
    const found = result.matches(cell);
    this.none.hidden = found.length > 0;
    this.rows.forEach((row, k) => {
      row.root.hidden = k >= found.length;
      if (k < found.length) this.draw(result, row, found[k]);
    });
  }

  /* What each output says at the pixel. */
  answer(result, cursor) {
    const shown = Object.entries(ANSWERS).map(([name, title]) => [title, result.shownAt(name, cursor.y, cursor.x)]).filter(([, at]) => at);
    if (this.answers.childElementCount !== 2 * shown.length) {
      this.answers.replaceChildren(...shown.flatMap(([title]) => [element("dt", {}, title), element("dd", {}, swatch(""), element("span"))]));
    }
    shown.forEach(([, { colour, text }], i) => {
      const [mark, label] = this.answers.children[2 * i + 1].children;
      mark.style.background = colour;
      label.textContent = text;
    });
  }

  draw(result, row, match) {
    const exemplar = this.db.exemplars[match.place];
    const entry = result.byPlace.get(match.place);
    row.place = match.place;
    row.id.textContent = exemplar.id;
    row.swatch.hidden = !entry;
    row.swatch.style.background = entry?.colour ?? "";
    row.text.textContent = [`cell ${match.row}, ${match.column}`, `distance ${round(match.distance)}`,
      ...(entry ? [`gives ${percent(entry.share)}`] : []), ...exemplar.tags].join(" · ");
    const boxes = result.exemplarBoxes(match, exemplar);
    const near = closeUp(boxes, result.input);
    const small = { patch: boxes.patch, hyperpatch: boxes.hyperpatch };
    const address = (kind) => server.exemplarAddress(this.db, match.place, kind);
    row.whole.show(address("input.png"), WHOLE, (drawn) => drawBoxes(drawn, boxes));
    row.near.show(address("input.png"), near, (drawn) => drawBoxes(drawn, small, near));
    row.original.show(exemplar.target ? address("original.png") : null, near, (drawn) => drawBoxes(drawn, small, near));
    row.self.show(address("self.png"), near, (drawn) => drawBoxes(drawn, small, near));
  }
}
