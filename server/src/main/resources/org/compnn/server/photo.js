/* The photograph, large, with what lies over it: an output, causes or sources, and the wrong regions outlined and numbered. */

import { outlined } from "../viewer/drawing.js";
import { element } from "../viewer/element.js";
import { Pane } from "../viewer/panes.js";

export class Photo extends Pane {
  /* `page` knows what to lay over a result (a canvas or null), and which `marks` to draw. */
  constructor(stage, page, title) {
    super("photo", title, stage);
    this.page = page;
    this.stage = stage;
    this.overs = [0, 1].map(() => element("canvas", { class: "base over" }));
    this.bases[0].after(this.overs[0]);
    this.second.append(this.overs[1]);
    this.figure.classList.add("lead-pane");
    this.large.hidden = true;
  }

  get seesInput() {
    return true;
  }

  /* Its overlay may depend on them. */
  get shared() {
    return false;
  }

  pictureOf(result) {
    return result.pictures.input;
  }

  show(result, other, note) {
    super.show(result, other, note);
    this.results = [result, other];
    this.cover();
    this.refine(result);
  }

  /* The photograph as its file has it takes the place of what the network saw, once it is there. */
  async refine(result) {
    this.view.classList.remove("fine");
    const fine = await result.photo;
    if (!fine || this.results[0] !== result) return;
    this.view.classList.add("fine");
    for (const base of this.bases) {
      base.width = fine.width;
      base.height = fine.height;
      base.getContext("2d").drawImage(fine, 0, 0);
    }
    this.stage.redraw();
  }

  cover() {
    this.results.forEach((result, i) => {
      const over = result && this.page.overlay(result);
      this.overs[i].hidden = !over;
      if (!over) return;
      this.overs[i].width = over.width;
      this.overs[i].height = over.height;
      this.overs[i].getContext("2d").drawImage(over, 0, 0);
    });
    this.view.classList.toggle("opaque", this.page.opaque);
  }

  draw(drawn) {
    /* Boxes where somebody points or has pinned; else the photograph alone. */
    super.draw(this.page.pointsAt ? drawn : { ...drawn, boxes: null });
    const { width, height, context } = this.overlay;
    const [result] = this.results;
    const marks = this.page.marks();
    if (!context || !marks.length) return;
    const { region } = drawn;
    const [across, down] = [width / (region.right - region.left) / result.width, height / (region.bottom - region.top) / result.height];
    for (const { outline, number, chosen, box } of marks) {
      this.paths ??= new Map();
      if (!this.paths.has(outline)) this.paths.set(outline, new Path2D(outline));
      const scaled = new Path2D();
      scaled.addPath(this.paths.get(outline), new DOMMatrix([across, 0, 0, down, -region.left * result.width * across, -region.top * result.height * down]));
      outlined(context, chosen ? [["rgb(0 0 0 / 80%)", 4], ["#ffffff", 2]] : [["rgb(0 0 0 / 55%)", 2.5], ["#ff8a5c", 1.2]], () => context.stroke(scaled));
      if (number) this.tag(context, number, chosen, (box[1] - region.left * result.width) * across, (box[0] - region.top * result.height) * down);
    }
  }

  tag(context, number, chosen, x, y) {
    const [left, top] = [Math.max(1, Math.min(this.overlay.width - 19, x)), Math.max(1, Math.min(this.overlay.height - 17, y - 8))];
    context.fillStyle = chosen ? "#ffffff" : "rgb(20 24 30 / 85%)";
    context.beginPath();
    context.roundRect(left, top, 18, 16, 4);
    context.fill();
    context.fillStyle = chosen ? "#15191f" : "#ffffff";
    context.font = "600 11px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(number), left + 9, top + 8.5);
  }
}
