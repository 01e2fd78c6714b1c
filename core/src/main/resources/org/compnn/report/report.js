/* The report: one picture at a time, with everything that it needs within the file. */

import { fragmentOf, keepLooking, lookedAt } from "../viewer/address.js";
import { element } from "../viewer/element.js";
import { resultOf } from "../viewer/embedded.js";
import { clamp } from "../viewer/format.js";
import { PASTED, agreementFact, numbersCard, settingsCard } from "../viewer/numbers.js";
import { Ranking } from "../viewer/ranking.js";
import { Source } from "../viewer/source.js";
import { Stage } from "../viewer/stage.js";
import { readySection } from "./sections.js";

const data = JSON.parse(document.getElementById("data").textContent);

/* The training set as the file holds it: exemplars by their index in the database, as many pictures as there was room for. */
const gallery = {
  exemplars: [],
  address: (index, kind) => gallery.exemplars[index][kind] ?? null,
  missing: "not in this report",
};
for (const exemplar of data.gallery) gallery.exemplars[exemplar.exemplar] = exemplar;

/* Under the name: how well it is explained, and by what. */
function facts({ agreement, settings }) {
  const agrees = agreementFact(agreement);
  return element("p", { class: "facts number" },
    ...(agrees ? [agrees.before, element("b", {}, agrees.number), `${agrees.after} · `] : []),
    [settings.network, `layer ${settings.layer.aliases[0] ?? settings.layer.name}`, `${settings.selected} training pictures`,
      `pasted from ${settings.labels === "self" ? "the " : ""}${PASTED[settings.labels]}`].join(" · "));
}

class Report {
  constructor(state) {
    this.state = state;
    this.opening = "click it to keep the highlight";
    this.keeps = null;
    this.pointedAt = null;
    this.source = new Source(this);
    this.ranking = new Ranking(this);
    this.stage = new Stage(state, data.classes, this);
  }

  async show(index) {
    this.index = index;
    document.querySelectorAll("#pictures button").forEach((button, i) => button.setAttribute("aria-current", String(i === index)));
    const picture = data.pictures[index];
    const result = await resultOf(picture.why, gallery, data.classes);
    if (this.index !== index) return;
    this.result = result;
    this.keeps = null;
    document.getElementById("main").replaceChildren(
      element("div", { class: "head" }, element("h1", {}, result.name)), facts(result),
      element("div", { class: "stage" }, this.stage.root, this.source.root), this.ranking.root,
      ...picture.sections.map(readySection),
      element("section", { class: "below", "aria-label": "Numbers and settings" }, numbersCard(result), settingsCard(result)));
    this.stage.show(result);
  }

  /* Another picture; what was chosen of the earlier one means nothing there. */
  turnTo(index) {
    Object.assign(this.state, { pin: null, region: null, category: null });
    return this.show(index).then(() => this.changed());
  }

  /* What is pointed at goes before what is kept. */
  get highlighted() {
    return this.pointedAt ?? this.keeps;
  }

  highlight(exemplar) {
    this.pointedAt = exemplar;
    this.stage.redraw();
  }

  open(exemplar) {
    this.keeps = this.keeps === exemplar ? null : exemplar;
    this.pointedAt = null;
    this.ranking.mark();
    this.stage.redraw();
  }

  unpin() {
    this.stage.pin(null);
  }

  moved(result, cursor) {
    this.source.show(result, cursor, this.state.pin !== null);
  }

  rank() {
    this.ranking.show(this.result, this.state);
  }

  /* Keeps picture and pin in the address, at leisure: browsers allow few changes of it a second. */
  changed() {
    clearTimeout(this.written);
    this.written = setTimeout(() => {
      const parameters = new URLSearchParams({ picture: this.index + 1 });
      keepLooking(parameters, this.state);
      try {
        history.replaceState(null, "", fragmentOf(parameters));
      } catch {
        /* Some browsers refuse this for files; the page works without. */
      }
    }, 120);
  }
}

let report = null;

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  clearTimeout(report?.written);
  report = new Report({ ...lookedAt(wanted), swipe: 0.5 });
  report.show(clamp((parseInt(wanted.get("picture"), 10) || 1) - 1, 0, data.pictures.length - 1));
}

if (data.pictures.length > 1) {
  document.getElementById("pictures").append(...data.pictures.map(({ why: { explanation, pictures } }, index) =>
    element("button", { type: "button", onclick: () => report.turnTo(index) },
      element("img", { src: pictures.input, alt: "" }), element("span", {}, explanation.name))));
}
addEventListener("hashchange", fromAddress);
fromAddress();
