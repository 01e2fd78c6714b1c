/* Pictures that are drawn of a result: maps of its field, where outputs differ, and what hides the rest. */

import { cividis, mixed, packed, rgb } from "./colours.js";
import { blank } from "./element.js";

const UNMATCHED = packed([0, 0, 0]);
const WRONG = packed([213, 94, 0]);
const UNKNOWN = packed([70, 70, 78]);
const SHADE = packed([0, 0, 0], 200);

/* What two outputs differ by at most (255), and where they differ as much as matters. */
const ALIKE = [255, 255, 255];
const APART = [42, 10, 74];
const FAR_APART = 128;

/* A canvas of the output's size, its pixels packed, from `colour(y, x, at)`. */
export function pixels({ width, height }, colour) {
  const canvas = blank(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const all = new Uint32Array(image.data.buffer);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) all[at] = colour(y, x, at);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/* A canvas whose patches have the packed colours of their cells. */
const patches = (result, cells) => pixels(result, (y, x) => cells[result.cellAt(y, x)]);

function correspondences(result) {
  const colours = new Map(result.ranked.map((entry) => [entry.exemplar, packed(rgb(entry.colour))]));
  return patches(result, Uint32Array.from(result.field.best, (exemplar) => colours.get(exemplar) ?? UNMATCHED));
}

function distances(result) {
  const { low, high } = result.field.distances;
  return patches(result, Uint32Array.from(result.field.best, (exemplar, cell) => exemplar < 0 ? UNMATCHED
    : packed(cividis((result.field.distance[cell * result.field.topK] - low) / (high - low || 1)))));
}

/* The input in faint grey, at the size of the output. */
function greyInput(result) {
  const small = blank(result.width, result.height);
  const context = small.getContext("2d", { willReadFrequently: true });
  context.drawImage(result.pictures.input, 0, 0, result.width, result.height);
  const { data } = context.getImageData(0, 0, result.width, result.height);
  return Uint32Array.from({ length: data.length / 4 }, (_, i) => {
    const level = Math.round(150 + 0.38 * (0.3 * data[4 * i] + 0.59 * data[4 * i + 1] + 0.11 * data[4 * i + 2]));
    return packed([level, level, level]);
  });
}

/* The mean difference of two pictures' channels at every pixel, 0 to 255, as a colour. */
function apart(result, name, from, colour) {
  if (result.scale?.channels === 1) {
    const [one, other] = [result.sharesOf(name), result.sharesOf(from)];
    return pixels(result, (y, x, at) => {
      const level = 255 * Math.abs(one[at] - other[at]);
      return Number.isNaN(level) ? UNKNOWN : packed(colour(level));
    });
  }
  const [one, other] = [result.bytes(name), result.bytes(from)];
  const scale = Uint32Array.from({ length: 256 }, (_, level) => packed(colour(level)));
  return pixels(result, (y, x, at) => scale[Math.round((Math.abs(one[4 * at] - other[4 * at])
    + Math.abs(one[4 * at + 1] - other[4 * at + 1]) + Math.abs(one[4 * at + 2] - other[4 * at + 2])) / 3)]);
}

/* Where an output is not what it should be: classes at a glance over the input, colours by how much. */
function wrong(result, name, from) {
  if (!result.classes) return apart(result, name, from, (level) => cividis(Math.sqrt(level / 255)));
  const [one, other] = [result.classesOf(name), result.classesOf(from)];
  const grey = greyInput(result);
  return pixels(result, (y, x, at) => {
    if (other[at] < 0) return UNKNOWN;
    return one[at] === other[at] ? grey[at] : WRONG;
  });
}

/* Where two outputs differ: the other's classes over a pale grey, colours the darker the more they do. */
function difference(result, name, other) {
  if (!result.classes) return apart(result, name, other, (level) => mixed(ALIKE, APART, Math.min(1, level / FAR_APART)));
  const [one, two] = [name, other].map((each) => new Uint32Array(result.bytes(each).buffer));
  return pixels(result, (y, x, at) => {
    const to = two[at];
    if (one[at] !== to) return to;
    const grey = (3 * (to & 255) + 6 * (to >> 8 & 255) + (to >> 16 & 255)) / 10;
    const pale = 255 - (255 - grey) / 5;
    return packed([pale, pale, pale]);
  });
}

/* The map of a name; null where the result lacks what it is drawn of. */
export function drawn(result, name) {
  if (name === "correspondences") return correspondences(result);
  if (name === "distance") return distances(result);
  if (name === "wrong" && result.pictures.truth) return wrong(result, "network", "truth");
  if (name === "difference" && result.pictures.other) return difference(result, "output", "other");
  return null;
}

/* Dark where a test fails, and where another exemplar than the given one was pasted; null where nothing is. */
export function darkened(result, test, exemplar) {
  if (!test && exemplar === null) return null;
  const { best } = result.field;
  return pixels(result, (y, x) => {
    const inside = (!test || test(y, x)) && (exemplar === null || best[result.cellAt(y, x)] === exemplar);
    return inside ? 0 : SHADE;
  });
}
