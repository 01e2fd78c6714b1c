/* Pictures by their addresses, decoded once; those that will be pointed at are fetched beforehand. */

import { blank } from "./element.js";

/* Enough for both labels and the input of some seven hundred training pictures. */
const MOST_KEPT = 2200;
const AT_ONCE = 3;

const known = new Map();
const loading = new Map();
let wished = [];
let under = 0;
let paused = false;

/* The picture, if it is here already. */
export function picture(source) {
  const found = known.get(source);
  if (found) {
    known.delete(source);
    known.set(source, found);
  }
  return found;
}

export function load(source) {
  const here = picture(source);
  if (here) return Promise.resolve(here);
  if (!loading.has(source)) {
    const made = new Image();
    made.src = source;
    loading.set(source, made.decode().then(() => {
      known.set(source, made);
      if (known.size > MOST_KEPT) known.delete(known.keys().next().value);
      return made;
    }).finally(() => loading.delete(source)));
  }
  return loading.get(source);
}

/* A canvas of an image, whose pixels are to be read. */
export function readable(image) {
  const canvas = blank(image.width, image.height);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(image, 0, 0);
  return canvas;
}

function fetchNext() {
  while (!paused && under < AT_ONCE && wished.length) {
    const source = wished.pop();
    if (known.has(source)) continue;
    under++;
    load(source).catch(() => {}).finally(() => { under--; fetchNext(); });
  }
}

/* What to fetch while there is nothing better to do, the most wanted first; in place of earlier wishes. */
export function wish(sources) {
  wished = sources.slice(0, MOST_KEPT).reverse();
  fetchNext();
}

/* A question goes before pictures: browsers open few connections to a server. */
export function pause(on) {
  paused = on;
  fetchNext();
}
