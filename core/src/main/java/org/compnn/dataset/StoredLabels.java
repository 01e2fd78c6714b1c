package org.compnn.dataset;

import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.StoredPicture;

/** A pair whose target is a label picture that only its data set as a whole may explain. */
interface StoredLabels extends Pair {
  /**
   * What is stored of the target, where there is one.
   *
   * @throws org.compnn.problem.UserError if it cannot be read
   */
  Optional<StoredPicture> stored();

  /** The same pair, its labels read so. */
  Pair with(LabelCoding coding);

  /** How its label picture is read. */
  LabelCoding coding();

  /** What its target is. */
  TargetFormat format();

  @Override
  default Optional<byte[]> relabelled(LabelMap labels) {
    if (format() instanceof TargetFormat.Labels format
        && stored().isPresent()
        && target().orElseThrow() instanceof LabelMap before) {
      return Optional.of(
          new LabelEncoding(format, coding(), id()).changed(stored().get(), before, labels));
    }
    return Optional.empty();
  }
}
