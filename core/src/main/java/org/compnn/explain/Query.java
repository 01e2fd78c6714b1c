package org.compnn.explain;

import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * A picture to be explained.
 *
 * @param name what reports call it
 * @param picture of any size
 * @param truth the right output, of any size, if it is known
 */
public record Query(String name, Picture picture, Optional<? extends Raster> truth) {
  /** A picture of which nothing else is known. */
  public static Query of(String name, Picture picture) {
    return new Query(name, picture, Optional.empty());
  }
}
