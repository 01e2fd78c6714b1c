package org.compnn.bench.truth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Measures of rankings. Higher scores stand first; equal scores are counted as if shuffled. */
final class Ranks {
  private Ranks() {}

  /**
   * Normalised discounted cumulative gain: 1 where the order by scores is that by gains. Gains
   * below 0 count as 0; NaN without any above.
   */
  static double ndcg(double[] gains, double[] scores) {
    double ideal = 0;
    double[] sorted = Arrays.stream(gains).map(g -> Math.max(0, g)).sorted().toArray();
    for (int rank = 0; rank < sorted.length; rank++) {
      ideal += sorted[sorted.length - 1 - rank] * discount(rank);
    }
    double found = 0;
    Integer[] order = order(scores);
    for (int from = 0; from < order.length; ) {
      int to = end(order, scores, from);
      double gain = 0;
      double discounts = 0;
      for (int rank = from; rank < to; rank++) {
        gain += Math.max(0, gains[order[rank]]);
        discounts += discount(rank);
      }
      found += gain * discounts / (to - from);
      from = to;
    }
    return ideal == 0 ? Double.NaN : found / ideal;
  }

  private static double discount(int rank) {
    return 1 / (Math.log(rank + 2) / Math.log(2));
  }

  /** One over the rank, from 1, of the item of the greatest gain; of equals, the mean rank. */
  static double reciprocalRank(double[] gains, double[] scores) {
    double best = scores[greatest(gains)];
    long above = Arrays.stream(scores).filter(s -> s > best).count();
    long equal = Arrays.stream(scores).filter(s -> s == best).count();
    return 1 / (above + (equal + 1) / 2.0);
  }

  /** Whether the item of the greatest gain stands first: 1, 0, or a share where several do. */
  static double topOne(double[] gains, double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    long equal = Arrays.stream(scores).filter(s -> s == most).count();
    return scores[greatest(gains)] == most ? 1.0 / equal : 0;
  }

  private static int greatest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .max(Comparator.comparingDouble(i -> values[i]))
        .orElseThrow();
  }

  /**
   * Average precision: the mean over relevant items of the precision down to each. Of equal scores
   * each has the precision of all of them together. NaN without a relevant item.
   */
  static double averagePrecision(double[] scores, boolean[] relevant) {
    Integer[] order = order(scores);
    double sum = 0;
    int found = 0;
    for (int from = 0; from < order.length; ) {
      int to = end(order, scores, from);
      int here = 0;
      for (int rank = from; rank < to; rank++) {
        here += relevant[order[rank]] ? 1 : 0;
      }
      found += here;
      sum += here * (double) found / to;
      from = to;
    }
    return found == 0 ? Double.NaN : sum / found;
  }

  /** Spearman's rank correlation, with mean ranks of equals; NaN where either is all equal. */
  static double spearman(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  private static double[] ranks(double[] values) {
    Integer[] order = order(values);
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = end(order, values, from);
      for (int rank = from; rank < to; rank++) {
        ranks[order[rank]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /** Indices of the greatest scores, the greatest first; of equals the earlier one first. */
  static int[] first(double[] scores, int count) {
    return Arrays.stream(order(scores)).limit(count).mapToInt(i -> i).toArray();
  }

  private static Integer[] order(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .toArray(Integer[]::new);
  }

  private static int end(Integer[] order, double[] scores, int from) {
    int to = from + 1;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }
}
