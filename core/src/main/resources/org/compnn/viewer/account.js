/* Which exemplars account for an output, or for a part of it. */

/*
 * For each of them how many of the query's `cells` match it best, how many `pixels` these paste, `from` which cells of its own
 * (row x trainingColumns + column), and its `share`; those that give most first, among equals the lower index.
 * `pixels` says how many pixels of every query cell are asked about. Where that is all of the output (`whole`), shares are of
 * its cells, as everywhere; of a part they are of its pixels.
 */
export function account(field, trainingColumns, pixels, whole) {
  const found = new Map();
  let all = 0;
  pixels.forEach((count, cell) => {
    const exemplar = field.best[cell];
    if (exemplar < 0 || !(whole || count)) return;
    if (!found.has(exemplar)) found.set(exemplar, { exemplar, cells: 0, pixels: 0, from: new Set() });
    const entry = found.get(exemplar);
    entry.cells++;
    entry.pixels += count;
    const at = cell * field.topK;
    entry.from.add(field.row[at] * trainingColumns + field.column[at]);
    all += whole ? 1 : count;
  });
  const given = whole ? "cells" : "pixels";
  const ranked = [...found.values()].sort((a, b) => b[given] - a[given] || a.exemplar - b.exemplar);
  for (const entry of ranked) entry.share = entry[given] / all;
  return ranked;
}
