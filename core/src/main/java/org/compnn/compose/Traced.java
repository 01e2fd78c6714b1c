package org.compnn.compose;

import org.compnn.network.Layer;
import org.compnn.search.Field;

/**
 * Where the pixels of a composition were cut from: the same places that {@link Composition#paste}
 * copies with {@link Overlap#NONE}, for every one of a cell's matches.
 */
public final class Traced {
  private final Field field;
  private final Patches down;
  private final Patches across;
  private final Patches sourceDown;
  private final Patches sourceAcross;
  private final int width;

  /**
   * @param layer the layer matched, as the database has it
   * @param height rows of the composition and of the exemplars' pictures
   * @param width columns of them
   */
  public Traced(Field field, Layer layer, int height, int width) {
    this.field = field;
    this.width = width;
    down = new Patches(height, field.rows());
    across = new Patches(width, field.columns());
    sourceDown = new Patches(height, layer.rows());
    sourceAcross = new Patches(width, layer.columns());
  }

  /** The query cell, row x columns + column, whose patch covers a pixel. */
  public int cell(int pixel) {
    return cellOf(down, pixel / width) * field.columns() + cellOf(across, pixel % width);
  }

  /**
   * The pixel of the exemplar that a match puts here.
   *
   * @param pixel row x width + column
   * @param k which match, from 0
   * @return row x width + column there, or -1 without such a match
   */
  public int source(int pixel, int k) {
    int cell = cell(pixel);
    int at = cell * field.topK() + k;
    if (field.exemplar()[at] < 0) {
      return -1;
    }
    int row = down.across(pixel / width, cell / field.columns(), sourceDown, field.row()[at]);
    int column =
        across.across(pixel % width, cell % field.columns(), sourceAcross, field.column()[at]);
    return row * width + column;
  }

  private static int cellOf(Patches patches, int pixel) {
    return (int) Math.ceilDiv((pixel + 1L) * patches.cells(), (long) patches.pixels()) - 1;
  }
}
