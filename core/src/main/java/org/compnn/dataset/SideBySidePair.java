package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import org.compnn.image.PictureFile;

/** A pair in one file, its halves beside each other. */
record SideBySidePair(
    String id, List<String> tags, Path file, Direction direction, TargetFormat format)
    implements Pair {
  SideBySidePair {
    tags = List.copyOf(tags);
  }

  @Override
  public Content read() {
    return SideBySide.cut(PictureFile.read(file), direction, format, file.toString());
  }
}
