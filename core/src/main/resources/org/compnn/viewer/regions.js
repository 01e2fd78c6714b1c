/* The wrong regions of a picture, as the judging of a data set finds them: connected, of one right and one given class. */

import { outlineOf } from "./outline.js";

export const MOST = 12;
const NONE = -1;
const ALIKE = 0.1;
const FAR_MORE = 1.5;

/* What connected wrong pixels have in common: right and given class; -1 elsewhere. */
export const keysOf = (given, truth) => Int32Array.from(given, (category, at) => (truth[at] < 0 || truth[at] === category ? NONE : truth[at] << 8 | (category & 0xff)));

/* Where a picture is off by much more than it is overall; `off` is the difference of every pixel in 0..1, NaN where it is not known. */
export function farKeys(off, height, width) {
  let [sum, count] = [0, 0];
  for (const each of off) if (!Number.isNaN(each)) { sum += each; count++; }
  const least = Math.max(2 * ALIKE, FAR_MORE * (count ? sum / count : 0));
  const radius = Math.max(1, Math.floor(width / 64));
  const known = Float32Array.from(off, (each) => (Number.isNaN(each) ? 0 : each));
  const smooth = smoothed(smoothed(known, height, width, radius, false), height, width, radius, true);
  return Int32Array.from(smooth, (each, at) => (!Number.isNaN(off[at]) && each > least ? 0 : NONE));
}

/* Means along rows, or along columns. */
function smoothed(values, height, width, radius, down) {
  const made = new Float32Array(values.length);
  const [length, lines, step, next] = down ? [height, width, width, 1] : [width, height, 1, width];
  for (let line = 0; line < lines; line++) {
    let sum = 0;
    for (let at = 0; at < length + radius; at++) {
      if (at < length) sum += values[line * next + at * step];
      const last = at - 2 * radius - 1;
      if (last >= 0) sum -= values[line * next + last * step];
      const middle = at - radius;
      if (middle >= 0) made[line * next + middle * step] = sum / (Math.min(length - 1, middle + radius) - Math.max(0, middle - radius) + 1);
    }
  }
  return made;
}

/*
 * The largest regions, numbered from 1: `pixels`, `box` (top, left, bottom, right), `key`, and `of`, the number of every pixel's
 * region, 0 for none. The last third of the places goes first to keys that have none yet, so that no frequent mistake hides a rare one.
 */
export function wrongRegions(keys, height, width, most = MOST) {
  const part = new Int32Array(keys.length).fill(NONE);
  const found = [];
  const open = new Int32Array(keys.length);
  for (let first = 0; first < keys.length; first++) {
    if (keys[first] === NONE || part[first] !== NONE) continue;
    const box = [height, width, 0, 0];
    let [waiting, size] = [1, 0];
    open[0] = first;
    part[first] = found.length;
    while (waiting) {
      const at = open[--waiting];
      size++;
      const [row, column] = [Math.floor(at / width), at % width];
      if (row < box[0]) box[0] = row;
      if (row >= box[2]) box[2] = row + 1;
      if (column < box[1]) box[1] = column;
      if (column >= box[3]) box[3] = column + 1;
      const visit = (to, inside) => {
        if (inside && keys[to] === keys[at] && part[to] === NONE) { part[to] = found.length; open[waiting++] = to; }
      };
      visit(at - width, row > 0);
      visit(at + width, row < height - 1);
      visit(at - 1, column > 0);
      visit(at + 1, column < width - 1);
    }
    found.push({ id: found.length, key: keys[first], pixels: size, box });
  }
  const regions = chosen(found.sort((a, b) => b.pixels - a.pixels), most);
  const number = new Map(regions.map((region, i) => [region.id, i + 1]));
  const of = Uint8Array.from(part, (id) => number.get(id) ?? 0);
  return { of, regions: regions.map(({ key, pixels, box }, i) => ({ number: i + 1, key, pixels, box, outline: outlineIn(of, width, box, i + 1) })) };
}

function chosen(found, most) {
  const kept = [];
  const keys = new Set();
  const plain = most - Math.floor(most / 3);
  for (const each of found) {
    if (kept.length < plain || (kept.length < most && !keys.has(each.key))) {
      kept.push(each);
      keys.add(each.key);
    }
  }
  for (const each of found) if (kept.length < most && !kept.includes(each)) kept.push(each);
  return kept.sort((a, b) => b.pixels - a.pixels);
}

function outlineIn(of, width, [top, left, bottom, right], number) {
  const path = outlineOf(bottom - top, right - left, (row, column) => of[(top + row) * width + left + column] === number);
  return path.replace(/M(\d+) (\d+)/g, (_, x, y) => `M${Number(x) + left} ${Number(y) + top}`);
}
