/* An explanation as a viewer works with it: its numbers, its field, and what its pictures say pixel by pixel. */

import { account } from "./account.js";
import { boxesOf, cellOf, firstPixel } from "./cells.js";
import { clamp } from "./format.js";
import { sharesOfColours, valueText } from "./values.js";
import { darkened, drawn } from "./maps.js";

export class Result {
  /*
   * `answer` holds what explanation.json says and the input's size, `pictures` canvases by name. `gallery` knows the training set:
   * its `exemplars` by index (id, tags, perhaps the input's size), the `address` of an exemplar's picture (input, original or
   * self) or null, and what to say where one is `missing`.
   */
  constructor({ answer, field, pictures, gallery, classes }) {
    const { explanation } = answer;
    this.id = answer.id;
    this.name = explanation.name;
    this.settings = explanation.settings;
    this.timings = explanation.timings_ms;
    this.agreement = explanation.agreement;
    this.reconstruction = explanation.reconstruction;
    this.ranked = explanation.exemplars;
    this.ranks = new Map(this.ranked.map((entry, rank) => [entry.exemplar, { ...entry, rank }]));
    this.input = answer.input;
    this.scale = explanation.values ?? null;
    this.height = explanation.size.height;
    this.width = explanation.size.width;
    Object.assign(this, { field, pictures, gallery, classes });
    this.made = new Map();
  }

  get grid() {
    return { rows: this.field.rows, columns: this.field.columns };
  }

  /* The cells of a training picture. */
  get exemplarGrid() {
    const { vertical, horizontal } = this.settings.layer;
    return { rows: vertical.cells, columns: horizontal.cells };
  }

  /* The cell under a pixel of the output. */
  cell({ y, x }) {
    return { row: cellOf(y, this.height, this.field.rows), column: cellOf(x, this.width, this.field.columns) };
  }

  matches(pixel) {
    return this.field.matches(this.cell(pixel));
  }

  boxes(pixel) {
    return boxesOf(this.cell(pixel), this.grid, this, this.input, this.settings);
  }

  /* The size of a training input; that of the query where it is not known. */
  sizeOf(exemplar) {
    return this.gallery.exemplars[exemplar].size ?? this.input;
  }

  /* The boxes of a match in its training picture, whose output is to its input as the query's. */
  exemplarBoxes(match) {
    const input = this.sizeOf(match.exemplar);
    const output = {
      height: Math.round((input.height * this.height) / this.input.height),
      width: Math.round((input.width * this.width) / this.input.width),
    };
    return boxesOf(match, this.exemplarGrid, output, input, this.settings);
  }

  /* What is worked out once. */
  once(key, make) {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key);
  }

  /* One of the pictures, or a map that is drawn when it is first asked for. */
  picture(name) {
    return this.pictures[name] ?? this.once(name, () => drawn(this, name));
  }

  /* The cell under every column and row of pixels. */
  get cellAxes() {
    return this.once("axes", () => ({
      row: Uint16Array.from({ length: this.height }, (_, y) => cellOf(y, this.height, this.field.rows)),
      column: Uint16Array.from({ length: this.width }, (_, x) => cellOf(x, this.width, this.field.columns)),
    }));
  }

  cellAt(y, x) {
    const { row, column } = this.cellAxes;
    return row[y] * this.field.columns + column[x];
  }

  /* Red, green, blue and opacity of every pixel of a picture. */
  bytes(name) {
    return this.once(`bytes of ${name}`, () => {
      const canvas = this.pictures[name];
      return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    });
  }

  /* The class of every pixel of a picture; -1 where there is none. */
  classesOf(name) {
    return this.once(`classes of ${name}`, () => {
      const index = new Map(this.classes.map(({ colour }, i) => [parseInt(colour.slice(1), 16), i]).reverse());
      const data = this.bytes(name);
      return Int16Array.from({ length: data.length / 4 },
        (_, i) => index.get(data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2]) ?? -1);
    });
  }

  /* Where on the scale every pixel of a picture of values lies, 0 to 1; NaN where there is none. Of one channel. */
  sharesOf(name) {
    return this.once(`shares of ${name}`, () => {
      const data = this.bytes(name);
      const shares = sharesOfColours(this.scale);
      return Float32Array.from({ length: data.length / 4 }, (_, i) => shares(data[4 * i], data[4 * i + 1], data[4 * i + 2]));
    });
  }

  /* The share of the network's output that every class has. */
  get classShares() {
    return this.once("shares", () => {
      const shares = this.classes.map(() => 0);
      const all = this.classesOf("network");
      for (const index of all) if (index >= 0) shares[index] += 1 / all.length;
      return shares;
    });
  }

  /* The share of labelled pixels where two outputs differ in class. */
  differing(name, from) {
    const [one, other] = [this.classesOf(name), this.classesOf(from)];
    let [known, wrong] = [0, 0];
    for (let i = 0; i < one.length; i++) {
      if (other[i] >= 0) {
        known++;
        if (one[i] !== other[i]) wrong++;
      }
    }
    return known ? wrong / known : 0;
  }

  /* What a picture shows at a pixel: a class, or a colour. */
  shownAt(name, { y, x }) {
    if (!this.pictures[name]) return null;
    const at = y * this.width + x;
    if (this.classes) {
      const found = this.classes[this.classesOf(name)[at]];
      return { colour: found?.colour ?? "#000000", text: found?.name ?? "unlabelled" };
    }
    const channels = [...this.bytes(name).subarray(4 * at, 4 * at + 3)];
    const text = this.scale ? valueText(channels, this.scale) : channels.join(", ");
    return { colour: `rgb(${channels.join(" ")})`, text };
  }

  /* The pixels of a region (top, left, bottom, right) or of a class of the network's output, as a test; null for all. */
  within({ region, category }) {
    if (category !== null && this.classes) {
      const classes = this.classesOf("network");
      return (y, x) => classes[y * this.width + x] === category;
    }
    if (region) {
      const [top, left, bottom, right] = region;
      return (y, x) => y >= top && y < bottom && x >= left && x < right;
    }
    return null;
  }

  /* How many pixels of every cell pass a test; all where there is none. */
  pixelsOfCells(test) {
    const { rows, columns } = this.field;
    const counts = new Uint32Array(rows * columns);
    if (!test) {
      const size = (cell, pixels, cells) => firstPixel(cell + 1, pixels, cells) - firstPixel(cell, pixels, cells);
      return counts.map((_, cell) => size(Math.floor(cell / columns), this.height, rows) * size(cell % columns, this.width, columns));
    }
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) if (test(y, x)) counts[this.cellAt(y, x)]++;
    }
    return counts;
  }

  /* Which exemplars account for what is chosen, or for everything, most first; see account.js. */
  account(chosen = { region: null, category: null }) {
    const test = this.within(chosen);
    const found = () => account(this.field, this.exemplarGrid.columns, this.pixelsOfCells(test), !test)
      .map((entry) => ({ ...entry, colour: this.ranks.get(entry.exemplar)?.colour ?? "#808080" }));
    return test ? found() : this.once("account", found);
  }

  /* Darkens what does not belong to a rectangle, a class or an exemplar; kept until another is asked for. */
  mask({ region = null, category = null, exemplar = null }) {
    const key = JSON.stringify([region, category, exemplar]);
    if (this.masked?.key !== key) this.masked = { key, canvas: darkened(this, this.within({ region, category }), exemplar) };
    return this.masked.canvas;
  }

  /* The share of pixels where the composition is another than that of another result. */
  differs(other) {
    if (other.width !== this.width || other.height !== this.height) return null;
    const [one, two] = [this.bytes("output"), other.bytes("output")];
    let different = 0;
    for (let i = 0; i < one.length; i += 4) {
      if (one[i] !== two[i] || one[i + 1] !== two[i + 1] || one[i + 2] !== two[i + 2]) different++;
    }
    return different / (one.length / 4);
  }

  /* The exemplars whose pictures pointing may ask for, the most likely first. */
  wanted() {
    return [...new Set([...this.ranked.map((entry) => entry.exemplar), ...this.field.exemplars])];
  }

  clamped([y, x]) {
    return { y: clamp(Math.floor(y), 0, this.height - 1), x: clamp(Math.floor(x), 0, this.width - 1) };
  }
}
