package org.compnn.database.build;

import java.util.List;
import java.util.function.Consumer;
import org.compnn.database.Answered;

/**
 * Someone who wants to see, before a long build has come far, what the network makes of a sample of
 * its pictures. They are embedded first, and once.
 *
 * @param pictures at most so many, spread evenly over those that are not embedded yet; 0 for nobody
 * @param heard is told on the thread that builds, while others go on; what it throws ends the build
 */
public record Sampling(int pictures, Consumer<List<Answered>> heard) {
  /** Nobody. */
  public static final Sampling NONE = new Sampling(0, _ -> {});

  /** The same, with no more pictures than that. */
  Sampling atMost(int most) {
    return new Sampling(Math.min(pictures, most), heard);
  }
}
