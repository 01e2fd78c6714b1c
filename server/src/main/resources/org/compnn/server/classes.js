/* Intersection over union by class, and what each cause of errors costs. */

import { causeWord } from "./verdicts.js";
import { CAUSES, CAUSE_NAMES } from "../viewer/causes.js";
import { confusions, costs } from "../viewer/confusion.js";
import { element, swatch } from "../viewer/element.js";
import { decimals } from "../viewer/numbers.js";

const gain = (now, then) => (now === null || then === null ? "" : then - now < 0.0005 ? "" : `+${(then - now).toFixed(3)}`);

export class Classes {
  constructor(db, home) {
    Object.assign(this, { db, home });
    this.root = element("div", { class: "by-class" });
  }

  show(summaries) {
    const { classes } = this.db;
    const confused = confusions(summaries, classes.length);
    const { now, without } = costs(confused);
    const best = CAUSE_NAMES.map((_, i) => i).sort((a, b) => (without[b].mean ?? 0) - (without[a].mean ?? 0))[0];
    const total = confused.pixels.flatMap((row) => [...row]).reduce((a, b) => a + b, 0);
    const bar = (value, colour) => {
      const made = element("i");
      made.style.width = `${100 * (value ?? 0)}%`;
      made.style.background = colour;
      return element("span", { class: "bar-of" }, made);
    };
    const line = (name, colour, value, then, share, button) => element("tr", {}, element("th", { scope: "row" }, swatch(colour), " ", button ?? name),
      element("td", { class: "number" }, share), element("td", { class: "number" }, decimals(value, 3)), element("td", { class: "wide" }, bar(value, colour)),
      ...then.map((each, i) => element("td", { class: "number", title: `${name} without ${CAUSE_NAMES[i]} errors: ${decimals(each, 3)}` }, gain(value, each))));
    const truths = confused.pixels.map((row) => row.reduce((a, b) => a + b, 0));
    const order = classes.map((_, i) => i).sort((a, b) => (now.classes[a] ?? 2) - (now.classes[b] ?? 2));
    const head = (text, more = {}) => element("th", { scope: "col", ...more }, text);
    this.root.replaceChildren(
      element("p", { class: "sentence" }, now.mean === null ? "Nothing is judged yet." : `Mean IoU is ${now.mean.toFixed(3)}. `,
        ...(now.mean === null ? [] : [`It would be ${without[best].mean.toFixed(3)} if `, causeWord(CAUSE_NAMES[best]), " errors were gone."])),
      element("div", { class: "scroll" }, element("table", {},
        element("thead", {}, element("tr", {}, head("Class"), head("Pixels", { class: "number" }), head("IoU", { class: "number" }), element("td", {}), ...CAUSE_NAMES.map((cause) => head(causeWord(cause), { class: "number" })))),
        element("tbody", {}, ...order.map((i) => line(classes[i].name, classes[i].colour, now.classes[i], without.map((each) => each.classes[i]), total ? `${((100 * truths[i]) / total).toFixed(1)} %` : "",
          element("button", { type: "button", class: "link", title: `Pictures with ${classes[i].name} among the errors`, onclick: () => this.home.only("class", String(i)) }, classes[i].name))),
          line("Mean", "transparent", now.mean, without.map((each) => each.mean), "")))),
      element("p", { class: "soft small" }, `Columns at the right: how much the IoU would gain if all errors of a cause were put right. ${CAUSES.novel.name} errors are those that the training set knows nothing of.`));
  }

  takes() {
    return false;
  }
}
