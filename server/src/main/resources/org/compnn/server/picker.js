/* Chooses the picture that is explained: from a data set, from the training set, or a file. */

import * as server from "./server.js";
import { dialog } from "./dialog.js";
import { element } from "../viewer/element.js";

const MOST_SHOWN = 1000;

export class Picker {
  /* `page` may be told to ask about a picture, or to take a file. */
  constructor(db, page) {
    this.db = db;
    this.page = page;
    this.kind = db.pictures.length ? "data" : "training";
    const pictures = { data: db.pictures, training: db.exemplars };
    this.search = element("input", { type: "search", placeholder: "Search names and tags", "aria-label": "Search names and tags" });
    this.search.addEventListener("input", () => this.fill());
    this.search.addEventListener("keydown", (event) => { if (event.key === "Enter") this.list.querySelector("button")?.click(); });
    this.kinds = Object.entries({ data: "Data set", training: "Training set" }).filter(([kind]) => pictures[kind].length)
      .map(([kind, title]) => element("button", { type: "button", "data-kind": kind, onclick: () => { this.kind = kind; this.fill(); } }, `${title} (${pictures[kind].length})`));
    this.list = element("ul", { class: "thumbs" });
    this.none = element("p", { class: "soft" }, "No picture found.");
    this.file = element("input", { type: "file", accept: "image/png,image/jpeg", "aria-label": "Your own picture, PNG or JPEG" });
    this.file.addEventListener("change", () => {
      const [file] = this.file.files;
      this.file.value = "";
      if (file) { this.window.close(); page.take(file); }
    });
    this.window = dialog("Choose a picture",
      element("div", { class: "search" }, this.search, element("div", { class: "switch", role: "group", "aria-label": "Source" }, ...this.kinds)),
      this.list, this.none, element("p", { class: "own soft small" }, "Or your own picture, PNG or JPEG, chosen here or dropped anywhere on the page: ", this.file));
  }

  pictures(kind) {
    return kind === "data"
      ? this.db.pictures.map((picture, i) => ({ ...picture, query: `data/${picture.id}`, small: server.pictureAddress(this.db, i) }))
      : this.db.exemplars.map((exemplar, i) => ({ ...exemplar, query: `training/${exemplar.id}`, small: server.exemplarAddress(this.db, i, "small.jpg") }));
  }

  /* Those around a query in the list that it comes from; for the buttons beside its name. */
  beside(query, by) {
    const all = this.pictures(query?.startsWith("training/") ? "training" : "data");
    const at = all.findIndex((picture) => picture.query === query);
    return at < 0 ? null : all[(at + by + all.length) % all.length].query;
  }

  small(query) {
    const kind = query?.split("/")[0];
    return kind === "upload" ? null : this.pictures(kind).find((picture) => picture.query === query)?.small ?? null;
  }

  fill() {
    this.kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.kind === this.kind)));
    const wanted = this.search.value.trim().toLowerCase();
    const found = this.pictures(this.kind).filter(({ id, tags }) => !wanted || [id, ...tags].some((text) => text.toLowerCase().includes(wanted)));
    this.list.replaceChildren(...found.slice(0, MOST_SHOWN).map(({ id, query, small }) => element("li", {},
      element("button", { type: "button", "data-query": query, "aria-current": String(query === this.query), onclick: () => { this.window.close(); this.page.ask(query); } },
        element("img", { src: small, alt: "", loading: "lazy" }), element("span", { class: "id" }, id)))));
    this.none.hidden = found.length > 0;
  }

  open(query) {
    this.query = query;
    if (query?.startsWith("training/")) this.kind = "training";
    this.fill();
    this.window.open();
    this.search.focus();
    this.list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  remove() {
    this.window.remove();
  }
}
