package org.compnn.image;

/** What a network takes in or gives out, pixel by pixel: a picture or a label map. */
public sealed interface Raster permits Picture, LabelMap {
  /** Rows of pixels. */
  int height();

  /** Columns of pixels. */
  int width();

  /** Bytes that its pixels take in memory. */
  long bytes();
}
