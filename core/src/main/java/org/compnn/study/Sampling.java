package org.compnn.study;

import java.util.List;
import java.util.stream.IntStream;

/** Draws some of many evenly, so that a short run still sees the whole. */
final class Sampling {
  private Sampling() {}

  /** Every so many, in their order; all where there are no more than the limit. */
  static <T> List<T> spread(List<T> all, int limit) {
    int drawn = Math.min(limit, all.size());
    return IntStream.range(0, drawn).mapToObj(i -> all.get(place(i, drawn, all.size()))).toList();
  }

  /** Where the i-th of so many drawn stands among all. */
  static int place(int i, int drawn, int all) {
    return (int) ((long) i * all / drawn);
  }
}
