package org.compnn.dataset;

import java.util.Optional;
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
}
