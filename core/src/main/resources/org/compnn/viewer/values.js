/* Outputs of values, of which a page has the colours: from colours to numbers and back. */

import { mixed, rgb } from "./colours.js";
import { round } from "./format.js";

const SHARES = 1024;

/* The colour of a share of a scale, from 0 to 1, of one channel. */
export function colourOfShare({ colours }, share) {
  const position = share * (colours.length - 1);
  const low = Math.min(Math.floor(position), colours.length - 2);
  return mixed(rgb(colours[low]), rgb(colours[low + 1]), position - low);
}

/* From the colour of a pixel to its share of the scale, NaN where it has no value; the nearest of many colours. */
export function sharesOfColours(scale) {
  const known = Array.from({ length: SHARES }, (_, i) => colourOfShare(scale, i / (SHARES - 1)));
  const none = rgb(scale.none).join();
  const seen = new Map();
  const nearest = (red, green, blue) => {
    if (none === `${red},${green},${blue}`) return NaN;
    let [best, least] = [0, Infinity];
    known.forEach(([r, g, b], i) => {
      const apart = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (apart < least) [best, least] = [i, apart];
    });
    return best / (SHARES - 1);
  };
  return (red, green, blue) => {
    const key = red << 16 | green << 8 | blue;
    if (!seen.has(key)) seen.set(key, nearest(red, green, blue));
    return seen.get(key);
  };
}

/* What the colour of a pixel says, as precisely as a colour can. */
export function valueText(channels, scale) {
  const { low, high } = scale;
  const number = (share) => round(low + share * (high - low));
  if (channels.join() === rgb(scale.none).join()) return "no value";
  if (scale.channels === 1) return `≈ ${number(sharesOfColours(scale)(...channels))}`;
  return `≈ ${channels.slice(0, Math.min(3, scale.channels)).map((level) => number(level / 255)).join(", ")}`;
}
