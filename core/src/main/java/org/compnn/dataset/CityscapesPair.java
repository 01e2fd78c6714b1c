package org.compnn.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;

/**
 * A pair of Cityscapes whose labels are the data set's own 34 ids; they become the 19 training ids.
 *
 * @see <a href="https://github.com/mcordts/cityscapesScripts">cityscapesScripts, labels.py</a>
 */
record CityscapesPair(FilePair photo, Path labels) implements Pair {
  /** The ids of the 19 training classes, in their order. */
  private static final int[] TRAINED = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };

  /** How many training ids there are. */
  static final int TRAINING_IDS = TRAINED.length;

  @Override
  public String id() {
    return photo.id();
  }

  @Override
  public List<String> tags() {
    return photo.tags();
  }

  @Override
  public Content read() {
    Content content = photo.read();
    LabelMap stored = PictureFile.readIndices(labels);
    if (stored.height() != content.input().height() || stored.width() != content.input().width()) {
      throw new UserError(
          "%s: expected %d x %d pixels as in %s, found %d x %d; resize one of the two"
              .formatted(
                  labels,
                  content.input().width(),
                  content.input().height(),
                  photo.inputFile(),
                  stored.width(),
                  stored.height()));
    }
    byte[] classes = new byte[256];
    Arrays.fill(classes, (byte) LabelMap.UNLABELLED);
    for (int i = 0; i < TRAINED.length; i++) {
      classes[TRAINED[i]] = (byte) i;
    }
    byte[] mapped = new byte[stored.classes().length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = classes[stored.classes()[i] & 0xff];
    }
    return new Content(
        content.input(), Optional.of(new LabelMap(stored.height(), stored.width(), mapped)));
  }
}
