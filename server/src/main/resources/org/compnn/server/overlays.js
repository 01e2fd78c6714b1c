/* What lies over the photograph, chosen by buttons and keys, with its legend; and the wrong regions by number. */

import { CAUSES } from "../viewer/causes.js";
import { causeWord } from "./verdicts.js";
import { element, swatch } from "../viewer/element.js";
import { percent, round } from "../viewer/format.js";

const KINDS = {
  none: ["Photograph", "P"], network: ["Network", "N"], truth: ["Truth", "T"], output: ["Composition", "C"], cause: ["Cause", "Y"], sources: ["Sources", "S"],
};
const LEGEND = 10;

export class Overlays {
  /* `page` lays a kind `cover` over the photograph, chooses a wrong region, and opens training pictures. */
  constructor(db, state, page) {
    Object.assign(this, { db, state, page });
    this.buttons = Object.entries(KINDS).map(([kind, [name, key]]) => element("button", {
      type: "button", "data-over": kind, title: `${name} (${key})`, onclick: () => page.cover(kind),
    }, kind === "none" && !db.classes ? "Input" : name));
    this.raw = element("button", { type: "button", class: "quiet", title: "Every cell’s own source (M)", onclick: () => page.cover("sources", !state.raw) }, "Raw map");
    this.parts = element("div", { class: "parts", role: "group", "aria-label": "Wrong regions" });
    this.legend = element("div", { class: "legend" });
    this.kinds = element("div", { class: "switch", role: "group", "aria-label": "Over the photograph" }, ...this.buttons);
  }

  /* The kind that a key stands for. */
  of(key) {
    return Object.keys(KINDS).find((kind) => KINDS[kind][1] === key.toUpperCase()) ?? null;
  }

  name(index) {
    return this.db.classes?.[index]?.name ?? "";
  }

  show(judged) {
    this.judged = judged;
    const { state } = this;
    const { truth } = judged.result.pictures;
    for (const button of this.buttons) {
      button.hidden = (button.dataset.over === "truth" && !truth) || (button.dataset.over === "cause" && !judged.truth);
      button.setAttribute("aria-pressed", String(button.dataset.over === state.over));
    }
    this.raw.hidden = state.over !== "sources";
    this.raw.setAttribute("aria-pressed", String(state.raw));
    const { regions } = judged.wrong;
    this.parts.replaceChildren(...(regions.length ? [element("span", { class: "soft" }, "Wrong:")] : []), ...regions.map((region) => element("button", {
      type: "button", "data-part": region.number, title: `${this.confusion(region)}, ${region.pixels} pixels`, onclick: () => this.page.choosePart(region.number),
    }, element("b", { class: "number" }, String(region.number)), region.given === null ? "" : element("span", {}, swatch(this.db.classes[region.given].colour), swatch(this.db.classes[region.truth].colour)))));
    this.press();
    this.explain();
  }

  confusion(region) {
    return region.given === null ? "off by far" : `${this.name(region.truth)} taken for ${this.name(region.given)}`;
  }

  press() {
    for (const button of this.parts.querySelectorAll("button")) button.setAttribute("aria-pressed", String(Number(button.dataset.part) === this.state.part));
  }

  /* What the colours stand for. */
  explain() {
    const { state, judged } = this;
    const lines = [];
    if (state.over === "cause") {
      lines.push(...(judged.causeMap ? Object.keys(CAUSES).map(causeWord) : [element("span", { class: "soft" }, "The labels of the matches are not known here.")]));
    } else if (state.over === "sources" && !state.raw) {
      lines.push(...judged.sourcesMap.legend.slice(0, LEGEND).map(({ exemplar, share, colour }) => element("button", { type: "button", onclick: () => this.page.open(exemplar) },
        swatch(colour), judged.result.gallery.exemplars[exemplar].id, element("span", { class: "soft number" }, percent(share)))),
      element("span", { class: "soft" }, "Islands are merged; shares are of all cells."));
    }
    this.legend.hidden = !lines.length;
    this.legend.replaceChildren(...lines);
  }

  /* What is under the cursor, in a line. */
  say(line, result, cursor) {
    const [match] = result.matches(cursor);
    const parts = [`Row ${cursor.y}, column ${cursor.x}`];
    const [given, truth] = ["network", "truth"].map((name) => result.shownAt(name, cursor));
    if (given) parts.push(truth && truth.text !== given.text && truth.text !== "unlabelled" && result.classes ? `${given.text}, should be ${truth.text}` : given.text);
    if (match) parts.push(`${result.gallery.exemplars[match.exemplar].id}, distance ${round(match.distance)}`);
    line.textContent = parts.join(" · ");
  }

  /* What a composition without a training picture changes, in a sentence. */
  without({ changed, to, right, known }, id) {
    if (changed < 0.0005) return `Without ${id} nothing would change here.`;
    const share = percent(changed);
    const into = to === null || to === undefined ? "" : `, most to ${this.name(to)}`;
    const better = !known || Math.abs(right) < 0.0005 ? "" : `; ${percent(Math.abs(right))} ${right > 0 ? "more" : "fewer"} would be right`;
    return `Without ${id} the imitation changes ${share} of these pixels${into}${better}.`;
  }
}
