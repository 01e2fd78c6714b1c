/* Sections that come ready made: figures as SVG, tables as texts. */

import { element } from "../viewer/element.js";
import { table } from "../viewer/numbers.js";

const figure = (svg) => element("div", { class: "figure" },
  document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true));

export function readySection({ title, lead, figures, table: numbers }) {
  return element("section", {}, element("h2", {}, title), element("p", { class: "lead" }, lead), ...figures.map(figure),
    numbers ? element("div", { class: "card scroll" }, table(numbers.columns, numbers.rows)) : null);
}
