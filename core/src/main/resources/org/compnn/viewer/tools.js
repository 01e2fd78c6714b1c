/* Above the pictures: what the pointer does, how large they are, which class is chosen, where the divider is. */

import { element, pointed, swatch } from "./element.js";
import { percent } from "./format.js";

const POINTERS = {
  point: ["Point", "Point at pixels, drag to select a rectangle"],
  rectangle: ["Rectangle", "Drag to select a rectangle"],
  move: ["Move", "Drag to move, wheel to zoom"],
};

export class Tools {
  constructor(stage, classes) {
    this.stage = stage;
    const button = (text, label, onclick) => element("button", { type: "button", "aria-label": label, title: label, onclick }, text);
    this.kinds = Object.entries(POINTERS).map(([name, [text, title]]) => element("button", {
      type: "button", "data-tool": name, title, "aria-pressed": String(name === stage.tool), onclick: () => this.take(name),
    }, text));
    this.zoom = element("button", { type: "button", class: "number", title: "Reset zoom (0)", onclick: () => stage.zoom(0) });
    this.clear = element("button", { type: "button", class: "quiet", hidden: "", onclick: () => stage.choose({}) }, "Clear selection");
    this.shares = (classes ?? []).map(() => element("span", { class: "soft number" }));
    this.classes = (classes ?? []).map(({ name, colour }, index) => pointed(element("button", {
      type: "button", "data-class": index, "aria-pressed": "false",
      onclick: () => stage.choose({ category: stage.state.category === index ? null : index }),
    }, swatch(colour), name, this.shares[index]), (on) => stage.hint(on ? index : null)));
    this.slider = element("input", { type: "range", min: "0", max: "100", step: "1", "aria-label": "Divider between A and B" });
    this.slider.addEventListener("input", () => stage.swipe(Number(this.slider.value) / 100));
    this.difference = element("span", { class: "soft number" });
    this.swiping = element("div", { class: "swiping", hidden: "" }, element("b", {}, "A"), this.slider, element("b", {}, "B"), this.difference);
    this.comparing = element("button", { type: "button", class: "quiet compare", hidden: stage.page.compare ? false : "", onclick: () => stage.page.compare() });
    this.values = element("div", { class: "values", hidden: "", role: "group", "aria-label": "Values of the network’s output" });
    this.root = element("div", { class: "tools" },
      element("div", { class: "switch", role: "group", "aria-label": "Pointer tool" }, ...this.kinds),
      element("div", { class: "switch", role: "group", "aria-label": "Zoom" },
        button("−", "Zoom out (−)", () => stage.zoom(-1)), this.zoom, button("+", "Zoom in (+)", () => stage.zoom(1))),
      this.comparing, this.swiping, this.clear,
      classes ? element("div", { class: "classes", role: "group", "aria-label": "Classes of the network’s output" }, ...this.classes) : null, this.values);
  }

  /* Shows what the colours of values stand for. */
  measure(legend) {
    this.values.hidden = !legend;
    this.values.replaceChildren(...(legend ?? []));
  }

  take(name) {
    this.stage.tool = name;
    this.kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.tool === name)));
    for (const frame of this.stage.framed) frame.dataset.tool = name;
  }

  /* Shows how much of an output every class has. */
  count(shares) {
    shares.forEach((share, index) => { this.shares[index].textContent = percent(share); });
  }

  /* Shows which class or rectangle is chosen. */
  press() {
    const { region, category } = this.stage.state;
    this.classes.forEach((button, index) => button.setAttribute("aria-pressed", String(index === category)));
    this.clear.hidden = !region && category === null;
  }

  magnified(zoom) {
    this.zoom.textContent = `${Math.round(100 * zoom)} %`;
    for (const frame of this.stage.framed) frame.classList.toggle("closer", zoom > 1);
    this.press();
  }

  compare(share) {
    this.comparing.textContent = share === null ? "Compare …" : "End comparison";
    this.comparing.setAttribute("aria-pressed", String(share !== null));
    this.swiping.hidden = share === null;
    this.difference.textContent = share === null ? "" : `${percent(share)} of the pixels differ`;
  }

  swiped(share) {
    this.slider.value = String(Math.round(100 * share));
    this.slider.setAttribute("aria-valuetext", `A on the left ${Math.round(100 * share)} percent`);
  }
}
