package org.compnn.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of many, evenly spread over them: every so many, from the first on. The same every time, and
 * in their order.
 */
public final class EvenSample {
  private EvenSample() {}

  /**
   * Where one of a sample lies.
   *
   * @param number which of the sample, from 0
   * @param sample how many are taken, no more than there are
   * @param all how many there are
   * @return its place among all, from 0
   */
  public static int place(int number, int sample, int all) {
    return (int) ((long) number * all / sample);
  }

  /**
   * Takes so many.
   *
   * @param most how many; all if there are no more
   */
  public static <T> List<T> of(List<T> all, int most) {
    if (all.size() <= most) {
      return List.copyOf(all);
    }
    List<T> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(all.get(place(i, most, all.size())));
    }
    return List.copyOf(some);
  }

  /** As {@link #of(List, int)}. */
  public static int[] of(int[] all, int most) {
    int[] some = new int[Math.min(most, all.length)];
    for (int i = 0; i < some.length; i++) {
      some[i] = all[place(i, some.length, all.length)];
    }
    return some;
  }
}
