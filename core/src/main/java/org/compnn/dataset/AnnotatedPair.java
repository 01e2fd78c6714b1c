package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;

/**
 * A picture whose label map is made when it is read.
 *
 * @param photo reads the picture
 */
record AnnotatedPair(String id, List<String> tags, Supplier<Picture> photo, Labels labels)
    implements Pair {
  /** Makes the label map of a picture of this size. */
  interface Labels {
    /**
     * The label map.
     *
     * @throws org.compnn.problem.UserError if the annotations do not fit the picture
     */
    LabelMap of(PictureSize size);
  }

  AnnotatedPair {
    tags = List.copyOf(tags);
  }

  /** A pair whose picture is a file. */
  static AnnotatedPair of(String id, List<String> tags, Path file, Labels labels) {
    return new AnnotatedPair(id, tags, () -> PictureFile.read(file), labels);
  }

  @Override
  public Content read() {
    Picture picture = photo.get();
    return new Content(
        picture, Optional.of(labels.of(new PictureSize(picture.height(), picture.width()))));
  }

  @Override
  public Picture input() {
    return photo.get();
  }
}
