/* One of the pictures side by side, and what is drawn over it. */

import { Surface, drawBoxes, drawCross, outlined } from "./drawing.js";
import { element } from "./element.js";
import { listen } from "./gestures.js";
import { seen } from "./view.js";

/* What does not depend on the settings is the same on both sides of a comparison. */
const SHARED = new Set(["input", "network", "truth", "wrong"]);

/* Photographs may be smoothed when they are drawn smaller than they are; classes and maps may not. */
const sharp = (picture, width) => picture.width < width;

export class Pane {
  constructor(name, title, stage) {
    this.name = name;
    this.title = title;
    this.bases = [0, 1].map(() => element("canvas", { class: "base" }));
    this.second = element("div", { class: "second" }, this.bases[1]);
    this.divider = element("div", { class: "divider", "aria-hidden": "true" }, element("i"));
    this.overlay = new Surface(() => stage.redraw());
    this.note = element("small");
    this.large = element("button", {
      type: "button", class: "enlarge", "aria-pressed": "false", "aria-label": `Enlarge ${title}`, title: "Enlarge", onclick: () => stage.enlarge(name),
    }, "⤢");
    this.view = element("div", {
      class: "view", tabindex: "0", role: "img", "data-pane": name,
      "aria-label": `${title}. Arrow keys move the cursor, Enter pins it, R starts and ends a rectangle, plus and minus zoom, Escape unpins.`,
    }, this.bases[0], this.second, this.overlay.canvas, this.divider);
    this.figure = element("figure", { class: "panel" },
      element("figcaption", {}, element("span", {}, title), this.note, this.large), this.view);
    listen(this.view, () => stage.tool, stage.listener);
    this.view.addEventListener("keydown", (event) => stage.key(event));
    this.view.addEventListener("pointerleave", () => stage.left());
  }

  /* What it shows of a result. */
  pictureOf(result) {
    return result.picture(this.name);
  }

  /* Whether what it shows depends on the settings. */
  get shared() {
    return SHARED.has(this.name);
  }

  /* Shows a result, and beside it the one it is compared with. */
  show(result, other, note) {
    const picture = this.pictureOf(result);
    this.figure.hidden = !picture;
    this.note.replaceChildren(...[note ?? ""].flat());
    if (!picture) return;
    this.view.style.aspectRatio = `${picture.width} / ${picture.height}`;
    const compared = other && !this.shared ? this.pictureOf(other) : null;
    this.second.hidden = this.divider.hidden = !compared;
    [picture, compared].forEach((shown, i) => {
      if (!shown) return;
      this.bases[i].width = shown.width;
      this.bases[i].height = shown.height;
      this.bases[i].getContext("2d").drawImage(shown, 0, 0);
    });
  }

  /* Receptive fields are those of the input. */
  get seesInput() {
    return this.name === "input";
  }

  enlarged(on) {
    this.figure.classList.toggle("large", on);
    this.large.setAttribute("aria-pressed", String(on));
  }

  draw({ boxes, mask, rectangle, region, zoom }) {
    if (this.figure.hidden) return;
    const drawn = this.overlay.begin();
    if (!drawn) return;
    this.view.classList.toggle("sharp", sharp(this.bases[0], drawn.width * zoom));
    const { context, width, height } = drawn;
    if (mask) {
      context.drawImage(mask, region.left * mask.width, region.top * mask.height,
        (region.right - region.left) * mask.width, (region.bottom - region.top) * mask.height, 0, 0, width, height);
    }
    if (rectangle) {
      const { left, right, top, bottom } = seen(rectangle, region);
      outlined(context, [["rgb(0 0 0 / 70%)", 4], ["#e69f00", 2]],
        () => context.strokeRect(left * width, top * height, (right - left) * width, (bottom - top) * height));
    }
    if (!boxes) return;
    const patch = seen(boxes.patch, region);
    drawCross(drawn, patch);
    const hyperpatch = seen(boxes.hyperpatch, region);
    drawBoxes(drawn, this.seesInput ? { patch, hyperpatch, receptive: seen(boxes.receptive, region) } : { patch, hyperpatch });
  }
}
