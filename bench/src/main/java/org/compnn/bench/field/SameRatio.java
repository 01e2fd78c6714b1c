package org.compnn.bench.field;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much longer the best peer takes for a field as good as ours.
 *
 * <p>The rule: of a peer's settings, the fastest whose ratio is as good as ours or better, and the
 * one next worse than ours; if the worse one is faster too, seconds are interpolated between the
 * two, the logarithm of seconds over the ratio. A peer none of whose settings is as good does not
 * count.
 *
 * @param setting ours
 * @param ratio that it reached
 * @param seconds that it took
 * @param peer the fastest at that ratio; empty if none reaches it
 * @param peerSeconds what it takes there
 */
record SameRatio(
    String setting, int threads, double ratio, double seconds, String peer, double peerSeconds) {
  /** A peer's measured setting. */
  record Point(double ratio, double seconds) {}

  /** How many times faster we are. */
  double factor() {
    return peerSeconds / seconds;
  }

  static List<SameRatio> of(List<Result> results) {
    List<SameRatio> all = new ArrayList<>();
    for (Result ours : results) {
      if (ours.own()) {
        for (Result.Setting setting : ours.settings()) {
          all.add(of(setting, results));
        }
      }
    }
    return all;
  }

  private static SameRatio of(Result.Setting ours, List<Result> results) {
    return of(ours, results.stream().filter(r -> !r.own() && !r.generic()).toList(), "")
        .or(() -> of(ours, results.stream().filter(r -> !r.own()).toList(), " (generic build)"))
        .orElseGet(
            () ->
                new SameRatio(
                    ours.setting(),
                    ours.threads(),
                    ours.score().ratio(),
                    ours.seconds(),
                    "",
                    Double.NaN));
  }

  private static Optional<SameRatio> of(Result.Setting ours, List<Result> peers, String remark) {
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (Result peer : peers) {
      List<Point> points =
          peer.settings().stream()
              .filter(s -> s.threads() == ours.threads())
              .map(s -> new Point(s.score().ratio(), s.seconds()))
              .toList();
      Optional<Double> seconds = seconds(points, ours.score().ratio());
      if (seconds.isPresent() && seconds.get() < least) {
        least = seconds.get();
        best = peer.name() + remark;
      }
    }
    return best.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SameRatio(
                ours.setting(), ours.threads(), ours.score().ratio(), ours.seconds(), best, least));
  }

  /** Seconds that a peer takes at a ratio; empty if it does not reach it. */
  static Optional<Double> seconds(List<Point> points, double ratio) {
    Optional<Point> good =
        points.stream()
            .filter(p -> p.ratio() <= ratio)
            .min(Comparator.comparingDouble(Point::seconds));
    if (good.isEmpty()) {
      return Optional.empty();
    }
    Point better = good.get();
    return points.stream()
        .filter(p -> p.ratio() > ratio && p.seconds() < better.seconds())
        .min(Comparator.comparingDouble(Point::ratio))
        .map(
            worse -> {
              double share = (worse.ratio() - ratio) / (worse.ratio() - better.ratio());
              return worse.seconds() * Math.pow(better.seconds() / worse.seconds(), share);
            })
        .or(() -> Optional.of(better.seconds()));
  }
}
