package org.compnn.dataset;

import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/**
 * How pictures of a data set hold an input and its target beside each other.
 *
 * @param direction which half is the input
 * @param aspect width over height of the whole pictures
 */
public record SideBySide(Direction direction, double aspect) {
  /** How far another picture's shape may be off, before it is taken for a single one. */
  private static final double TOLERANCE = 1.25;

  /** Whether a picture has the shape of a pair rather than that of one half. */
  public boolean fits(PictureSize size) {
    double ratio = (double) size.width() / size.height() / aspect;
    return ratio > 1 / TOLERANCE && ratio < TOLERANCE;
  }

  /**
   * Cuts a picture into its halves.
   *
   * @param direction which half is the input; the other one is the target
   * @param name what messages call it
   * @throws UserError if its width is odd, or the target is none of that format
   */
  public static Pair.Content cut(
      Picture both, Direction direction, TargetFormat format, String name) {
    if (both.width() % 2 != 0) {
      throw new UserError(
          "%s: expected two halves of the same width, found %d columns; is this a side-by-side pair?"
              .formatted(name, both.width()));
    }
    Picture left = half(both, 0);
    Picture right = half(both, both.width() / 2);
    return switch (direction) {
      case ATOB -> new Pair.Content(left, Optional.of(TargetReader.of(right, format, name)));
      case BTOA -> new Pair.Content(right, Optional.of(TargetReader.of(left, format, name)));
    };
  }

  private static Picture half(Picture both, int from) {
    int width = both.width() / 2;
    byte[] rgb = new byte[both.height() * width * 3];
    for (int row = 0; row < both.height(); row++) {
      System.arraycopy(
          both.rgb(), (row * both.width() + from) * 3, rgb, row * width * 3, width * 3);
    }
    return new Picture(both.height(), width, rgb);
  }
}
