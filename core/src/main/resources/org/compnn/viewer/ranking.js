/* Which training pictures account for the output, or for a rectangle or a class of it, and with which parts. */

import { WHOLE } from "./cells.js";
import { Still, darken, tint } from "./drawing.js";
import { element, pointed } from "./element.js";
import { counted, given } from "./format.js";

const FIRST_SHOWN = 24;

export class Ranking {
  /* `page` is told to open an exemplar, and which is pointed at; it knows which it `keeps` in sight, if it does that. */
  constructor(page) {
    this.page = page;
    this.title = element("h2");
    this.lead = element("p", { class: "lead" });
    this.list = element("ol", { class: "ranked" });
    this.more = element("button", { type: "button", class: "more", onclick: () => { this.all = true; this.fill(); } });
    this.root = element("section", { id: "ranking", "aria-label": "Training pictures" }, this.title, this.lead, this.list, this.more);
    this.cards = [];
  }

  /* Ranks for what is chosen; `side` names the result where two are compared. */
  show(result, { region, category }, side = "") {
    this.result = result;
    this.entries = result.account({ region, category });
    const what = category !== null && result.classes ? `“${result.classes[category].name}” in the network’s output` : region ? "the rectangle" : "this output";
    this.title.textContent = `Training pictures behind ${what}${side ? ` · ${side}` : ""}`;
    const sum = (name) => this.entries.reduce((all, entry) => all + entry[name], 0);
    this.lead.textContent = this.entries.length
      ? `${this.entries.length} of ${result.settings.selected} training pictures gave ${counted(sum("pixels"), "pixel")} in ${counted(sum("cells"), "cell")}`
        + `${region ? `, rows ${region[0]} to ${region[2] - 1}, columns ${region[1]} to ${region[3] - 1}` : ""}. Tinted: the parts that were pasted.`
        + ` Point at a picture to highlight what it gave; ${this.page.opening}.`
      : "No matches here.";
    this.fill();
  }

  fill() {
    const shown = this.all ? this.entries : this.entries.slice(0, FIRST_SHOWN);
    while (this.cards.length < shown.length) this.cards.push(this.card());
    this.list.replaceChildren(...shown.map((entry, i) => this.set(this.cards[i], entry)));
    this.more.hidden = shown.length === this.entries.length;
    this.more.textContent = `Show all ${this.entries.length}`;
    this.mark();
  }

  /* Shows which exemplar is kept in sight. */
  mark() {
    if (this.page.keeps === undefined) return;
    for (const { button, entry } of this.cards) button.setAttribute("aria-pressed", String(entry?.exemplar === this.page.keeps));
  }

  card() {
    const { page } = this;
    const { input, gallery } = this.result;
    const made = { still: new Still(`${input.width} / ${input.height}`, gallery.missing) };
    made.tint = element("span", { class: "tint" });
    made.id = element("span", { class: "id" });
    made.text = element("span", { class: "soft number" });
    made.button = pointed(element("button", { type: "button", onclick: () => page.open(made.entry.exemplar) },
      made.tint, made.still.root, element("span", { class: "text" }, made.id, made.text)),
    (on) => page.highlight(on ? made.entry.exemplar : null));
    made.root = element("li", {}, made.button);
    return made;
  }

  set(card, entry) {
    const { gallery, exemplarGrid } = this.result;
    const { id, tags } = gallery.exemplars[entry.exemplar];
    card.entry = entry;
    card.tint.style.background = entry.colour;
    card.id.textContent = id;
    card.text.textContent = given(entry);
    card.button.dataset.exemplar = entry.exemplar;
    card.button.title = [id, ...tags].join(" · ");
    card.still.show(gallery.address(entry.exemplar, "input"), WHOLE, (drawn) => { darken(drawn); tint(drawn, entry.from, exemplarGrid, entry.colour); });
    return card.root;
  }
}
