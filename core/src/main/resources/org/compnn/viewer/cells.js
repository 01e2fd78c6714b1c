/* Cells and pixels: which pixels a cell pastes, and how far it sees. */

import { clamp } from "./format.js";

/* A whole picture, in fractions of it. */
export const WHOLE = { top: 0, left: 0, bottom: 1, right: 1 };

/* The first pixel of a cell's patch, where `pixels` are divided among `cells`. */
export const firstPixel = (cell, pixels, cells) => Math.floor((cell * pixels) / cells);

/* The cell whose patch holds a pixel. */
export const cellOf = (pixel, pixels, cells) => clamp(Math.ceil(((pixel + 1) * cells) / pixels) - 1, 0, cells - 1);

/* The pixel in the middle of a cell's patch; the nearest one where the patch has none. */
export function middlePixel(cell, pixels, cells) {
  const first = firstPixel(cell, pixels, cells);
  return Math.min(pixels - 1, (first + Math.max(first, firstPixel(cell + 1, pixels, cells) - 1)) >> 1);
}

/* Along one axis of a picture: from where to where, in fractions of it and clipped to it. */
function alongAxis(cell, cells, pixels, inputPixels, hyperpatch, { origin, stride, before, after }) {
  const low = clamp(cell - Math.floor((hyperpatch - 1) / 2), 0, cells - 1);
  const high = clamp(cell + Math.floor(hyperpatch / 2), 0, cells - 1);
  const edge = (at) => firstPixel(at, pixels, cells) / pixels;
  return {
    patch: [edge(cell), edge(cell + 1)],
    hyperpatch: [edge(low), edge(high + 1)],
    receptive: [
      clamp((origin + low * stride - (before ?? Infinity)) / inputPixels, 0, 1),
      clamp((origin + high * stride + (after ?? Infinity)) / inputPixels, 0, 1),
    ],
  };
}

/*
 * Patch, hyperpatch and receptive field of a cell, each as fractions of a picture's height and width, clipped to it.
 * The receptive field is that of the whole hyperpatch. `size` is the output's, `inputSize` the input's.
 */
export function boxesOf(cell, grid, size, inputSize, { hyperpatch, layer }) {
  const down = alongAxis(cell.row, grid.rows, size.height, inputSize.height, hyperpatch, layer.vertical);
  const across = alongAxis(cell.column, grid.columns, size.width, inputSize.width, hyperpatch, layer.horizontal);
  const box = (kind) => ({ top: down[kind][0], bottom: down[kind][1], left: across[kind][0], right: across[kind][1] });
  return { patch: box("patch"), hyperpatch: box("hyperpatch"), receptive: box("receptive") };
}

/* The square around a cell that a close-up shows, as fractions of the picture; within it if it fits. */
export function closeUp({ patch, hyperpatch, receptive }, { height, width }) {
  const longest = (box) => Math.max((box.bottom - box.top) * height, (box.right - box.left) * width);
  const side = Math.min(Math.max(24, 3 * longest(hyperpatch), Math.min(64, 1.15 * longest(receptive))), height, width);
  const along = (from, to, pixels) => {
    const start = clamp(((from + to) / 2) * pixels - side / 2, 0, pixels - side);
    return [start / pixels, (start + side) / pixels];
  };
  const [top, bottom] = along(patch.top, patch.bottom, height);
  const [left, right] = along(patch.left, patch.right, width);
  return { top, bottom, left, right };
}
