/* An explanation as the page works with it: the field, the pictures, and maps drawn of them. */

import * as server from "./server.js";
import { Explained, blank, cellOf, cividis, clamp, rgb } from "./report.js";

const UNMATCHED = [0, 0, 0];
const WRONG = [213, 94, 0];
const UNKNOWN = [70, 70, 78];

export class Result extends Explained {
  /* Fetches everything that belongs to an answer of the server. */
  static async load(db, answer, signal) {
    const names = ["input", "network", "output", "reconstruction"];
    if (answer.truth) names.push("truth");
    if (answer.other) names.push("other");
    const [field, ...canvases] = await Promise.all([
      server.field(answer.id, signal),
      ...names.map((name) => server.canvas(answer.id, `${name}.png`, signal)),
    ]);
    return new Result(db, answer, field, Object.fromEntries(names.map((name, i) => [name, canvases[i]])));
  }

  constructor(db, answer, field, pictures) {
    const { explanation } = answer;
    super({
      name: explanation.name,
      field,
      settings: explanation.settings,
      timings: explanation.timings_ms,
      agreement: explanation.agreement,
      reconstructed: explanation.reconstruction,
      classes: db.classes,
      input: answer.input,
      network: explanation.size,
      ranked: explanation.exemplars.map((entry) => ({ ...entry, place: entry.exemplar })),
    }, db.exemplars);
    this.id = answer.id;
    this.pictures = pictures;
    this.made = new Map();
  }

  /* One of the pictures, or a map that is drawn when it is first asked for. */
  picture(name) {
    if (this.pictures[name]) return this.pictures[name];
    if (!this.made.has(name)) this.made.set(name, this.draw(name));
    return this.made.get(name);
  }

  draw(name) {
    if (name === "correspondences") {
      const colours = new Map(this.ranked.map((entry) => [entry.place, rgb(entry.colour)]));
      return this.painted((cell) => colours.get(this.place[cell * this.topK]) ?? UNMATCHED);
    }
    if (name === "distance") {
      const { low, high } = this.distances;
      return this.painted((cell) => {
        const distance = this.distance[cell * this.topK];
        return Number.isFinite(distance) ? cividis((distance - low) / (high - low || 1)) : UNMATCHED;
      });
    }
    if (name === "wrong" && this.pictures.truth) return this.difference("network", "truth");
    if (name === "disagreement") return this.difference("output", "network");
    return null;
  }

  /* The distances that the colours span: from the 1st to the 99th in a hundred. */
  get distances() {
    if (!this.span) {
      const best = Float32Array.from({ length: this.rows * this.columns }, (_, cell) => this.distance[cell * this.topK])
        .filter(Number.isFinite).sort();
      this.span = { low: best[Math.floor(best.length * 0.01)] ?? 0, high: best[Math.ceil(best.length * 0.99) - 1] ?? 1 };
    }
    return this.span;
  }

  /* The cell under every column and row of pixels, worked out once. */
  get cellAxes() {
    this.axes ??= {
      row: Uint16Array.from({ length: this.height }, (_, y) => cellOf(y, this.height, this.rows)),
      column: Uint16Array.from({ length: this.width }, (_, x) => cellOf(x, this.width, this.columns)),
    };
    return this.axes;
  }

  cellAt(y, x) {
    const { row, column } = this.cellAxes;
    return row[y] * this.columns + column[x];
  }

  /* A canvas whose patches have the colours, and the opacity, that `colour` gives to cells. */
  painted(colour) {
    const cells = new Uint32Array(this.rows * this.columns);
    for (let cell = 0; cell < cells.length; cell++) {
      const [r, g, b, a = 255] = colour(cell);
      cells[cell] = (a << 24 | Math.round(b) << 16 | Math.round(g) << 8 | Math.round(r)) >>> 0;
    }
    return this.pixels((y, x) => cells[this.cellAt(y, x)]);
  }

  pixels(colour) {
    const canvas = blank(this.width, this.height);
    const context = canvas.getContext("2d");
    const image = context.createImageData(this.width, this.height);
    const packed = new Uint32Array(image.data.buffer);
    for (let y = 0, at = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++, at++) packed[at] = colour(y, x, at);
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  data(name) {
    const canvas = this.pictures[name];
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  }

  /* The class of every pixel of a picture; -1 where there is none. */
  classesOf(name) {
    const key = `classes of ${name}`;
    if (!this.made.has(key)) {
      const index = new Map(this.classes.map(({ colour }, i) => [parseInt(colour.slice(1), 16), i]).reverse());
      const data = this.data(name);
      this.made.set(key, Int16Array.from({ length: data.length / 4 },
        (_, i) => index.get(data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2]) ?? -1));
    }
    return this.made.get(key);
  }

  /* Where two outputs differ: classes at a glance, colours by how much. */
  difference(name, from) {
    const pack = ([r, g, b]) => (255 << 24 | Math.round(b) << 16 | Math.round(g) << 8 | Math.round(r)) >>> 0;
    if (!this.classes) {
      const [one, other] = [this.data(name), this.data(from)];
      const scale = Uint32Array.from({ length: 256 }, (_, level) => pack(cividis(Math.sqrt(level / 255))));
      return this.pixels((y, x, at) => scale[Math.round((Math.abs(one[4 * at] - other[4 * at])
        + Math.abs(one[4 * at + 1] - other[4 * at + 1]) + Math.abs(one[4 * at + 2] - other[4 * at + 2])) / 3)]);
    }
    const [one, other] = [this.classesOf(name), this.classesOf(from)];
    const grey = this.greyInput();
    const [wrong, unknown] = [pack(WRONG), pack(UNKNOWN)];
    return this.pixels((y, x, at) => {
      if (other[at] < 0) return unknown;
      return one[at] === other[at] ? grey[at] : wrong;
    });
  }

  /* The input in faint grey, at the size of the output. */
  greyInput() {
    const small = blank(this.width, this.height);
    const context = small.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.pictures.input, 0, 0, this.width, this.height);
    const { data } = context.getImageData(0, 0, this.width, this.height);
    return Uint32Array.from({ length: data.length / 4 }, (_, i) => {
      const level = Math.round(150 + 0.38 * (0.3 * data[4 * i] + 0.59 * data[4 * i + 1] + 0.11 * data[4 * i + 2]));
      return (255 << 24 | level << 16 | level << 8 | level) >>> 0;
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
  shownAt(name, y, x) {
    const canvas = this.pictures[name];
    if (!canvas) return null;
    if (this.classes) {
      const found = this.classes[this.classesOf(name)[y * this.width + x]];
      return { colour: found?.colour ?? "#000000", text: found?.name ?? "unlabelled" };
    }
    const data = this.bytes(name);
    const at = (y * this.width + x) * 4;
    const channels = [data[at], data[at + 1], data[at + 2]];
    return { colour: `rgb(${channels.join(" ")})`, text: channels.join(", ") };
  }

  bytes(name) {
    const key = `bytes of ${name}`;
    if (!this.made.has(key)) this.made.set(key, this.data(name));
    return this.made.get(key);
  }

  /* The pixels of a region (top, left, bottom, right) or of a class of the network's output, as a test. */
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

  /* Which exemplars account for some of the pixels, most first, and with which cells of theirs. */
  account(test = () => true) {
    const counts = new Map();
    let all = 0;
    const columns = this.exemplarGrid.columns;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        if (!test(y, x)) continue;
        const at = this.cellAt(y, x) * this.topK;
        const place = this.place[at];
        if (place >= this.gallery.length) continue;
        let entry = counts.get(place);
        if (!entry) counts.set(place, entry = { place, pixels: 0, cells: new Set() });
        entry.pixels++;
        entry.cells.add(this.row[at] * columns + this.column[at]);
        all++;
      }
    }
    const ranked = [...counts.values()].sort((a, b) => b.pixels - a.pixels || a.place - b.place);
    ranked.forEach((entry) => {
      entry.share = entry.pixels / all;
      entry.colour = this.byPlace.get(entry.place)?.colour ?? "#808080";
    });
    return ranked;
  }

  /* Darkens what does not belong to a rectangle, a class or an exemplar; kept until another is asked for. */
  mask({ region = null, category = null, exemplar = null }) {
    const key = JSON.stringify([region, category, exemplar]);
    if (this.masked?.key !== key) this.masked = { key, canvas: this.darkened({ region, category }, exemplar) };
    return this.masked.canvas;
  }

  darkened(chosen, exemplar) {
    const test = this.within(chosen);
    if (!test && exemplar === null) return null;
    const dark = (200 << 24) >>> 0;
    return this.pixels((y, x) => {
      const inside = !test || test(y, x);
      const given = exemplar === null || this.place[this.cellAt(y, x) * this.topK] === exemplar;
      return inside && given ? 0 : dark;
    });
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

  /* The training pictures that pointing may ask for, the most likely first. */
  wanted() {
    const places = new Set(this.ranked.map((entry) => entry.place));
    for (const place of this.place) if (place < this.gallery.length) places.add(place);
    return [...places];
  }

  clamped([y, x]) {
    return { y: clamp(Math.floor(y), 0, this.height - 1), x: clamp(Math.floor(x), 0, this.width - 1) };
  }
}
