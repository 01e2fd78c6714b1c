/* Canvases that know their size on the screen, and pictures of the training set on them. */

import { WHOLE } from "./cells.js";
import { element } from "./element.js";
import { load, picture } from "./pictures.js";

const surfaces = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) surfaces.get(target)?.resize(contentRect);
});

/* A canvas of as many pixels as the screen has for it; asking for its size costs no layout. */
export class Surface {
  constructor(changed) {
    this.changed = changed;
    this.canvas = element("canvas");
    this.width = 0;
    this.height = 0;
    surfaces.set(this.canvas, this);
    sizes.observe(this.canvas);
  }

  resize({ width, height }) {
    const ratio = devicePixelRatio || 1;
    this.width = width;
    this.height = height;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.changed?.();
  }

  /* Cleared, in units of CSS pixels; null where there is nothing on the screen. */
  begin() {
    if (!this.width || !this.height) return null;
    this.context ??= this.canvas.getContext("2d");
    this.context.setTransform(this.canvas.width / this.width, 0, 0, this.canvas.height / this.height, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    this.context.imageSmoothingEnabled = false;
    return { context: this.context, width: this.width, height: this.height };
  }
}

/* A picture, or a part of it, drawn as soon as it is there; `missing` says why it may never be. */
export class Still {
  constructor(ratio, missing = "none") {
    this.surface = new Surface(() => this.draw());
    this.root = element("div", { class: "still", "data-missing": missing }, this.surface.canvas);
    this.root.style.aspectRatio = ratio;
  }

  /* An address or a canvas; `region` in fractions of the picture; `paint` draws over it. */
  show(source, region, paint) {
    this.wanted = { source, region, paint };
    this.draw();
  }

  draw() {
    const { wanted } = this;
    if (!wanted) return;
    this.root.classList.toggle("missing", !wanted.source);
    const drawn = this.surface.begin();
    if (!drawn || !wanted.source) return;
    if (wanted.source instanceof HTMLCanvasElement) {
      this.paint(drawn, wanted.source, wanted);
      return;
    }
    const shown = picture(wanted.source);
    if (shown) this.paint(drawn, shown, wanted);
    else load(wanted.source).then(() => { if (this.wanted === wanted) this.draw(); }, () => {});
  }

  paint(drawn, shown, { region, paint }) {
    const [w, h] = [shown.naturalWidth ?? shown.width, shown.naturalHeight ?? shown.height];
    const width = (region.right - region.left) * w;
    drawn.context.imageSmoothingEnabled = width > drawn.width;
    drawn.context.imageSmoothingQuality = "medium";
    drawn.context.drawImage(shown, region.left * w, region.top * h, width, (region.bottom - region.top) * h, 0, 0, drawn.width, drawn.height);
    paint?.(drawn);
  }
}

export function darken({ context, width, height }) {
  context.fillStyle = "rgb(0 0 0 / 62%)";
  context.fillRect(0, 0, width, height);
}

/* The cells of a training picture that were pasted. */
export function tint({ context, width, height }, cells, grid, colour) {
  context.fillStyle = colour;
  for (const cell of cells) {
    const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
    /* Whole units of the screen, so that neighbours leave no seam. */
    const [x, y] = [Math.floor((column / grid.columns) * width), Math.floor((row / grid.rows) * height)];
    context.fillRect(x, y, Math.max(1, Math.ceil(((column + 1) / grid.columns) * width) - x), Math.max(1, Math.ceil(((row + 1) / grid.rows) * height) - y));
  }
}

/* A line of two: light over dark, to be seen on anything. */
export function outlined(context, [[dark, wide], [light, narrow]], draw, dash = []) {
  for (const [colour, width, dashes] of [[dark, wide, []], [light, narrow, dash]]) {
    context.setLineDash(dashes);
    context.lineWidth = width;
    context.strokeStyle = colour;
    draw();
  }
  context.setLineDash([]);
}

const STROKES = { receptive: ["#56b4e9", [5, 3]], hyperpatch: ["#f0e442", []], patch: ["#ffffff", []] };

/* Draws boxes, given as fractions of the picture, of which `region` is in sight. */
export function drawBoxes({ context, width, height }, boxes, region = WHOLE) {
  const toX = (x) => ((x - region.left) / (region.right - region.left)) * width;
  const toY = (y) => ((y - region.top) / (region.bottom - region.top)) * height;
  for (const [kind, [colour, dash]] of Object.entries(STROKES)) {
    const box = boxes[kind];
    if (!box) continue;
    /* A patch of a pixel or two would vanish under its own outline. */
    const grow = kind === "receptive" ? -1 : 1;
    const [left, top] = [toX(box.left) - grow, toY(box.top) - grow];
    outlined(context, [["rgb(0 0 0 / 75%)", 3.5], [colour, 1.5]],
      () => context.strokeRect(left, top, toX(box.right) + grow - left, toY(box.bottom) + grow - top), dash);
  }
}

/* A cross over the whole picture with a gap around the point. */
export function drawCross({ context, width, height }, box) {
  const x = ((box.left + box.right) / 2) * width;
  const y = ((box.top + box.bottom) / 2) * height;
  const gapX = Math.max(7, ((box.right - box.left) / 2) * width + 5);
  const gapY = Math.max(7, ((box.bottom - box.top) / 2) * height + 5);
  outlined(context, [["rgb(0 0 0 / 55%)", 3], ["rgb(255 255 255 / 90%)", 1]], () => {
    context.beginPath();
    context.moveTo(x, 0); context.lineTo(x, y - gapY);
    context.moveTo(x, y + gapY); context.lineTo(x, height);
    context.moveTo(0, y); context.lineTo(x - gapX, y);
    context.moveTo(x + gapX, y); context.lineTo(width, y);
    context.stroke();
  });
}
