/* The training picture that answers, large: the part of it that was matched is outlined, a label may lie over it. */

import { WHOLE } from "../viewer/cells.js";
import { Still, drawBoxes } from "../viewer/drawing.js";
import { element } from "../viewer/element.js";
import { joined, outlineOfCells } from "../viewer/outline.js";
import { load, picture } from "../viewer/pictures.js";

const OVER = { network: "self", output: "self", truth: "original" };

/* The outline of a source's matched cells on its own picture, as a path of cells. */
export function outlineOfSource(source, grid) {
  /* Many scattered cells join sooner. */
  const grow = Math.max(1, Math.round(grid.columns / (source.cells.size > 200 ? 85 : 128)));
  source.joined ??= joined(source.cells, grid, grow, Math.max(3, source.cells.size / 40));
  source.outline ??= outlineOfCells(source.joined, grid.columns);
  return source.outline;
}

/* Draws an outline of cells over a whole picture; what is outside is a little darker. */
export function drawOutline({ context, width, height }, outline, { rows, columns }, strong = true) {
  const path = new Path2D();
  path.addPath(new Path2D(outline), new DOMMatrix([width / columns, 0, 0, height / rows, 0, 0]));
  const outside = new Path2D();
  outside.rect(0, 0, width, height);
  outside.addPath(path);
  context.fillStyle = "rgb(0 0 0 / 38%)";
  context.fill(outside, "evenodd");
  context.lineJoin = "round";
  for (const [colour, wide] of [["rgb(0 0 0 / 80%)", strong ? 4 : 3], ["#ffffff", strong ? 2 : 1.3]]) {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.stroke(path);
  }
}

export class Answer {
  constructor() {
    this.name = element("span", {}, "Training picture");
    this.note = element("small");
    this.still = new Still("4 / 3", "none");
    this.figure = element("figure", { class: "panel answer" }, element("figcaption", {}, this.name, this.note), this.still.root);
  }

  /* Of a size; `over` names what lies over the photographs, if anything. */
  set(result, over) {
    this.result = result;
    this.kind = OVER[over] ?? null;
    this.still.root.style.aspectRatio = `${result.input.width} / ${result.input.height}`;
    this.again?.();
  }

  /* The training picture of a source, its matched cells outlined. */
  source(source, note) {
    this.again = () => this.source(source, note);
    if (!source) {
      this.name.textContent = "Training picture";
      this.note.textContent = "no match";
      this.still.show(null, WHOLE);
      return;
    }
    this.draw(source.exemplar, note, (drawn) => drawOutline(drawn, outlineOfSource(source, this.result.exemplarGrid), this.result.exemplarGrid));
  }

  /* The training picture of a match, its patch, hyperpatch and receptive field outlined; until told otherwise. */
  match(match, note) {
    this.draw(match.exemplar, note, (drawn) => drawBoxes(drawn, this.result.exemplarBoxes(match)));
  }

  draw(exemplar, note, paint) {
    const { gallery, classes, scale } = this.result;
    this.exemplar = exemplar;
    this.name.textContent = gallery.exemplars[exemplar].id;
    this.note.textContent = note;
    const over = this.kind && gallery.address(exemplar, this.kind, scale);
    if (over && !picture(over)) load(over).then(() => { if (this.exemplar === exemplar) this.still.draw(); }, () => {});
    this.still.show(gallery.address(exemplar, "input"), WHOLE, (drawn) => {
      const label = over && picture(over);
      if (label) {
        const { context, width, height } = drawn;
        context.globalAlpha = classes ? 0.6 : 1;
        context.imageSmoothingEnabled = !classes;
        context.drawImage(label, 0, 0, width, height);
        context.globalAlpha = 1;
      }
      paint(drawn);
    });
  }
}
