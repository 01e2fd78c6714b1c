/* The filters beside the pictures, each value with how many pictures it would leave. */

import { CAUSES } from "../viewer/causes.js";
import { element, swatch } from "../viewer/element.js";
import { counts, noFilters } from "../viewer/sift.js";

const FIRST_SHOWN = 7;
const TITLES = { cause: "Cause", class: "Class with errors", pair: "Taken for", tag: "Tag", familiar: "Training knows it", picked: "Chosen" };

export class Facets {
  /* `home` has the `filters`, the `summaries` they are counted over, and is told what was `sifted` anew. */
  constructor(db, home) {
    Object.assign(this, { db, home });
    this.all = new Set();
    this.search = element("input", { type: "search", placeholder: "Name or tag", "aria-label": "Search names and tags" });
    this.search.addEventListener("input", () => home.filter("text", this.search.value.trim()));
    this.search.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === "ArrowDown") home.focus(); });
    this.lists = element("div", { class: "lists" });
    this.clear = element("button", { type: "button", class: "quiet", onclick: () => home.clear() }, "Clear filters");
    this.count = element("span", { class: "soft number" });
    this.root = element("details", { class: "facets", open: "" }, element("summary", {}, "Filters ", this.count), this.search, this.lists, this.clear);
    const narrow = matchMedia("(max-width: 760px)");
    this.root.open = !narrow.matches;
  }

  /* For the key that searches. */
  begin() {
    this.root.open = true;
    this.search.focus();
  }

  /* A value as people read it. */
  named(kind, value) {
    const classes = this.db.classes ?? [];
    const name = (index) => classes[Number(index)]?.name ?? index;
    const colour = (index) => swatch(classes[Number(index)]?.colour ?? "#808080");
    if (kind === "class") return { parts: [colour(value), name(value)], title: `Pictures with ${name(value)} among the errors` };
    if (kind === "pair") {
      const [truth, given] = value.split("-");
      return { parts: [colour(truth), name(truth), " → ", colour(given), name(given)], title: `${name(truth)} taken for ${name(given)}` };
    }
    if (kind === "cause") return { parts: [swatch(CAUSES[value].colour), CAUSES[value].name], title: CAUSES[value].meaning };
    if (kind === "familiar") return { parts: [value === "yes" ? "Familiar" : "Unfamiliar"], title: value === "yes" ? "The training set holds pictures like these" : "Farther from the training set than its pictures are from each other" };
    return { parts: [value], title: value };
  }

  show() {
    const { filters, summaries } = this.home;
    if (document.activeElement !== this.search) this.search.value = filters.text;
    const kinds = ["cause", "class", "pair", "tag", "familiar"];
    const focused = document.activeElement?.dataset?.facet;
    this.lists.replaceChildren(...kinds.flatMap((kind) => this.list(kind, filters, counts(summaries, filters, kind))), ...this.picked(filters));
    if (focused) [...this.lists.querySelectorAll("[data-facet]")].find((each) => each.dataset.facet === focused)?.focus();
    const chosen = Object.values(filters).reduce((sum, values) => sum + (values.length ? 1 : 0), 0);
    this.count.textContent = chosen ? `(${chosen})` : "";
    this.clear.hidden = JSON.stringify(filters) === JSON.stringify(noFilters());
  }

  picked(filters) {
    if (!filters.picked.length) return [];
    return [element("section", {}, element("h2", {}, TITLES.picked), element("ul", {}, element("li", {}, element("button", {
      type: "button", "aria-pressed": "true", "data-facet": "picked", onclick: () => this.home.filter("picked", []),
    }, element("span", { class: "value" }, "On the map"), element("span", { class: "soft number" }, String(filters.picked.length))))))];
  }

  list(kind, filters, found) {
    /* A filter with one value that all pictures have tells nothing. */
    if (!found.length || (found.length < 2 && !filters[kind].length)) return [];
    const shown = this.all.has(kind) ? found : found.filter(([value], i) => i < FIRST_SHOWN || filters[kind].includes(value));
    const line = ([value, count]) => {
      const { parts, title } = this.named(kind, value);
      const on = filters[kind].includes(value);
      return element("li", {}, element("button", {
        type: "button", title, "aria-pressed": String(on), "data-facet": `${kind}:${value}`, onclick: () => this.home.filter(kind, on ? filters[kind].filter((each) => each !== value) : [...filters[kind], value]),
      }, element("span", { class: "value" }, ...parts), element("span", { class: "soft number" }, count.toLocaleString("en"))));
    };
    const more = found.length > FIRST_SHOWN ? element("button", {
      type: "button", class: "link small", "data-facet": `more ${kind}`, onclick: () => { if (!this.all.delete(kind)) this.all.add(kind); this.show(); },
    }, this.all.has(kind) ? "Fewer" : `All ${found.length}`) : null;
    return [element("section", {}, element("h2", {}, TITLES[kind]), element("ul", {}, ...shown.map(line)), more)];
  }
}
