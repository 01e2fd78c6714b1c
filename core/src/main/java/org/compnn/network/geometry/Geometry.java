package org.compnn.network.geometry;

/**
 * Where the cells of a layer lie over the network's input, in pixels, for one axis (rows or
 * columns).
 *
 * <p>Cell i is centred at pixel coordinate {@code origin + i * stride}, where the centre of pixel j
 * is j + 0.5. It sees (its receptive field, before clipping to the picture) the half-open interval
 * centre - before .. centre + after. A layer that sees everything (after global pooling, say) has
 * infinite extents.
 *
 * @param cells number of cells along the axis
 * @param stride pixels from one cell to the next, greater than 0
 * @param origin pixel coordinate of the centre of cell 0
 * @param before extent of the receptive field towards smaller coordinates, 0.5 or more
 * @param after extent towards larger coordinates, 0.5 or more
 */
public record Geometry(int cells, double stride, double origin, double before, double after) {
  /** The full extent of the receptive field in pixels. */
  public double receptiveField() {
    return before + after;
  }
}
