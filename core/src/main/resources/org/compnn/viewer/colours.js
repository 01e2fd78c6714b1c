/* Colours as [red, green, blue], 0 to 255 each. */

import { clamp } from "./format.js";

export const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/* As a canvas keeps a pixel, where numbers are little-endian. */
export const packed = ([red, green, blue], opacity = 255) =>
  (opacity << 24 | Math.round(blue) << 16 | Math.round(green) << 8 | Math.round(red)) >>> 0;

export const mixed = (from, to, share) => from.map((level, i) => level + (to[i] - level) * share);

/* Cividis (Nunez, Anderton, Renslow 2018), which reads alike to colour-blind people. */
const CIVIDIS = ["#00204d", "#00336f", "#39486b", "#575c6d", "#707173", "#8a8779", "#a69d75", "#c4b56c", "#e4cf5b", "#ffea46"].map(rgb);

/* The colour of a share from 0 to 1. */
export function cividis(share) {
  const position = clamp(share, 0, 1) * (CIVIDIS.length - 1);
  const low = Math.min(Math.floor(position), CIVIDIS.length - 2);
  return mixed(CIVIDIS[low], CIVIDIS[low + 1], position - low);
}
