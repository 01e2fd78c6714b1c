package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;

/** A pair in one file, its halves beside each other. */
record SideBySidePair(
    String id, List<String> tags, Path file, Direction direction, TargetFormat format)
    implements Pair {
  SideBySidePair {
    tags = List.copyOf(tags);
  }

  @Override
  public Content read() {
    Picture both = PictureFile.read(file);
    if (both.width() % 2 != 0) {
      throw new UserError(
          "%s: expected two halves of the same width, found %d columns; is this a side-by-side pair?"
              .formatted(file, both.width()));
    }
    Picture left = half(both, 0);
    Picture right = half(both, both.width() / 2);
    return switch (direction) {
      case ATOB -> new Content(left, Optional.of(TargetReader.of(right, format, file.toString())));
      case BTOA -> new Content(right, Optional.of(TargetReader.of(left, format, file.toString())));
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
