/* What is known of a judged picture at once, until the page has its answer: the photograph with its errors, and the verdict in words. */

import * as server from "./server.js";
import { element } from "../viewer/element.js";

const REGIONS = 5;

/* `summary` is the server's judgement of the picture, one of a `set`. */
export function previewOf(db, set, summary) {
  const says = element("p", { class: "sentence" });
  const regions = element("ol", { class: "told" });
  const image = element("img", { src: server.judgedAddress(db, set, summary.number, true, summary.version), alt: summary.id });
  image.style.aspectRatio = `${db.output.width} / ${db.output.height}`;
  /* A judgement that lacks the distances of training cells has no words yet. */
  if (!summary.provisional) server.judgement(db, set, summary.number).then((found) => {
    says.textContent = found.sentence;
    regions.replaceChildren(...found.regions.slice(0, REGIONS).map(({ number, sentence }) => element("li", {}, element("b", {}, `${number} `), sentence)));
  }, () => {});
  return element("div", { class: "one preview" }, element("div", { class: "seen" }, element("div", { class: "duo" },
    element("figure", { class: "panel" }, element("figcaption", {}, element("span", {}, "Photograph")), image))),
  element("aside", { class: "card verdict", "aria-label": "Verdict so far" }, element("h2", {}, "This picture"), says, regions));
}
