/* One training picture: its labels, which parts of it were used, and by which pictures of this visit. */

import * as server from "./server.js";
import * as visit from "./visit.js";
import { dialog } from "./dialog.js";
import { Still, darken, tint } from "./drawing.js";
import { WHOLE, element, percent } from "./report.js";

/* Okabe and Ito's colours, which colour-blind people tell apart. */
const COLOURS = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#d55e00", "#cc79a7", "#0072b2"];

export class Exemplar {
  /* `page` may be told to keep only this one, to leave it out, or to explain it. */
  constructor(db, page) {
    this.db = db;
    this.page = page;
    this.tags = element("ul", { class: "tags" });
    this.pictures = element("div", { class: "three" });
    this.uses = element("ol", { class: "uses" });
    this.lead = element("p", { class: "soft small" });
    const act = (text, action) => element("button", { type: "button", class: "quiet", onclick: () => { this.window.close(); action(db.exemplars[this.place].id); } }, text);
    this.window = dialog("Training picture", this.tags, this.pictures, this.lead, this.uses,
      element("div", { class: "acts" }, act("Without this one", (id) => page.without(id)), act("Only this one", (id) => page.only(id)),
        act("Explain this picture", (id) => page.ask(`training/${id}`))));
  }

  open(place, ratio) {
    this.place = place;
    this.ratio = ratio;
    const exemplar = this.db.exemplars[place];
    this.window.heading.textContent = exemplar.id;
    this.tags.replaceChildren(...exemplar.tags.map((tag) => element("li", {}, tag)));
    const used = visit.uses(this.db, place);
    const asked = visit.count(this.db);
    this.lead.textContent = used.length
      ? `Used by ${used.length} of ${asked} picture${asked === 1 ? "" : "s"} explained in this visit; tinted: the parts that were pasted.`
      : "Not used by any picture explained in this visit.";
    const address = (kind) => server.exemplarAddress(this.db, place, kind);
    const paint = (drawn) => {
      darken(drawn);
      used.forEach(({ cells, grid }, i) => tint(drawn, cells, grid, COLOURS[i % COLOURS.length]));
    };
    const still = (title, source, over) => {
      const made = new Still(ratio);
      made.show(source, WHOLE, over);
      return element("figure", {}, made.root, element("figcaption", {}, title));
    };
    this.pictures.replaceChildren(still("Input", address("input.png")), still("Used", address("input.png"), paint),
      ...(exemplar.target ? [still("Original label", address("original.png"))] : []), still("Network’s label", address("self.png")));
    this.uses.replaceChildren(...used.map((each, i) => this.use(each, COLOURS[i % COLOURS.length])));
    this.window.open();
  }

  use({ query, name, share, cells }, colour) {
    const mark = element("span", { class: "swatch" });
    mark.style.background = colour;
    return element("li", {}, mark, element("button", {
      type: "button", class: "link", onclick: () => { this.window.close(); this.page.ask(query); },
    }, name), element("span", { class: "soft number" }, `${percent(share)} of its cells from ${cells.size} cell${cells.size === 1 ? "" : "s"} of this one`));
  }

  remove() {
    this.window.remove();
  }
}
