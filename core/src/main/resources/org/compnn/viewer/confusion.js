/* Which classes are taken for which, over many judged pictures, and what each cause of errors costs. */

import { CAUSE_NAMES } from "./causes.js";

/* A picture's causes as shares, where its confusions do not say theirs. */
function spread(summary, pixels) {
  const all = CAUSE_NAMES.map((cause) => summary.causes?.[cause] ?? 0);
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((n) => (sum ? (n / sum) * pixels : 0));
}

/*
 * Of `n` classes: `pixels[truth][given]` with the right ones on the diagonal, and `causes[cause][truth][given]`, pixels wrong for
 * each cause.
 */
export function confusions(summaries, n) {
  const square = () => Array.from({ length: n }, () => new Float64Array(n));
  const made = { pixels: square(), causes: CAUSE_NAMES.map(square) };
  for (const summary of summaries) {
    (summary.counts ?? []).forEach(([right], i) => { made.pixels[i][i] += right; });
    for (const [truth, given, pixels, causes] of summary.confusions ?? []) {
      made.pixels[truth][given] += pixels;
      (causes ?? spread(summary, pixels)).forEach((count, cause) => { made.causes[cause][truth][given] += count; });
    }
  }
  return made;
}

function iou(pixels, i) {
  let [right, wrong] = [pixels[i][i], 0];
  for (let j = 0; j < pixels.length; j++) if (j !== i) wrong += pixels[i][j] + pixels[j][i];
  return right + wrong ? right / (right + wrong) : null;
}

const mean = (values) => {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
};

/* The intersection over union of every class, null where there is none of it; the mean is of those that are there. */
export function ious(pixels) {
  const classes = pixels.map((_, i) => iou(pixels, i));
  return { classes, mean: mean(classes) };
}

/* The same confusions with the errors of one cause put right. */
function mended({ pixels, causes }, cause) {
  const made = pixels.map((row) => row.slice());
  causes[cause].forEach((row, truth) => row.forEach((count, given) => {
    made[truth][given] -= count;
    made[truth][truth] += count;
  }));
  return made;
}

/* What is, and what would be without the errors of each cause: by cause the classes' and the mean intersection over union. */
export function costs(confused) {
  return { now: ious(confused.pixels), without: CAUSE_NAMES.map((_, cause) => ious(mended(confused, cause))) };
}

/* The regions where one class is taken for another, largest first: with the picture that each is of. */
export function regionsOf(summaries, wanted) {
  const found = [];
  for (const summary of summaries) {
    for (const region of summary.regions ?? []) if (wanted(region)) found.push({ summary, region });
  }
  return found.sort((a, b) => b.region.pixels - a.region.pixels || a.summary.number - b.summary.number);
}
