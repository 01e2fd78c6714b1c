/* A case in three clicks: what a mistaught network sees, which training buildings taught it that, and what happens once they are right. */

import { element } from "../viewer/element.js";
import { percent } from "../viewer/format.js";
import { SIZE, data, dot } from "./views.js";

const name = (index) => data.classes[index].name;
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/* A picture with the outline of a region on it. */
function traced(source, alt, outline, pixels) {
  const node = element("div", { class: "seen" }, element("img", { src: source, alt, draggable: "false", class: pixels ? "pixels" : "" }));
  if (outline) {
    const parsed = element("div", {});
    parsed.innerHTML = `<svg viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true"><path class="halo" d="${outline}"/><path class="core" d="${outline}"/></svg>`;
    node.append(parsed.firstChild);
  }
  return node;
}

function figure(title, small, ...rest) {
  return element("figure", {}, element("figcaption", {}, element("b", {}, title), element("small", {}, small)), ...rest);
}

export class Case {
  constructor(section, found) {
    this.section = section;
    this.found = found;
    this.step = 0;
    this.build();
  }

  build() {
    const { found } = this;
    const [given, truth] = [name(found.given), name(found.truth)];
    this.answer = element("div", { class: "verdict", "aria-live": "polite" });
    const region = element("button", { type: "button", class: "ask", "aria-label": `Why ${given}?`, onclick: () => this.ask() },
      traced(found.answers.network.picture, `the network's labels; outlined: ${given}`, found.outline, true));
    this.region = region;
    this.section.append(
      element("h2", {}, `Why does the network see a ${given} here?`),
      element("p", { class: "lede" },
        `On an unseen ${found.style} house this one takes ${found.answers.network.doors} of ${found.windows} pixels of windows for a ${given}.` +
        " Which training pictures taught it that?"),
      element("div", { class: "case" },
        figure("Photo", "not in the training set", traced(found.photo, "the unseen building", found.outline, false)),
        figure("Labelled by the network", "click the outlined region", region),
        this.answer));
    this.show(element("p", { class: "soft" }, "1. Click the outlined region."), this.legend());
  }

  /* The two classes that are mixed up. */
  legend() {
    const { found } = this;
    return element("ul", { class: "legend" }, ...[found.truth, found.given].map((index) => element("li", {}, dot(data.classes[index].colour), name(index))));
  }

  /* As a person would, so many clicks. */
  play(clicks) {
    if (clicks > 0) this.ask();
    if (clicks > 1) this.look(this.found.sources[0]);
    if (clicks > 2) this.correct();
  }

  show(...what) {
    this.answer.replaceChildren(...what);
  }

  /* Which training buildings are behind the region. */
  ask() {
    if (this.step > 0) return;
    this.step = 1;
    this.region.classList.add("done");
    const { found } = this;
    this.cards = found.sources.map((source) => element("button", { type: "button", class: "culprit", onclick: () => this.look(source) },
      traced(source.photo, `training building ${source.id}`, source.outline, false),
      element("span", {}, element("b", {}, `${capital(found.style)} ${source.id}`), ` ${percent(source.share)} of the matches, labelled ${name(source.label)}`)));
    this.show(
      element("p", { class: "sentence" }, element("b", {}, `${capital(name(found.given))}, should be ${name(found.truth)}.`),
        ` Familiar: ${found.distance} % of training cells have nearer matches. `,
        element("b", {}, `${percent(found.carrying)} of the matched training pixels carry this label`), `: the network does as it was taught.`),
      element("p", { class: "soft" }, "2. Look at one of the training buildings behind it."),
      element("div", { class: "culprits" }, ...this.cards));
    this.cards[0]?.focus({ preventScroll: true });
  }

  /* How a training building is labelled. */
  look(source) {
    this.step = 2;
    this.cards.forEach((card, i) => card.setAttribute("aria-pressed", String(this.found.sources[i] === source)));
    this.pair?.remove();
    const { found } = this;
    const correct = element("button", { type: "button", class: "correct", onclick: () => this.correct() },
      `Correct all ${found.mislabelled}`);
    this.pair = element("div", { class: "pair" },
      element("div", { class: "two" },
        traced(source.photo, `photo of ${source.id}`, source.outline, false),
        traced(source.labels, `labels of ${source.id}`, source.outline, true)),
      element("div", {},
        element("p", {}, `The windows of ${found.style} ${source.id} are labelled ${name(found.given)}. So are those of ${found.mislabelled - 1} more ${found.style} buildings: somebody took them for that.`),
        element("p", { class: "soft" }, "3. Put it right."), correct));
    this.answer.append(this.pair);
    correct.focus({ preventScroll: true });
  }

  /* What changes. */
  correct() {
    if (this.step > 2) return;
    this.step = 3;
    const { found } = this;
    const { network, pasted, corrected, retrained } = found.answers;
    const told = ({ doors }) => `${doors} pixels of windows taken for a ${name(found.given)}`;
    const changed = (title, { picture }, answer) => figure(title, told(answer), traced(picture, title, found.outline, true));
    this.section.append(element("div", { class: "changed" },
      changed("Before: the network", network, network),
      changed("Pasted from the labels as they were", pasted, pasted),
      changed("Pasted from the corrected labels", corrected, corrected),
      changed("A network trained on right labels", retrained, retrained)),
    element("p", { class: "lede" },
      "The same training pixels, found once; only their labels changed. On your own data: ",
      element("code", {}, "compnn serve train.db --data val"), " shows the worst pictures and their causes, ",
      element("code", {}, "compnn review"), " writes the corrected labels, ", element("code", {}, "compnn index --replace"), " takes them in."));
    this.section.lastElementChild.previousElementSibling.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}
