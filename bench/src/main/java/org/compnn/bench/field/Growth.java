package org.compnn.bench.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a field of a given quality costs as the training set grows.
 *
 * @param name of the case at one share
 * @param exemplars how many there are
 * @param threads how many were used
 * @param seconds for each of {@link #RATIOS}, interpolated between our settings as {@link
 *     SameRatio} does between a peer's; empty where none of our settings is so good
 */
record Growth(String name, int exemplars, int threads, List<Optional<Double>> seconds) {
  /** Ratios of distances at which times are compared. */
  static final List<Double> RATIOS = List.of(1.05, 1.02, 1.01);

  Growth {
    seconds = List.copyOf(seconds);
  }

  /** The cost of eight times the exemplars, for each of {@link #RATIOS}; see {@link #eightfold}. */
  record Eightfold(int from, int to, List<Optional<Double>> times) {
    Eightfold {
      times = List.copyOf(times);
    }
  }

  /** For any two runs of a case of which one has about eight times the exemplars of the other. */
  static List<Eightfold> eightfold(List<Growth> runs) {
    List<Eightfold> all = new ArrayList<>();
    for (Growth small : runs) {
      for (Growth large : runs) {
        double times = (double) large.exemplars() / small.exemplars();
        if (large.threads() == small.threads()
            && base(large).equals(base(small))
            && times > 7.5
            && times < 8.5) {
          List<Optional<Double>> costs = new ArrayList<>();
          for (int i = 0; i < RATIOS.size(); i++) {
            Optional<Double> less = small.seconds().get(i);
            costs.add(large.seconds().get(i).flatMap(more -> less.map(s -> more / s)));
          }
          all.add(new Eightfold(small.exemplars(), large.exemplars(), costs));
        }
      }
    }
    return all;
  }

  /** The case without its share. */
  private static String base(Growth growth) {
    int at = growth.name().indexOf('@');
    return at < 0 ? growth.name() : growth.name().substring(0, at);
  }

  /** Our times at these ratios, for the most threads that were timed. */
  static Optional<Growth> of(String name, int exemplars, List<Result> results) {
    List<Result.Setting> ours =
        results.stream().filter(Result::own).flatMap(r -> r.settings().stream()).toList();
    int threads = ours.stream().mapToInt(Result.Setting::threads).max().orElse(0);
    List<SameRatio.Point> points =
        ours.stream()
            .filter(s -> s.threads() == threads)
            .map(s -> new SameRatio.Point(s.score().ratio(), s.seconds()))
            .toList();
    if (points.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Double>> seconds = new ArrayList<>();
    for (double ratio : RATIOS) {
      seconds.add(SameRatio.seconds(points, ratio));
    }
    return Optional.of(new Growth(name, exemplars, threads, seconds));
  }
}
