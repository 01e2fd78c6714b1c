/* The field of correspondences: for every cell of a query the cells of the training set that match it best. */

const SIGNATURE = 0x434e4e46;
const HEAD = 28;

/* Bytes that came as text. */
export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/*
 * The arrays are views of the bytes. Little-endian: the letters CNNF; six uint32: version 1, rows, columns, top-k, bytes of an
 * exemplar's index (2 or 4), 0; then arrays of rows x columns x top-k numbers: distance (float32), exemplar (uint16 or uint32),
 * row (uint16), column (uint16). An entry without a match has the highest number as its exemplar.
 */
export class Field {
  constructor(buffer) {
    const head = new DataView(buffer);
    const [version, rows, columns, topK, width] = [4, 8, 12, 16, 20].map((at) => head.getUint32(at, true));
    if (head.getUint32(0) !== SIGNATURE || version !== 1) throw new Error(`expected a field of version 1, found ${version}; reload the page`);
    Object.assign(this, { rows, columns, topK, none: width === 2 ? 0xffff : 0xffffffff });
    const count = rows * columns * topK;
    let at = HEAD;
    const take = (Type) => {
      const array = new Type(buffer, at, count);
      at += array.byteLength;
      return array;
    };
    this.distance = take(Float32Array);
    this.exemplar = take(width === 2 ? Uint16Array : Uint32Array);
    this.row = take(Uint16Array);
    this.column = take(Uint16Array);
  }

  static ofText(base64) {
    return new Field(bytesOf(base64).buffer);
  }

  /* The exemplar of every cell's best match; -1 for none. */
  get best() {
    this.firsts ??= Int32Array.from({ length: this.rows * this.columns }, (_, cell) => {
      const exemplar = this.exemplar[cell * this.topK];
      return exemplar === this.none ? -1 : exemplar;
    });
    return this.firsts;
  }

  /* The matches of a cell, best first. */
  matches({ row, column }) {
    const at = (row * this.columns + column) * this.topK;
    const found = [];
    for (let k = at; k < at + this.topK; k++) {
      if (this.exemplar[k] === this.none) continue;
      found.push({ exemplar: this.exemplar[k], row: this.row[k], column: this.column[k], distance: this.distance[k] });
    }
    return found;
  }

  /* Every exemplar that any cell matches. */
  get exemplars() {
    const all = new Set(this.exemplar);
    all.delete(this.none);
    return all;
  }

  /* The distances that a map's colours span: from the 1st to the 99th in a hundred of the best matches. */
  get distances() {
    if (!this.span) {
      const found = Float32Array.from({ length: this.rows * this.columns }, (_, cell) => this.distance[cell * this.topK])
        .filter(Number.isFinite).sort();
      this.span = { low: found[Math.floor(found.length * 0.01)] ?? 0, high: found[Math.ceil(found.length * 0.99) - 1] ?? 1 };
    }
    return this.span;
  }
}
