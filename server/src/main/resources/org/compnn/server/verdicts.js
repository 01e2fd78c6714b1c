/* At the right: the verdict on what is chosen, one card for each training picture behind it, and what to do about that. */

import { drawOutline, outlineOfSource } from "./answer.js";
import { select } from "./controls.js";
import { WHOLE } from "../viewer/cells.js";
import { CAUSES, CAUSE_NAMES } from "../viewer/causes.js";
import { Still } from "../viewer/drawing.js";
import { element, swatch } from "../viewer/element.js";
import { percent } from "../viewer/format.js";
import { meaningOf, sentence } from "../viewer/verdict.js";

const FIRST_SHOWN = 5;
const ACTS = { wrong: ["Label is wrong", "L"], exclude: ["Exclude", "X"], open: ["Open", "O"] };
let words = 0;

/* A cause's word, whose meaning is shown when it is pointed at or has the focus. */
export function causeWord(cause) {
  const { name, meaning, colour } = CAUSES[cause];
  const id = `cause-${words++}`;
  return element("span", { class: "word" }, element("button", { type: "button", class: "cause", "aria-describedby": id, "data-cause": cause }, swatch(colour), name),
    element("span", { class: "tip", role: "tooltip", id }, meaning));
}

export class Verdicts {
  /* `page` shows a source as the answer, marks, excludes and opens training pictures, and knows what was marked. */
  constructor(db, page) {
    Object.assign(this, { db, page });
    this.title = element("h2");
    this.says = element("p", { class: "sentence" });
    this.trust = element("div", { class: "trust" });
    this.causes = element("ul", { class: "causes-of" });
    this.heading = element("h3");
    this.cards = element("ol", { class: "answers-of" });
    this.more = element("button", { type: "button", class: "more", onclick: () => { this.all = true; this.fill(); } });
    this.root = element("aside", { class: "card verdict", "aria-label": "Verdict" }, this.title, this.says, this.trust, this.causes, this.heading, this.cards, this.more);
  }

  /* Shows the verdict on what is chosen, called `title`; the `same` choice where more is known about it. */
  show(judged, verdict, title, same = false) {
    Object.assign(this, { judged, verdict });
    const { result } = judged;
    if (!same) {
      this.all = false;
      this.at = 0;
      this.pool?.forEach(({ change }) => { change.textContent = ""; });
    }
    this.title.textContent = title;
    const names = { name: (index) => this.db.classes?.[index]?.name ?? "no class", id: (exemplar) => result.gallery.exemplars[exemplar].id };
    this.says.replaceChildren(...sentence(verdict, names).map((part) => (typeof part === "string" ? part : causeWord(part.cause))));
    const { doubts } = verdict;
    this.trust.hidden = !verdict.sure && !doubts.length;
    this.trust.replaceChildren(element("b", { class: doubts.length ? "low" : "high" }, doubts.length ? "Low confidence" : "High confidence"),
      ...(doubts.length ? [`: ${doubts.map(meaningOf).join("; ")}.`] : []));
    this.causes.replaceChildren(...CAUSE_NAMES.filter((cause) => verdict.causes[cause]).sort((a, b) => verdict.causes[b] - verdict.causes[a]).map((cause) => {
      const bar = element("i");
      bar.style.width = `${(100 * verdict.causes[cause]) / verdict.wrong}%`;
      bar.style.background = CAUSES[cause].colour;
      return element("li", {}, causeWord(cause), element("span", { class: "bar-of" }, bar), element("span", { class: "soft number" }, percent(verdict.causes[cause] / verdict.wrong)));
    }));
    this.causes.hidden = !verdict.wrong || this.causes.childElementCount < 2;
    this.heading.textContent = verdict.wrong && !verdict.mostly ? "Training pictures behind the wrong pixels" : "Training pictures behind it";
    this.fill();
  }

  fill() {
    const { sources } = this.verdict;
    const shown = sources.slice(0, this.all ? 30 : FIRST_SHOWN);
    this.heading.hidden = !sources.length;
    this.pool ??= [];
    while (this.pool.length < shown.length) this.pool.push(this.card(this.pool.length));
    this.made = this.pool.slice(0, shown.length);
    shown.forEach((source, i) => this.set(this.made[i], source));
    this.cards.replaceChildren(...this.made.map(({ root }) => root));
    this.more.hidden = shown.length === sources.length || this.all;
    this.more.textContent = `More of ${sources.length}`;
    this.choose(this.at, false);
  }

  /* The source whose card is current. */
  get current() {
    return this.verdict?.sources[this.at] ?? null;
  }

  choose(at, told = true) {
    this.at = at;
    this.made.forEach(({ root, name }, i) => { root.classList.toggle("current", i === at); name.setAttribute("aria-pressed", String(i === at)); });
    if (told) this.page.answered(this.current);
  }

  category(index) {
    const found = this.db.classes?.[index];
    return found ? [swatch(found.colour), found.name] : ["no label"];
  }

  /* A card, to be filled again and again: new canvases take long. */
  card(i) {
    const { page, judged: { result } } = this;
    const made = { stills: {}, captions: {}, acts: {} };
    made.name = element("button", { type: "button", class: "name", title: "Show it beside the photograph", onclick: () => this.choose(i) });
    made.share = element("span", { class: "soft number" });
    for (const [action, [text, key]] of Object.entries(ACTS)) {
      made.acts[action] = element("button", { type: "button", class: "quiet", "data-act": action, title: `${text} (${key})`, onclick: () => { this.choose(i); page.act(action, made.source); } }, text);
    }
    const figures = ["input", "original", "self"].map((kind) => {
      made.stills[kind] = new Still(`${result.input.width} / ${result.input.height}`, "none");
      made.captions[kind] = element("figcaption");
      return element("figure", {}, made.stills[kind].root, made.captions[kind]);
    });
    made.marked = element("div");
    made.change = element("p", { class: "change number", role: "status" });
    made.root = element("li", {}, element("div", { class: "top" }, made.name, made.share), element("div", { class: "trio" }, ...figures),
      element("div", { class: "acts" }, ...Object.values(made.acts)), made.marked, made.change);
    return made;
  }

  set(card, source) {
    const { result } = this.judged;
    const { gallery, exemplarGrid, scale } = result;
    if (card.source?.exemplar !== source.exemplar) card.change.textContent = "";
    card.source = source;
    card.name.textContent = gallery.exemplars[source.exemplar].id;
    card.share.textContent = percent(source.share);
    card.root.dataset.exemplar = source.exemplar;
    for (const [kind, still] of Object.entries(card.stills)) {
      still.show(gallery.address(source.exemplar, kind, scale), WHOLE, (drawn) => drawOutline(drawn, outlineOfSource(source, exemplarGrid), exemplarGrid, false));
    }
    const { given, wrong } = this.verdict;
    const bad = given !== null && source.label === given && wrong > 0 ? [element("b", { class: "bad" }, " ✗")] : [];
    card.captions.input.textContent = this.db.classes ? "Photograph" : "Input";
    card.captions.original.replaceChildren(...(source.label === null ? [this.db.classes ? "Label" : "Truth"] : ["Label: ", ...this.category(source.label), ...bad]));
    card.captions.self.replaceChildren(...(source.self === null ? ["Network"] : ["Network: ", ...this.category(source.self)]));
    card.acts.wrong.hidden = source.label === null;
    card.marked.replaceChildren(this.marked(source) ?? "");
  }

  /* What was decided about a source, to be changed or taken back. */
  marked(source) {
    const decision = this.page.decided(source);
    if (!decision) return null;
    const back = element("button", { type: "button", class: "link", onclick: () => this.page.act("undo", source, decision) }, "Undo");
    if (decision.decision === "exclude") return element("p", { class: "marked" }, "Marked to be excluded. ", back);
    const names = Object.fromEntries(this.db.classes.map(({ name }, index) => [index, name]));
    return element("p", { class: "marked" }, "Marked as wrong; should be ", select("label", "Right label", names, decision.label, (label) => this.page.act("relabel", source, { ...decision, label: Number(label) })), " ", back);
  }

  /* What changes without the training picture of a card. */
  changes(source, text) {
    const found = this.made?.find((each) => each.source.exemplar === source.exemplar);
    if (found) found.change.textContent = text;
  }
}
