/* The same building from the patches of one style at a time. */

import { element } from "../viewer/element.js";
import { clamp } from "../viewer/format.js";
import { View, data, dot, exhibited, origin, styleColour } from "./views.js";

class Loupe {
  constructor(node) {
    this.node = node;
    this.view = new View("Training building");
    this.words = element("div");
    node.append(this.view.node, this.words);
  }

  show({ exemplar, from }, event) {
    const building = data.buildings[exemplar];
    this.node.hidden = false;
    this.view.show(building.painted, `training building ${building.id}`);
    this.view.mark(from);
    this.words.replaceChildren("from ", dot(styleColour(building.style)), `${building.style} ${building.id}`);
    const box = this.node.getBoundingClientRect();
    const x = event.clientX + 22 + box.width > window.innerWidth ? event.clientX - box.width - 22 : event.clientX + 22;
    const y = clamp(event.clientY - box.height / 2, 8, window.innerHeight - box.height - 8);
    this.node.style.left = `${Math.max(8, x)}px`;
    this.node.style.top = `${y}px`;
  }

  hide() {
    this.node.hidden = true;
  }
}

/* The pictures of one swap, pointed at together. */
async function swapRow(stage, swap, all, loupe) {
  const views = [];
  const figure = (title, source, result, { style, pixels } = {}) => {
    const view = new View(title, { pixels });
    view.show(source);
    views.push(view);
    const made = element("figure", { class: style ? "only" : "" }, element("figcaption", {}, style ? dot() : null, title), view.node);
    if (style) made.style.setProperty("--style", styleColour(style));
    let at = { x: 64, y: 64 };
    view.listen((pixel, event) => {
      at = pixel;
      views.forEach((each) => each.mark({ x: pixel.x - 1, y: pixel.y - 1, wide: 2, high: 2 }));
      if (result && event.clientX !== undefined) loupe.show(origin(result, pixel), event);
    }, () => at);
    view.node.addEventListener("pointerleave", () => { loupe.hide(); views.forEach((each) => each.mark(null)); });
    return made;
  };
  const { pictures } = stage.exhibits[swap.exhibit].why;
  const styles = await Promise.all(swap.styles.map(async ({ style, why }) => ({ style, source: why.pictures.output, result: await exhibited(stage, why) })));
  return element("div", { class: "swap" },
    figure("label map", pictures.input, null, { pixels: true }), figure("network", pictures.network, null), figure("all styles", pictures.output, all),
    ...styles.map(({ style, source, result }) => figure(`only ${style}`, source, result, { style })));
}

/* `results` are those of the stage's exhibits. */
export async function swapSection(section, stage, results) {
  section.hidden = !stage.swaps.length;
  if (section.hidden) return;
  const loupe = new Loupe(document.getElementById("loupe"));
  const rows = await Promise.all(stage.swaps.map((swap) => swapRow(stage, swap, results[swap.exhibit], loupe)));
  section.append(
    element("h2", {}, "Change the training set, see what changes"),
    element("p", { class: "lede" },
      "The same label map and the same network, but patches come only from training buildings of one style. Nothing is retrained or" +
      " indexed again: each search selects the part of the training set that may match."),
    element("div", { class: "swaps" }, ...rows));
}
