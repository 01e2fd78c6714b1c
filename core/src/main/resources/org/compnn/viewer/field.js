"use strict";

/* The field of correspondences: numbers, cells, and where cells lie over pictures. */

const ARRAYS = { u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

/* Numbers as a report carries them, or as typed arrays already. */
function numbers(given) {
  if (ArrayBuffer.isView(given)) return given;
  const { type, base64 } = given;
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[type](bytes.buffer);
}

/* The first pixel of a cell's patch, where `pixels` are divided among `cells`. */
const firstPixel = (cell, pixels, cells) => Math.floor((cell * pixels) / cells);

/* The cell whose patch holds a pixel. */
const cellOf = (pixel, pixels, cells) =>
  Math.min(cells - 1, Math.max(0, Math.ceil(((pixel + 1) * cells) / pixels) - 1));

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class Explained {
  constructor(picture, gallery) {
    Object.assign(this, picture);
    this.gallery = gallery;
    this.rows = picture.field.rows;
    this.columns = picture.field.columns;
    this.topK = picture.field.topK;
    this.place = numbers(picture.field.place);
    this.row = numbers(picture.field.row);
    this.column = numbers(picture.field.column);
    this.distance = numbers(picture.field.distance);
    this.height = picture.network.height;
    this.width = picture.network.width;
    this.byPlace = new Map(this.ranked.map((entry, rank) => [entry.place, { ...entry, rank }]));
  }

  /* The cell under a pixel of the output. */
  cell(y, x) {
    return { row: cellOf(y, this.height, this.rows), column: cellOf(x, this.width, this.columns) };
  }

  /* The matches of a cell, best first. */
  matches(cell) {
    const at = (cell.row * this.columns + cell.column) * this.topK;
    const found = [];
    for (let k = at; k < at + this.topK; k++) {
      if (this.place[k] < this.gallery.length) {
        found.push({
          place: this.place[k], row: this.row[k], column: this.column[k], distance: this.distance[k],
        });
      }
    }
    return found;
  }

  /* For every exemplar the cells of it that were pasted, as row x columns + column. */
  get used() {
    if (!this.usedCells) {
      const columns = this.settings.layer.horizontal.cells;
      this.usedCells = new Map();
      for (let k = 0; k < this.place.length; k += this.topK) {
        if (this.place[k] >= this.gallery.length) continue;
        if (!this.usedCells.has(this.place[k])) this.usedCells.set(this.place[k], new Set());
        this.usedCells.get(this.place[k]).add(this.row[k] * columns + this.column[k]);
      }
    }
    return this.usedCells;
  }

  get queryGrid() {
    return { rows: this.rows, columns: this.columns };
  }

  get exemplarGrid() {
    const { vertical, horizontal } = this.settings.layer;
    return { rows: vertical.cells, columns: horizontal.cells };
  }

  /* The size of a training input; that of the query where it is not in the report. */
  sizeOf(exemplar) {
    return { height: exemplar.height ?? this.input.height, width: exemplar.width ?? this.input.width };
  }

  /* The boxes of a match in its training picture, whose output is to its input as the query's. */
  exemplarBoxes(match, exemplar) {
    const input = this.sizeOf(exemplar);
    const output = {
      height: Math.round((input.height * this.height) / this.input.height),
      width: Math.round((input.width * this.width) / this.input.width),
    };
    return this.boxes(match, this.exemplarGrid, output, input);
  }

  /*
   * Patch, hyperpatch and receptive field of a cell, each as fractions of a picture's height and
   * width, clipped to it. The receptive field is that of the whole hyperpatch.
   */
  boxes(cell, grid, size, inputSize) {
    const p = this.settings.hyperpatch;
    const before = Math.floor((p - 1) / 2);
    const after = Math.floor(p / 2);
    const axis = (at, cells, pixels, inputPixels, geometry) => {
      const low = clamp(at - before, 0, cells - 1);
      const high = clamp(at + after, 0, cells - 1);
      const centre = (i) => geometry.origin + i * geometry.stride;
      return {
        patch: [firstPixel(at, pixels, cells) / pixels, firstPixel(at + 1, pixels, cells) / pixels],
        hyperpatch: [firstPixel(low, pixels, cells) / pixels, firstPixel(high + 1, pixels, cells) / pixels],
        receptive: [
          clamp((centre(low) - (geometry.before ?? Infinity)) / inputPixels, 0, 1),
          clamp((centre(high) + (geometry.after ?? Infinity)) / inputPixels, 0, 1),
        ],
      };
    };
    const down = axis(cell.row, grid.rows, size.height, inputSize.height, this.settings.layer.vertical);
    const across = axis(cell.column, grid.columns, size.width, inputSize.width, this.settings.layer.horizontal);
    const box = (kind) => ({
      top: down[kind][0], bottom: down[kind][1], left: across[kind][0], right: across[kind][1],
    });
    return { patch: box("patch"), hyperpatch: box("hyperpatch"), receptive: box("receptive") };
  }
}

/* Cividis (Nunez, Anderton, Renslow 2018), which reads alike to colour-blind people. */
const CIVIDIS = ["00204d", "00336f", "39486b", "575c6d", "707173", "8a8779", "a69d75", "c4b56c", "e4cf5b", "ffea46"]
  .map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)));

function cividis(share) {
  const position = clamp(share, 0, 1) * (CIVIDIS.length - 1);
  const low = Math.min(Math.floor(position), CIVIDIS.length - 2);
  return CIVIDIS[low].map((c, i) => c + (CIVIDIS[low + 1][i] - c) * (position - low));
}

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
