package org.compnn.network;

import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * How a picture is put to a network that does not take it as a whole: in windows of one size that
 * overlap. A window larger than the picture is the picture with padding below it and at its right.
 *
 * @param window rows and columns that the network is run at
 * @param overlap pixels that neighbouring windows share at least, 0 or more, less than a window has
 */
public record Tiling(Size window, int overlap) {
  public Tiling {
    if (overlap < 0 || overlap >= Math.min(window.height(), window.width())) {
      throw UserError.about(
          Knob.TILE_OVERLAP,
          "expected tiles of %s to overlap by 0 to %d pixels, found %d"
              .formatted(window, Math.min(window.height(), window.width()) - 1, overlap));
    }
  }
}
