package org.compnn.search.exact;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.GlobalMatch;
import org.compnn.threads.Workers;

/**
 * Finds the exemplars whose whole layer is nearest to the query's. Single precision leaves out
 * those that are clearly farther, most of them before they are read to their end; the distances of
 * the rest are summed up in double precision.
 */
public final class GlobalSearch {
  /**
   * More than rounding changes a sum of {@link #RUN} squares, relative to it. (It is under 520
   * halves of a last place.)
   */
  private static final double ROUNDING = 1e-4;

  /** More than numbers below the least normal one add up to. */
  private static final double LEAST = 1e-30;

  /** Numbers that are summed up in single precision. */
  private static final int RUN = 512;

  /** Of so many rows one is looked at to begin with the exemplars that are probably near. */
  private static final int GLANCE = 16;

  private final CellStore store;
  private final FeatureMap query;
  private final int[] exemplars;
  private final int k;
  private final Workers workers;
  private final Kernels kernels = Kernels.best();

  /** The most that each of the k nearest so far can be away, the farthest first. */
  private final PriorityQueue<Double> nearest = new PriorityQueue<>(Comparator.reverseOrder());

  private volatile double limit = Double.POSITIVE_INFINITY;

  private GlobalSearch(CellStore store, FeatureMap query, int[] exemplars, int k, Workers workers) {
    this.store = store;
    this.query = query;
    this.exemplars = exemplars;
    this.k = k;
    this.workers = workers;
  }

  /**
   * @param store the layer of all exemplars
   * @param activations as the network gave them, in as many rows and columns as the exemplars'
   * @param distance taken between the two layers, each as one vector
   * @param selection the exemplars that may match
   * @param k how many, 1 or more
   * @param workers read exemplars at the same time
   * @return at most k matches, nearest first; equal distances go to the smaller exemplar
   * @throws IllegalArgumentException if the query's grid is not the store's
   */
  public static List<GlobalMatch> nearest(
      CellStore store,
      FeatureMap activations,
      Distance distance,
      Selection selection,
      int k,
      Workers workers) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    if (activations.rows() != rows
        || activations.columns() != columns
        || activations.channels() != channels) {
      throw new IllegalArgumentException(
          "a query of %d x %d x %d for a layer of %d x %d x %d"
              .formatted(
                  activations.rows(),
                  activations.columns(),
                  activations.channels(),
                  rows,
                  columns,
                  channels));
    }
    if (k < 1 || selection.exemplars() != store.exemplars()) {
      throw new IllegalArgumentException(
          "%d matches from a selection of %d exemplars for a store of %d"
              .formatted(k, selection.exemplars(), store.exemplars()));
    }
    FeatureMap query = store.standardise(activations);
    int[] chosen = selection.indices();
    int[] among =
        switch (distance) {
          case L2 -> new GlobalSearch(store, query, chosen, k, workers).near();
          case COSINE -> chosen;
        };
    return workers.map(among.length, i -> match(store, query, distance, among[i])).stream()
        .sorted(
            Comparator.comparingDouble(GlobalMatch::distance)
                .thenComparingInt(GlobalMatch::exemplar))
        .limit(k)
        .toList();
  }

  /** The exemplars that the k nearest are among, few others with them. */
  private int[] near() {
    int[] order = order();
    double[] about = new double[order.length];
    workers.run(order.length, (i, thread) -> about[i] = about(order[i], 1));
    return IntStream.range(0, order.length)
        .filter(i -> !isFar(about[i]))
        .map(i -> order[i])
        .sorted()
        .toArray();
  }

  /** Those first that a few rows say are near. */
  private int[] order() {
    double[] glances = new double[exemplars.length];
    workers.run(exemplars.length, (i, thread) -> glances[i] = about(exemplars[i], GLANCE));
    return IntStream.range(0, exemplars.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> glances[i]))
        .mapToInt(i -> exemplars[i])
        .toArray();
  }

  /**
   * About how far an exemplar is.
   *
   * @param step 1 for all rows, or more for one of so many
   * @return less, but still too far, where it was left out on the way
   */
  private double about(int exemplar, int step) {
    int length = query.columns() * query.channels();
    float[] cells = new float[length];
    double sum = 0;
    for (int row = 0; row < query.rows(); row += step) {
      store.read(exemplar, row * query.columns(), query.columns(), cells, 0);
      for (int at = 0; at < length; at += RUN) {
        int count = Math.min(RUN, length - at);
        sum += kernels.squaredDistance(query.cells(), row * length + at, cells, at, count);
      }
      if (step == 1 && isFar(sum)) {
        return sum;
      }
    }
    if (step == 1 && Double.isFinite(sum)) {
      found(sum * (1 + ROUNDING) + LEAST);
    }
    return sum;
  }

  /** Whether an exemplar is none of the k nearest for certain; what is no number may be. */
  private boolean isFar(double about) {
    return Double.isFinite(about) && about * (1 - ROUNDING) - LEAST > limit;
  }

  private synchronized void found(double most) {
    nearest.add(most);
    if (nearest.size() > k) {
      nearest.remove();
    }
    if (nearest.size() == k) {
      limit = nearest.element();
    }
  }

  private static GlobalMatch match(
      CellStore store, FeatureMap query, Distance distance, int exemplar) {
    int run = query.columns() * query.channels();
    float[] cells = new float[run];
    Hyperpatches.Sums sums = new Hyperpatches.Sums(distance);
    for (int row = 0; row < query.rows(); row++) {
      store.read(exemplar, row * query.columns(), query.columns(), cells, 0);
      sums.add(query.cells(), row * run, cells, 0, run);
    }
    return new GlobalMatch(exemplar, sums.distance());
  }
}
