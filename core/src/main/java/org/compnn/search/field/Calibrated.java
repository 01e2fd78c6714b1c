package org.compnn.search.field;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.search.Distance;
import org.compnn.search.Promise;
import org.compnn.search.Quality;
import org.compnn.search.lists.ListIndex;

/**
 * What a quality spends on a layer, as {@link Calibration} found it, and what that reached.
 *
 * @param effort what is spent
 * @param promise what it reached
 */
record Calibrated(Effort effort, Promise promise) {
  /** What the lists of a layer note; empty if they were not calibrated for that. */
  static Optional<Calibrated> of(ListIndex lists, Distance distance, Quality quality) {
    String name = name(distance, quality);
    double probes = lists.number(name + ".probes");
    int candidates = whole(lists, name + ".candidates");
    int rounds = whole(lists, name + ".rounds");
    int cells = whole(lists, name + ".cells");
    double reached = lists.number(name + ".ratio");
    double usual = lists.number(name + ".usual");
    return !(probes >= 1 && probes <= 1 << 20)
            || candidates < 1
            || rounds < 0
            || cells < 1
            || !(reached >= 1)
            || !(usual >= 0)
        ? Optional.empty()
        : Optional.of(
            new Calibrated(
                new Effort(probes, candidates, rounds, usual),
                new Promise(quality.promised(), reached, cells)));
  }

  private static int whole(ListIndex lists, String name) {
    double number = lists.number(name);
    return number >= 0 && number <= 1 << 20 && number == Math.rint(number) ? (int) number : -1;
  }

  void note(Distance distance, Quality quality, Map<String, Double> numbers) {
    String name = name(distance, quality);
    numbers.put(name + ".probes", effort.probes());
    numbers.put(name + ".candidates", (double) effort.candidates());
    numbers.put(name + ".rounds", (double) effort.rounds());
    numbers.put(name + ".usual", effort.usual());
    numbers.put(name + ".cells", (double) promise.cells());
    numbers.put(name + ".ratio", promise.reached());
  }

  private static String name(Distance distance, Quality quality) {
    return (distance + "." + quality).toLowerCase(Locale.ROOT);
  }
}
