package org.compnn.report;

import java.util.List;
import java.util.Optional;
import org.compnn.compose.Mask;
import org.compnn.image.Raster;
import org.compnn.image.ValueScale;

/**
 * A panel ready to be set.
 *
 * @param raster its pixels
 * @param shape height over width as it is shown
 * @param caption what it is
 * @param note a few words more; may be empty
 * @param key a colour that stands before the caption, or -1
 * @param regions what is marked on it
 * @param scale what its colours stand for, where they are values
 */
record PaperTile(
    Raster raster,
    double shape,
    String caption,
    String note,
    int key,
    List<Marked> regions,
    Optional<Scale> scale) {
  PaperTile {
    regions = List.copyOf(regions);
  }

  /** Pixels of a mask that covers the panel. */
  record Marked(Mask mask, int colour, double tint, boolean outlined) {}

  /** What a bar of colours is about. */
  record Scale(String name, ValueScale range) {}

  PaperTile with(List<Marked> marked) {
    return new PaperTile(raster, shape, caption, note, key, marked, scale);
  }
}
