/* One training picture: its labels, which parts of it were used, and by which pictures of this visit. */

import * as visit from "./visit.js";
import { dialog } from "./dialog.js";
import { WHOLE } from "../viewer/cells.js";
import { Still, darken, tint } from "../viewer/drawing.js";
import { element, swatch } from "../viewer/element.js";
import { given } from "../viewer/format.js";

/* Okabe and Ito's colours, which colour-blind people tell apart. */
const COLOURS = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#d55e00", "#cc79a7", "#0072b2"];

export class Exemplar {
  /* `page` may be told to keep only this one, to leave it out, or to explain it. */
  constructor(db, gallery, page) {
    this.db = db;
    this.gallery = gallery;
    this.page = page;
    this.tags = element("ul", { class: "tags" });
    this.pictures = element("div", { class: "three" });
    this.uses = element("ol", { class: "uses" });
    this.lead = element("p", { class: "soft small" });
    const act = (text, action) => element("button", { type: "button", class: "quiet", onclick: () => { this.window.close(); action(db.exemplars[this.exemplar].id); } }, text);
    this.window = dialog("Training picture", this.tags, this.pictures, this.lead, this.uses,
      element("div", { class: "acts" }, act("Exclude this picture", (id) => page.without(id)), act("Match only this picture", (id) => page.only(id)),
        act("Explain this picture", (id) => page.ask(`training/${id}`))));
  }

  open(exemplar, ratio) {
    this.exemplar = exemplar;
    const { id, tags } = this.db.exemplars[exemplar];
    this.window.heading.textContent = id;
    this.tags.replaceChildren(...tags.map((tag) => element("li", {}, tag)));
    const used = visit.uses(this.db, exemplar);
    const asked = visit.count(this.db);
    this.lead.textContent = used.length
      ? `Used by ${used.length} of ${asked} picture${asked === 1 ? "" : "s"} explained since the page was opened. Tinted: the parts that were pasted.`
      : "Not used by any picture explained since the page was opened.";
    const paint = (drawn) => {
      darken(drawn);
      used.forEach(({ entry, grid }, i) => tint(drawn, entry.from, grid, COLOURS[i % COLOURS.length]));
    };
    const still = (title, kind, over) => {
      const source = this.gallery.address(exemplar, kind);
      const made = new Still(ratio);
      made.show(source, WHOLE, over);
      return source ? [element("figure", {}, made.root, element("figcaption", {}, title))] : [];
    };
    this.pictures.replaceChildren(...still("Input", "input"), ...still("Parts used", "input", paint),
      ...still("Original label", "original"), ...still("Network’s prediction", "self"));
    this.uses.replaceChildren(...used.map((each, i) => this.use(each, COLOURS[i % COLOURS.length])));
    this.window.open();
  }

  use({ query, name, entry }, colour) {
    return element("li", {}, swatch(colour), element("button", {
      type: "button", class: "link", onclick: () => { this.window.close(); this.page.ask(query); },
    }, name), element("span", { class: "soft number" }, given(entry)));
  }

  remove() {
    this.window.remove();
  }
}
