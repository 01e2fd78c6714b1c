package org.compnn.explain;

import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Frame;

/**
 * The training pictures that a report shows, by the index of the exemplar. Asked from several
 * threads.
 */
public interface Gallery {
  /** The exemplar's name in the data set. */
  String id(int exemplar);

  /** Its tags, as key=value or a bare word. */
  List<String> tags(int exemplar);

  /** Where its own picture lies in the input, if that is known. */
  default Optional<Frame> frame(int exemplar) {
    return Optional.empty();
  }

  /** The training input x_n. */
  Picture input(int exemplar);

  /** The original label y_n. */
  Raster target(int exemplar);

  /** The self-supervised label f(x_n). */
  Raster prediction(int exemplar);
}
