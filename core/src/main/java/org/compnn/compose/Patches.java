package org.compnn.compose;

/**
 * How a row (or a column) of pixels is divided among the cells of a layer: cell i has the pixels
 * from i x pixels / cells up to (i + 1) x pixels / cells, rounded down. Where the cells do not
 * divide the pixels, patches differ by one pixel in size; where there are more cells than pixels,
 * some patches are empty.
 *
 * @param pixels pixels along the axis
 * @param cells cells along the axis
 */
record Patches(int pixels, int cells) {
  /** The first pixel of a cell's patch. */
  int first(int cell) {
    return (int) ((long) cell * pixels / cells);
  }

  /** The pixel after the last of a cell's patch. */
  int end(int cell) {
    return first(cell + 1);
  }

  /**
   * The pixel of another division that belongs to a pixel of this one, when a patch is laid over a
   * patch: the same offset where both are of one size, the nearest one where they are not.
   *
   * @param pixel a pixel in the patch of {@code cell}
   * @param cell the cell here
   * @param there the other division
   * @param cellThere the cell there
   */
  int across(int pixel, int cell, Patches there, int cellThere) {
    int start = first(cell);
    int size = end(cell) - start;
    int startThere = there.first(cellThere);
    int sizeThere = there.end(cellThere) - startThere;
    int offset =
        size == sizeThere ? pixel - start : (2 * (pixel - start) + 1) * sizeThere / (2 * size);
    return Math.min(startThere + offset, there.pixels - 1);
  }
}
