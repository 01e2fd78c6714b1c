package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a tensor.
 *
 * @param before entries before those that the factors count, such as a class token
 * @param factors what is counted along it, the slowest first
 * @param after entries after those
 */
record Axis(long before, List<Factor> factors, long after) {
  Axis {
    List<Factor> merged = new ArrayList<>();
    for (Factor factor : factors) {
      if (!merged.isEmpty() && merged.getLast().joins(factor)) {
        merged.add(merged.removeLast().joined(factor));
      } else {
        merged.add(factor);
      }
    }
    factors = List.copyOf(merged);
  }

  static Axis of(List<Factor> factors) {
    return new Axis(0, factors, 0);
  }

  /** Channels or the like. */
  static Axis other(long size) {
    return size == 1 ? of(List.of()) : of(List.of(new Factor(Factor.Kind.OTHER, 0, size)));
  }

  static Axis keys(long size) {
    return of(List.of(new Factor(Factor.Kind.KEY, 0, size)));
  }

  long size() {
    return before + counted() + after;
  }

  /** Entries that the factors count. */
  long counted() {
    long size = 1;
    for (Factor factor : factors) {
      size *= factor.size();
    }
    return size;
  }

  boolean plain() {
    return before == 0 && after == 0;
  }

  boolean spatial() {
    return factors.stream().anyMatch(Factor::spatial);
  }

  boolean has(Factor.Kind kind) {
    return factors.stream().anyMatch(f -> f.kind() == kind);
  }

  /** Whether it counts all rows (or columns) and nothing else. */
  boolean counts(Factor.Kind kind, long cells) {
    return plain() && factors.size() == 1 && factors.getFirst().equals(new Factor(kind, 1, cells));
  }

  /** The same with something else counted where cells were. */
  Axis keyed() {
    return spatial() ? keys(size()) : this;
  }
}
