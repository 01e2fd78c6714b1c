/* Which training pictures may match: by tag, by what their names hold, or one by one. */

import * as server from "./server.js";
import { dialog } from "./dialog.js";
import { element } from "../viewer/element.js";

const MOST_SHOWN = 400;
const PATTERN = /[*?[]/;

/* A pattern as the server reads it: * for any letters, ? for one, [abc] for one of these. */
function pattern(text) {
  const source = [...text].map((c) => (c === "*" ? ".*" : c === "?" ? "." : c === "[" || c === "]" ? c : c.replace(/[\\^$.|+(){}]/, "\\$&"))).join("");
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return null;
  }
}

/* What a search text means as a term of a selection, and which exemplars it finds. */
export function term(db, text) {
  const wanted = PATTERN.test(text) ? text : `*${text}*`;
  const matches = pattern(wanted);
  if (!text || !matches) return { wanted, found: [] };
  const all = db.exemplars.map((_, exemplar) => exemplar);
  const byName = all.filter((exemplar) => matches.test(db.exemplars[exemplar].id));
  const found = byName.length ? byName : all.filter((exemplar) => db.exemplars[exemplar].tags.some((tag) => matches.test(tag)));
  return { wanted, found };
}

export class Selection {
  /* `page` may be told to keep only a term, to leave one out, to take one back, or to open an exemplar. */
  constructor(db, page) {
    this.db = db;
    this.page = page;
    this.search = element("input", { type: "search", placeholder: "Part of a name, or a pattern with *", "aria-label": "Search training pictures" });
    this.search.addEventListener("input", () => this.fill());
    this.chips = element("p", { class: "chips" });
    this.found = element("p", { class: "found" });
    this.list = element("ul", { class: "thumbs" });
    const tags = Object.entries(db.tags).map(([tag, n]) => element("li", {}, element("span", {}, tag, " ", element("span", { class: "soft number" }, n)),
      this.act("Only", () => page.only(`tag:${tag}`), { "data-only": tag }), this.act("Exclude", () => page.without(`tag:${tag}`), { "data-without": tag })));
    this.window = dialog("Training pictures to match", this.chips,
      ...(tags.length ? [element("h3", {}, "By tag"), element("ul", { class: "bytag" }, ...tags)] : []),
      element("h3", {}, "By name"), element("div", { class: "search" }, this.search, this.found), this.list);
  }

  act(text, action, more = {}) {
    return element("button", { type: "button", class: "quiet", ...more, onclick: () => { this.window.close(); action(); } }, text);
  }

  fill() {
    const { wanted, found } = term(this.db, this.search.value.trim());
    const none = this.search.value.trim() && !found.length;
    this.found.replaceChildren(...(found.length
      ? [`${found.length} of ${this.db.exemplars.length} `, this.act("Match only these", () => this.page.only(wanted), { "data-found": "only" }),
        this.act("Exclude these", () => this.page.without(wanted), { "data-found": "without" })]
      : [none ? "No training picture found." : `${this.db.exemplars.length} training pictures`]));
    const shown = this.search.value.trim() ? found : this.db.exemplars.map((_, exemplar) => exemplar);
    this.list.replaceChildren(...shown.slice(0, MOST_SHOWN).map((exemplar) => element("li", {}, element("button", {
      type: "button", title: [this.db.exemplars[exemplar].id, ...this.db.exemplars[exemplar].tags].join(" · "), onclick: () => { this.window.close(); this.page.open(exemplar); },
    }, element("img", { src: server.exemplarAddress(this.db, exemplar, "small.jpg"), alt: "", loading: "lazy" }), element("span", { class: "id" }, this.db.exemplars[exemplar].id)))));
  }

  open(settings) {
    this.chips.replaceChildren(...chips(settings, (kind, each) => { this.window.close(); this.page.takeBack(kind, each); }));
    this.fill();
    this.window.open();
    this.search.focus();
  }

  remove() {
    this.window.remove();
  }
}

/* The terms of a selection, each to be taken back with a click. */
export function chips(settings, takeBack) {
  return ["only", "without"].flatMap((kind) => settings[kind].map((each) => element("button", {
    type: "button", class: `chip ${kind}`, "data-term": each, title: "Remove", "aria-label": `${kind} ${each}: remove`, onclick: () => takeBack(kind, each),
  }, `${kind} ${each.replace(/^tag:/, "")}`, element("span", { "aria-hidden": "true" }, " ✕"))));
}
