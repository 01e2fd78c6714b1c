/* A map of correspondences that a person can read: neighbours agree on a source, and small islands join what is around them. */

/* The source that most of the cells around a cell have, for every cell; -1 where none has any. */
function majorities(sources, rows, columns, reach) {
  const made = new Int32Array(sources.length);
  for (let row = 0; row < rows; row++) {
    const counts = new Map();
    const column = (at, by) => {
      for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
        const source = sources[y * columns + at];
        if (source >= 0) counts.set(source, (counts.get(source) ?? 0) + by);
      }
    };
    for (let x = 0; x < Math.min(columns, reach); x++) column(x, 1);
    for (let x = 0; x < columns; x++) {
      if (x + reach < columns) column(x + reach, 1);
      if (x - reach - 1 >= 0) column(x - reach - 1, -1);
      let [best, most] = [-1, 0];
      for (const [source, count] of counts) if (count > most || (count === most && count && source < best)) [best, most] = [source, count];
      made[row * columns + x] = best;
    }
  }
  return made;
}

/* The connected parts of equal sources: which part each cell belongs to, and the cells of each. */
function partsOf(sources, rows, columns) {
  const part = new Int32Array(sources.length).fill(-1);
  const parts = [];
  for (let start = 0; start < sources.length; start++) {
    if (part[start] >= 0) continue;
    const cells = [start];
    part[start] = parts.length;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i];
      const beside = [cell >= columns ? cell - columns : -1, cell + columns < sources.length ? cell + columns : -1,
        cell % columns ? cell - 1 : -1, (cell + 1) % columns ? cell + 1 : -1];
      for (const each of beside) {
        if (each >= 0 && part[each] < 0 && sources[each] === sources[start]) {
          part[each] = parts.length;
          cells.push(each);
        }
      }
    }
    parts.push(cells);
  }
  return { part, parts };
}

/* Islands of fewer than `least` cells take the source of the neighbour that they touch most, the smallest first. */
function merged(sources, rows, columns, least) {
  const made = sources.slice();
  for (let round = 0; round < 8; round++) {
    const { parts } = partsOf(made, rows, columns);
    const small = parts.filter((cells) => cells.length < least).sort((a, b) => a.length - b.length);
    if (!small.length || parts.length === 1) break;
    for (const cells of small) {
      const own = made[cells[0]];
      const touched = new Map();
      for (const cell of cells) {
        const beside = [cell - columns, cell + columns, cell % columns ? cell - 1 : -1, (cell + 1) % columns ? cell + 1 : -1];
        for (const each of beside) {
          if (each >= 0 && each < made.length && made[each] !== own) touched.set(made[each], (touched.get(made[each]) ?? 0) + 1);
        }
      }
      let [best, most] = [own, 0];
      for (const [source, count] of touched) if (count > most) [best, most] = [source, count];
      for (const cell of cells) made[cell] = best;
    }
  }
  return made;
}

/*
 * `sources` has the exemplar of every cell, -1 for none. Cells look around by a fortieth of the map; islands smaller than `share` of it are
 * merged. Returns the exemplar of every cell, of far fewer.
 */
export function readableMap(sources, rows, columns, share = 0.004) {
  const reach = Math.max(1, Math.round(Math.max(rows, columns) / 40));
  const fine = rows * columns < 400;
  return merged(fine ? sources : majorities(sources, rows, columns, reach), rows, columns, Math.max(2, share * rows * columns));
}
