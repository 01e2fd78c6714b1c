/* How the picture is explained: layer, labels and so on, which training pictures may match, and for A or for B. */

import { SETTINGS } from "./address.js";
import { chips } from "./selection.js";
import { element } from "../viewer/element.js";
import { PASTED } from "../viewer/numbers.js";

/* The numbers that are offered; others come by an address. */
const NUMBERS = { hyperpatch: [1, 2, 3, 4, 5], top_k: [1, 3, 5, 10] };

/* What a choice is called where its name alone says too little. */
const WORDS = {
  labels: PASTED,
  distance: { l2: "L2" },
  search: { exact: "exact (slow)" },
};

/* The settings that are chosen from a list, as the server says them: by name, their title, help and choices. */
export function listed(form) {
  const chosen = form.map(({ name, title, help, choices }) => {
    const numbers = Object.fromEntries((NUMBERS[name] ?? []).map((n) => [n, name === "hyperpatch" ? `${n} × ${n}` : String(n)]));
    const named = Object.fromEntries(choices.map((choice) => [choice, WORDS[name]?.[choice] ?? choice]));
    return [name, { title, help, choices: { ...named, ...numbers } }];
  });
  return Object.fromEntries(chosen.filter(([name, { choices }]) => name !== "overlap" && Object.keys(choices).length));
}

export function select(name, title, choices, value, changed) {
  /* A value of an address that is not offered stays as it is. */
  const all = String(value) in choices ? choices : { ...choices, [value]: String(value) };
  const made = element("select", { name, "aria-label": title }, ...Object.entries(all).map(([key, text]) =>
    element("option", { value: key, selected: String(value) === key ? "" : false }, text)));
  made.addEventListener("change", () => changed(made.value));
  return made;
}

export class Controls {
  /* `page` has the settings that are edited, and is told what becomes of them. */
  constructor(root, db, form, page) {
    this.root = root;
    this.db = db;
    this.listed = listed(form);
    this.page = page;
  }

  show() {
    const { db, page } = this;
    const settings = page.settings;
    const change = (name) => (value) => page.set(name, typeof SETTINGS[name] === "number" ? Number(value) : value);
    const layers = Object.fromEntries(db.layers.map((layer) => [layer.aliases[0] ?? layer.name, `${layer.aliases[0] ?? layer.name} (${layer.rows} × ${layer.columns})`]));
    const own = Object.entries(this.listed).filter(([name]) => name !== "labels" || db.targets);
    const label = (title, control, help) => element("label", { title: help }, title, control);
    const restricted = settings.only.length || settings.without.length;
    const focused = document.activeElement?.name;
    this.root.replaceChildren(
      ...(page.comparing ? [this.sides()] : []),
      label("Layer", select("layer", "Layer", layers, settings.layer || this.first(layers), change("layer"))),
      ...own.map(([name, { title, help, choices }]) => label(title, select(name, title, choices, settings[name], change(name)), help)),
      element("button", { type: "button", class: "quiet", "data-open": "selection", onclick: () => page.choose() },
        `${restricted ? "Some of" : "All"} ${db.exemplars.length} training pictures …`),
      ...chips(settings, (kind, term) => page.takeBack(kind, term)));
    if (focused) this.root.querySelector(`[name="${focused}"]`)?.focus();
  }

  first(layers) {
    return "penultimate" in layers ? "penultimate" : Object.keys(layers)[0];
  }

  sides() {
    return element("div", { class: "switch sides", role: "group", "aria-label": "Settings of side" }, ...["A", "B"].map((side) => element("button", {
      type: "button", "data-side": side, "aria-pressed": String(side === this.page.editing), onclick: () => this.page.edit(side),
    }, side)));
  }
}
