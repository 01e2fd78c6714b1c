package org.compnn.explain;

import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Sample;

/**
 * A picture to be explained.
 *
 * @param name what reports call it
 * @param sample the picture, of any size, and what else the network reads
 * @param truth the right output, of any size, if it is known
 */
public record Query(String name, Sample sample, Optional<? extends Raster> truth) {
  /** Of a network that reads a picture alone. */
  public Query(String name, Picture picture, Optional<? extends Raster> truth) {
    this(name, Sample.of(picture), truth);
  }

  /** The picture that is shown. */
  public Picture picture() {
    return sample.picture();
  }

  /** A picture of which nothing else is known. */
  public static Query of(String name, Picture picture) {
    return new Query(name, picture, Optional.empty());
  }
}
