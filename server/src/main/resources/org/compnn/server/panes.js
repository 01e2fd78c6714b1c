/* The pictures side by side, with one cursor over all of them. */

import { clamp, drawBoxes, drawCross, element, fit } from "./report.js";

/* A picture with boxes over it; tells where it is pointed at, pinned, and which keys are pressed. */
export class Pane {
  constructor(name, title, listener) {
    this.name = name;
    this.listener = listener;
    this.base = element("canvas");
    this.overlay = element("canvas");
    this.note = element("small");
    this.view = element("div", {
      class: "view", tabindex: "0", role: "img", "data-pane": name,
      "aria-label": `${title}. Arrow keys move the cursor, Enter pins it, Escape lets go.`,
    }, this.base, this.overlay);
    this.figure = element("figure", { class: "panel" }, element("figcaption", {}, title, this.note), this.view);
    this.view.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") listener.point(this.at(event)); });
    this.view.addEventListener("click", (event) => listener.pin(this.at(event)));
    this.view.addEventListener("keydown", (event) => listener.key(event));
  }

  at(event) {
    const bounds = this.view.getBoundingClientRect();
    const { height, width } = this.result;
    return {
      y: clamp(Math.floor(((event.clientY - bounds.top) / bounds.height) * height), 0, height - 1),
      x: clamp(Math.floor(((event.clientX - bounds.left) / bounds.width) * width), 0, width - 1),
    };
  }

  show(result, note = "") {
    this.result = result;
    const picture = result.picture(this.name);
    this.figure.hidden = !picture;
    this.note.textContent = note;
    if (!picture) return;
    this.view.style.aspectRatio = `${picture.width} / ${picture.height}`;
    this.base.width = picture.width;
    this.base.height = picture.height;
    this.base.getContext("2d").drawImage(picture, 0, 0);
  }

  draw(boxes) {
    if (this.figure.hidden) return;
    const drawn = fit(this.overlay);
    drawCross(drawn, boxes.patch);
    drawBoxes(drawn, this.name === "input" ? boxes : { hyperpatch: boxes.hyperpatch, patch: boxes.patch });
  }
}
