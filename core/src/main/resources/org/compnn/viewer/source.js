/* The training patches behind the pixel under the cursor. */

import { WHOLE, closeUp } from "./cells.js";
import { Still, drawBoxes } from "./drawing.js";
import { element, swatch } from "./element.js";
import { percent, round } from "./format.js";

const ANSWERS = { network: "Network", output: "CompNN", other: "Other labels", truth: "Truth" };
const KINDS = { input: "Training input", original: "Original label", self: "Network’s prediction" };
const SHORT = { input: "Close-up", original: "Original", self: "Predicted" };

export class Source {
  /* `page` is told to unpin, to open an exemplar, and, if it can, to leave one `without`. */
  constructor(page) {
    this.page = page;
    this.where = element("h2", { class: "number" });
    this.pin = element("button", { class: "pin", type: "button", onclick: () => page.unpin() });
    this.here = new Still("1");
    this.answers = element("dl", { class: "answers" });
    this.none = element("p", { class: "soft", hidden: "" }, "No match: all training pictures are excluded here.");
    this.heading = element("h3");
    this.matches = element("ol", { class: "sources" });
    this.rows = [];
    this.hyperpatch = element("span");
    const legend = element("p", { class: "boxes" }, ...[["patch", "pasted patch"], ["hyperpatch", this.hyperpatch], ["receptive", "receptive field"]]
      .map(([kind, title]) => element("span", {}, element("i", { class: kind }), title)));
    this.root = element("aside", { class: "card inspector", "aria-label": "Training patches behind the pixel" },
      element("div", { class: "where" }, this.where, this.pin),
      element("div", { class: "asked" }, element("figure", {}, this.here.root, element("figcaption", {}, "Query")), this.answers),
      this.none, this.heading, this.matches, legend);
  }

  /* A single match has room for its labels as a whole; of several each has a line. */
  row(result, k) {
    const { page } = this;
    const ratio = `${result.input.width} / ${result.input.height}`;
    const { missing } = result.gallery;
    const made = { wholes: {}, closeUps: {} };
    for (const kind of result.field.topK === 1 ? Object.keys(KINDS) : ["input"]) made.wholes[kind] = new Still(ratio, missing);
    for (const kind of Object.keys(KINDS)) made.closeUps[kind] = new Still("1", missing);
    made.swatch = swatch("");
    made.id = element("button", { type: "button", class: "link", title: page.opening, onclick: () => page.open(made.exemplar) });
    made.text = element("p", { class: "soft small number" });
    const drop = page.without
      ? element("button", { type: "button", class: "quiet", onclick: () => page.without(made.id.textContent) }, "Exclude this picture") : null;
    const figure = (title, still) => element("figure", {}, still.root, element("figcaption", {}, title));
    const pictures = element("div", { class: result.field.topK === 1 ? "six" : "four" }, ...Object.keys(KINDS).flatMap((kind) => [
      ...(made.wholes[kind] ? [figure(KINDS[kind], made.wholes[kind])] : []), figure(SHORT[kind], made.closeUps[kind])]));
    if (result.field.topK === 1) pictures.style.gridTemplateColumns = `${result.input.width / result.input.height}fr 1fr`;
    made.root = element("li", { "data-match": k },
      element("div", { class: "top" }, element("p", { class: "name" }, made.swatch, made.id), drop), made.text, pictures);
    return made;
  }

  /* As many lines as there may be matches, of the shape that suits so many. */
  lay(result) {
    const { topK } = result.field;
    if ((topK === 1) !== this.single) this.rows = [];
    this.single = topK === 1;
    while (this.rows.length < topK) this.rows.push(this.row(result, this.rows.length));
    this.matches.replaceChildren(...this.rows.map((row) => row.root));
    this.heading.textContent = this.single ? "Source" : `${topK} nearest matches`;
    const { hyperpatch } = result.settings;
    this.hyperpatch.textContent = `hyperpatch ${hyperpatch} × ${hyperpatch} cells`;
  }

  /* `side` names the result where two are compared. */
  show(result, cursor, pinned, side = "") {
    if (this.result !== result) this.lay(result);
    this.result = result;
    this.where.textContent = `Row ${cursor.y}, column ${cursor.x}${side ? ` · ${side}` : ""}`;
    this.pin.textContent = pinned ? "Unpin" : "Click to pin";
    this.pin.setAttribute("aria-pressed", String(pinned));
    this.pin.disabled = !pinned;
    this.answer(result, cursor);
    const boxes = result.boxes(cursor);
    const near = closeUp(boxes, result.input);
    this.here.show(result.pictures.input, near, (drawn) => drawBoxes(drawn, { patch: boxes.patch, hyperpatch: boxes.hyperpatch }, near));
    const found = result.matches(cursor);
    this.none.hidden = found.length > 0;
    this.heading.hidden = found.length === 0;
    this.rows.forEach((row, k) => {
      row.root.hidden = k >= found.length;
      if (k < found.length) this.draw(result, row, found[k]);
    });
  }

  /* What each output says at the pixel. */
  answer(result, cursor) {
    const shown = Object.entries(ANSWERS).map(([name, title]) => [title, result.shownAt(name, cursor)]).filter(([, at]) => at);
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
    const { exemplars } = result.gallery;
    const { id, tags } = exemplars[match.exemplar];
    const entry = result.ranks.get(match.exemplar);
    row.exemplar = match.exemplar;
    row.id.textContent = id;
    row.swatch.hidden = !entry;
    row.swatch.style.background = entry?.colour ?? "";
    row.text.textContent = [`cell ${match.row}, ${match.column}`, `distance ${round(match.distance)}`,
      ...(entry ? [`gives ${percent(entry.share)} of the output, rank ${entry.rank + 1}`] : []), ...tags].join(" · ");
    const boxes = result.exemplarBoxes(match);
    const pasted = { patch: boxes.patch, hyperpatch: boxes.hyperpatch };
    const near = closeUp(boxes, result.sizeOf(match.exemplar));
    for (const [kind, still] of Object.entries(row.wholes)) {
      still.show(result.gallery.address(match.exemplar, kind, result.scale), WHOLE, (drawn) => drawBoxes(drawn, kind === "input" ? boxes : pasted));
    }
    for (const [kind, still] of Object.entries(row.closeUps)) {
      still.show(result.gallery.address(match.exemplar, kind, result.scale), near, (drawn) => drawBoxes(drawn, pasted, near));
    }
  }
}
