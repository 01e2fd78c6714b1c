/* Outlines of cells and pixels as paths of whole steps, in the manner of SVG. */

/* Around every cell that passes `inside(row, column)`: each part once, holes too. Corners are counted from the top left. */
export function outlineOf(rows, columns, inside) {
  const cells = new Set();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) if (inside(row, column)) cells.add(row * columns + column);
  }
  return outlineOfCells(cells, columns);
}

/* The same around a set of cells, row x columns + column. */
export function outlineOfCells(cells, columns) {
  /* From each corner where an edge leads, the inside at its right; two where parts touch at a corner. */
  const edges = new Map();
  const wide = columns + 1;
  const edge = (fromRow, fromColumn, toRow, toColumn) => {
    const from = fromRow * wide + fromColumn;
    if (!edges.has(from)) edges.set(from, []);
    edges.get(from).push(toRow * wide + toColumn);
  };
  for (const cell of cells) {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    if (!cells.has(cell - columns)) edge(row, column, row, column + 1);
    if (column === columns - 1 || !cells.has(cell + 1)) edge(row, column + 1, row + 1, column + 1);
    if (!cells.has(cell + columns)) edge(row + 1, column + 1, row + 1, column);
    if (column === 0 || !cells.has(cell - 1)) edge(row + 1, column, row, column);
  }
  let path = "";
  for (const start of edges.keys()) {
    while (edges.get(start)?.length) path += around(edges, start, wide);
  }
  return path;
}

function around(edges, start, wide) {
  let path = `M${start % wide} ${Math.floor(start / wide)}`;
  let from = start;
  let [along, steps] = [0, 0];
  const turn = () => { if (steps) path += `${Math.abs(along) === 1 ? "h" : "v"}${Math.sign(along) * steps}`; };
  do {
    const to = edges.get(from).pop();
    const step = to - from;
    if (step !== along) {
      turn();
      [along, steps] = [step, 0];
    }
    steps++;
    from = to;
  } while (from !== start && edges.get(from)?.length);
  turn();
  return `${path}z`;
}

/* The box around what a path of M, h, v and z encloses: top, left, bottom, right. */
export function boxOf(path) {
  let [x, y] = [0, 0];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [, letter, one, other] of path.matchAll(/([Mhv])(-?[\d.]+)(?:[ ,](-?[\d.]+))?/g)) {
    if (letter === "M") [x, y] = [Number(one), Number(other)];
    else if (letter === "h") x += Number(one);
    else y += Number(one);
    box[0] = Math.min(box[0], y);
    box[1] = Math.min(box[1], x);
    box[2] = Math.max(box[2], y);
    box[3] = Math.max(box[3], x);
  }
  return box;
}

/* Cells grown by some steps, so that scattered ones join; parts of fewer than `least` cells are left out, and all but the `most` largest. */
export function joined(cells, { rows, columns }, grow = 1, least = 3, most = 6) {
  let set = new Set(cells);
  for (let step = 0; step < grow; step++) {
    const next = new Set(set);
    for (const cell of set) {
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      for (const [down, across] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
        if (row + down >= 0 && row + down < rows && column + across >= 0 && column + across < columns) next.add((row + down) * columns + column + across);
      }
    }
    set = next;
  }
  const parts = partsOf(set, columns).sort((a, b) => b.length - a.length);
  const kept = parts.filter((part, i) => i === 0 || (i < most && part.length >= least));
  return new Set(kept.flat());
}

/* The connected parts of a set of cells. */
function partsOf(set, columns) {
  const left = new Set(set);
  const parts = [];
  for (const start of set) {
    if (!left.delete(start)) continue;
    const part = [start];
    for (let i = 0; i < part.length; i++) {
      const cell = part[i];
      const beside = [cell - columns, cell + columns];
      if (cell % columns) beside.push(cell - 1);
      if ((cell + 1) % columns) beside.push(cell + 1);
      for (const each of beside) if (left.delete(each)) part.push(each);
    }
    parts.push(part);
  }
  return parts;
}
