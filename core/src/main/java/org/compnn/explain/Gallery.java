package org.compnn.explain;

import java.util.List;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * The training pictures that a report shows, by the index of the exemplar. Asked from several
 * threads.
 */
public interface Gallery {
  /** The exemplar's name in the data set. */
  String id(int exemplar);

  /** Its tags, as key=value or a bare word. */
  List<String> tags(int exemplar);

  /** The training input x_n. */
  Picture input(int exemplar);

  /** The original label y_n. */
  Raster target(int exemplar);

  /** The self-supervised label f(x_n). */
  Raster prediction(int exemplar);
}
