/* Which training pictures account for the output, or for a rectangle or a class of it, and with which parts. */

import * as server from "./server.js";
import { Still, darken, tint } from "./drawing.js";
import { WHOLE, element, percent } from "./report.js";

const FIRST_SHOWN = 16;

export class Ranking {
  /* `page` may be told to open an exemplar, and which is pointed at. */
  constructor(db, page) {
    this.db = db;
    this.page = page;
    this.title = element("h2");
    this.lead = element("p", { class: "lead" });
    this.list = element("ol", { class: "ranked" });
    this.more = element("button", { type: "button", class: "more", onclick: () => { this.all = true; this.fill(); } });
    this.root = element("section", { id: "ranking", "aria-label": "Training pictures" }, this.title, this.lead, this.list, this.more);
    this.cards = [];
  }

  /* Ranks for what is chosen; `side` names the result where two are compared. */
  show(result, { region, category }, side) {
    const test = result.within({ region, category });
    this.result = result;
    this.entries = result.account(test ?? undefined);
    const what = category !== null && result.classes ? `“${result.classes[category].name}”, as the network says` : region ? "the rectangle" : "this output";
    this.title.textContent = `Training pictures behind ${what}${side ? ` · ${side}` : ""}`;
    const pixels = this.entries.reduce((sum, entry) => sum + entry.pixels, 0);
    this.lead.textContent = this.entries.length
      ? `${this.entries.length} of ${result.settings.selected} account for ${pixels.toLocaleString("en")} pixels`
        + `${region ? `, rows ${region[0]} to ${region[2] - 1}, columns ${region[1]} to ${region[3] - 1}` : ""}. Tinted: what was pasted from each.`
      : "Nothing here has a match.";
    this.fill();
  }

  fill() {
    const shown = this.all ? this.entries : this.entries.slice(0, FIRST_SHOWN);
    while (this.cards.length < shown.length) this.cards.push(this.card());
    this.list.replaceChildren(...shown.map((entry, i) => this.set(this.cards[i], entry)));
    this.more.hidden = shown.length === this.entries.length;
    this.more.textContent = `Show all ${this.entries.length}`;
  }

  card() {
    const made = { still: new Still(`${this.result.input.width} / ${this.result.input.height}`) };
    made.tint = element("span", { class: "tint" });
    made.id = element("span", { class: "id" });
    made.text = element("span", { class: "soft number" });
    made.button = element("button", { type: "button", onclick: () => this.page.open(made.entry.place) },
      made.tint, made.still.root, element("span", { class: "text" }, made.id, made.text));
    const point = (on) => () => this.page.highlight(on ? made.entry.place : null);
    made.button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") point(true)(); });
    made.button.addEventListener("pointerleave", point(false));
    made.button.addEventListener("focus", () => { if (made.button.matches(":focus-visible")) point(true)(); });
    made.button.addEventListener("blur", point(false));
    made.root = element("li", {}, made.button);
    return made;
  }

  set(card, entry) {
    const exemplar = this.db.exemplars[entry.place];
    card.entry = entry;
    card.tint.style.background = entry.colour;
    card.id.textContent = exemplar.id;
    card.text.textContent = `${percent(entry.share)} · ${entry.cells.size} cell${entry.cells.size === 1 ? "" : "s"}`;
    card.button.dataset.place = entry.place;
    card.button.title = [exemplar.id, ...exemplar.tags].join(" · ");
    card.still.show(server.exemplarAddress(this.db, entry.place, "input.png"), WHOLE,
      (drawn) => { darken(drawn); tint(drawn, entry.cells, this.result.exemplarGrid, entry.colour); });
    return card.root;
  }
}
