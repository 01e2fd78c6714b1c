package org.compnn.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Milliseconds of the same thing done several times. */
final class Times {
  private final List<Double> all = Collections.synchronizedList(new ArrayList<>());

  void add(double milliseconds) {
    all.add(milliseconds);
  }

  int count() {
    return all.size();
  }

  /** The time that a share of them keeps within; 0.5 is the median. */
  double within(double share) {
    List<Double> sorted = all.stream().sorted().toList();
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.ceil(share * sorted.size() - 1e-9) - 1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.1f ms, 95 of 100 within %.1f ms, most %.1f ms (%d)",
        within(0.5),
        within(0.95),
        within(1),
        count());
  }
}
