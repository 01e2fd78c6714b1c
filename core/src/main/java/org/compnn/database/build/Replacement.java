package org.compnn.database.build;

import java.util.Optional;
import java.util.function.Supplier;
import org.compnn.dataset.Pair;
import org.compnn.image.Raster;

/**
 * What an exemplar is to become.
 *
 * @param id of the exemplar, or that as a safe name
 * @param target reads its right output
 * @param pair its picture with that, where the picture too may be another
 */
public record Replacement(String id, Supplier<Optional<Raster>> target, Optional<Pair> pair) {
  /** Another right output. */
  public static Replacement ofTarget(String id, Supplier<Raster> target) {
    return new Replacement(id, () -> Optional.of(target.get()), Optional.empty());
  }

  /** Another pair. */
  public static Replacement ofPair(Pair pair) {
    return new Replacement(pair.id(), pair::target, Optional.of(pair));
  }
}
