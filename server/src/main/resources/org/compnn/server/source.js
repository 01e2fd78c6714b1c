/* The training patches behind the pixel under the cursor. */

import * as server from "./server.js";
import { Still, WHOLE, closeUp, drawBoxes, element, percent, round, swatch } from "./report.js";

const ANSWERS = { network: "Network", output: "CompNN", other: "Other labels", truth: "Truth" };

export class Source {
  constructor(db, { unpin, drop }) {
    this.db = db;
    this.drop = drop;
    this.where = element("h2", { class: "number" });
    this.pin = element("button", { class: "pin", type: "button", onclick: unpin });
    this.answers = element("dl", { class: "answers" });
    this.matches = element("ol", { class: "sources" });
    this.rows = [];
    this.root = element("aside", { class: "card inspector", "aria-label": "Training patches behind the pixel" },
      element("div", { class: "where" }, this.where, this.pin), this.answers, this.matches);
  }

  row(result, k) {
    const ratio = `${result.input.width} / ${result.input.height}`;
    const made = { whole: new Still(ratio), near: new Still("1"), original: new Still("1"), self: new Still("1") };
    made.name = element("p", { class: "name" });
    made.text = element("p", { class: "soft small number" });
    made.drop = element("button", { type: "button", class: "quiet", onclick: () => this.drop(this.db.exemplars[made.place].id) }, "Without this one");
    const figure = (title, still) => element("figure", {}, still.root, element("figcaption", { class: "soft small" }, title));
    made.root = element("li", { "data-match": k }, element("div", { class: "top" }, made.name, made.drop), made.text,
      element("div", { class: "four" }, figure("Training input", made.whole), figure("Close up", made.near),
        figure("Original label", made.original), figure("Network’s label", made.self)));
    return made;
  }

  show(result, cursor, pinned) {
    while (this.rows.length < result.topK) {
      const row = this.row(result, this.rows.length);
      this.rows.push(row);
      this.matches.append(row.root);
    }
    this.where.textContent = `Row ${cursor.y}, column ${cursor.x}`;
    this.pin.textContent = pinned ? "Pinned, let go" : "Pointing";
    this.pin.setAttribute("aria-pressed", String(pinned));
    this.answers.replaceChildren(...Object.entries(ANSWERS).flatMap(([name, title]) => {
      const shown = result.shownAt(name, cursor.y, cursor.x);
      return shown ? [element("dt", {}, title), element("dd", {}, swatch(shown.colour), shown.text)] : [];
    }));
    const found = result.matches(result.cell(cursor.y, cursor.x));
    this.rows.forEach((row, k) => {
      row.root.hidden = k >= found.length;
      if (k < found.length) this.draw(result, row, found[k]);
    });
  }

  draw(result, row, match) {
    const exemplar = this.db.exemplars[match.place];
    const entry = result.byPlace.get(match.place);
    row.place = match.place;
    row.name.textContent = exemplar.id;
    row.text.textContent = [`cell ${match.row}, ${match.column}`, `distance ${round(match.distance)}`,
      ...(entry ? [`gives ${percent(entry.share)}`] : []), ...exemplar.tags].join(" · ");
    const boxes = result.exemplarBoxes(match, exemplar);
    const near = closeUp(boxes, result.input);
    const small = { patch: boxes.patch, hyperpatch: boxes.hyperpatch };
    const address = (kind) => server.exemplarAddress(this.db, match.place, kind);
    row.whole.show(address("input.png"), WHOLE, (drawn) => drawBoxes(drawn, boxes));
    row.near.show(address("input.png"), near, (drawn) => drawBoxes(drawn, small, near));
    row.original.show(exemplar.target ? address("original.png") : undefined, near, (drawn) => drawBoxes(drawn, small, near));
    row.self.show(address("self.png"), near, (drawn) => drawBoxes(drawn, small, near));
  }
}
