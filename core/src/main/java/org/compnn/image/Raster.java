package org.compnn.image;

/**
 * What a network takes in or gives out, pixel by pixel: a picture, a label map or a map of values.
 */
public sealed interface Raster permits Picture, LabelMap, ValueMap {
  /** Rows of pixels. */
  int height();

  /** Columns of pixels. */
  int width();

  /** Bytes that its pixels take in memory. */
  long bytes();
}
