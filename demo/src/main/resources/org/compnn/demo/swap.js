/* The same building from the patches of one style at a time. */

class Loupe {
  constructor(node) {
    this.node = node;
    this.view = new View("The training building it came from");
    this.words = element("div", {});
    node.append(this.view.node, this.words);
  }

  show(found, event) {
    const building = DATA.buildings[found.building];
    this.node.hidden = false;
    this.view.show(building.painted, `training building ${building.id}`);
    this.view.mark(found.from);
    const dot = element("span", { class: "dot" });
    dot.style.setProperty("--style", styleColour(building.style));
    this.words.replaceChildren("from ", dot, `${building.style} ${building.id}`);
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

function swapSection(section, stage) {
  if (!stage.swaps.length) {
    section.hidden = true;
    return;
  }
  const loupe = new Loupe(document.getElementById("loupe"));
  const swaps = element("div", { class: "swaps" });
  for (const swap of stage.swaps) {
    const exhibit = stage.exhibits[swap.exhibit];
    const views = [];
    const figure = (title, source, field, style, pixels) => {
      const view = new View(title, { pixels });
      view.show(source);
      views.push(view);
      const dot = style ? [element("span", { class: "dot" })] : [];
      const made = element("figure", { class: style ? "only" : "" }, element("figcaption", {}, ...dot, title), view.node);
      if (style) made.style.setProperty("--style", styleColour(style));
      let at = { x: 64, y: 64 };
      view.listen((pixel, event) => {
        at = pixel;
        views.forEach((v) => v.mark({ x: pixel.x - 1, y: pixel.y - 1, wide: 2, high: 2 }));
        if (field && event.clientX !== undefined) loupe.show(field.at(pixel), event);
      }, () => at);
      view.node.addEventListener("pointerleave", () => { loupe.hide(); views.forEach((v) => v.mark(null)); });
      return made;
    };
    const field = (f) => new Field(f, stage.rows, stage.columns);
    swaps.append(element("div", { class: "swap" },
      figure("given", exhibit.input, null, null, true),
      figure("the network", exhibit.network, null, null, false),
      figure("from all", exhibit.composition, field(exhibit.field), null, false),
      ...swap.styles.map((s) => figure(`only ${s.style}`, s.picture, field(s.field), s.style, false))));
  }
  section.append(
    element("h2", {}, "Change the training set, see what changes"),
    element("p", { class: "lede" },
      "The same label map and the same network, but the patches may come only from training buildings of one style. Nothing is trained" +
      " or built again: a selection is made when searching, so that you see at once what a part of the training set would have done."),
    swaps);
}
