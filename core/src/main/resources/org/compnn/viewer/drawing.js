/* Canvases that know their size on the screen, and pictures of the training set on them. */

import { element } from "./report.js";
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

/* A picture of the server, or a part of it, drawn as soon as it is there. */
export class Still {
  constructor(ratio) {
    this.surface = new Surface(() => this.draw());
    this.root = element("div", { class: "still" }, this.surface.canvas);
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
