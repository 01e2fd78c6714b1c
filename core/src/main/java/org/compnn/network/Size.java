package org.compnn.network;

import org.compnn.problem.UserError;

/**
 * Rows and columns of pixels.
 *
 * @param height rows, 1 or more
 * @param width columns, 1 or more
 */
public record Size(int height, int width) {
  /** The most pixels along one side that a network is run at. */
  static final int MOST = 16_384;

  public Size {
    if (height < 1 || width < 1 || height > MOST || width > MOST) {
      throw new UserError(
          "a network's input has 1 to %d rows and columns, not %d x %d"
              .formatted(MOST, height, width));
    }
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
