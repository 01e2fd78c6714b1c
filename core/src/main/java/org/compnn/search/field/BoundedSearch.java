package org.compnn.search.field;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.Windows;
import org.compnn.search.lists.Centroids;
import org.compnn.search.lists.ListChunk;
import org.compnn.search.lists.ListIndex;
import org.compnn.search.lists.Projection;
import org.compnn.threads.Workers;

/**
 * Finds the exact distance of the nearest match of some cells of a field, by the lists, without
 * comparing all cells.
 *
 * <p>Codes are orthogonal projections, so two codes lie no farther apart than their hyperpatches do
 * (and hyperpatches no farther than greater ones around the same cells). Stored codes are off by at
 * most {@link ListIndex#rounding}. So a list whose centroid lies farther from a cell's code than
 * its radius, the rounding and the distance of the match found so far need not be opened, and an
 * entry whose code lies farther than the latter two need not be read: neither can hold a nearer
 * match. What remains is compared in full.
 */
final class BoundedSearch {
  /** More than all rounding of single precision, relative to the length of a code. */
  private static final double MARGIN = 1e-3;

  private final CellStore store;
  private final ListIndex index;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final Kernels kernels;
  private final int axes;
  private final int[] chosen;
  private final float[] codes;
  private final double[] lengths;
  private final float[] nearest;

  /** Whether the lists bound the distances that are asked for. */
  static boolean possible(ListIndex index, SearchSettings settings) {
    return settings.distance() == Distance.L2 && index.hyperpatch() <= settings.hyperpatch();
  }

  /**
   * @param query standardised cells
   * @param chosen numbers of cells, row x columns + column
   */
  BoundedSearch(
      CellStore store,
      ListIndex index,
      Kernels kernels,
      FeatureMap query,
      SearchSettings settings,
      Field field,
      int[] chosen) {
    this.store = store;
    this.index = index;
    this.kernels = kernels;
    this.query = query;
    this.settings = settings;
    this.axes = index.projection().axes();
    this.chosen = chosen;
    this.codes = new float[chosen.length * axes];
    this.lengths = new double[chosen.length];
    this.nearest = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      nearest[i] = field.distance()[chosen[i] * field.topK()];
    }
    project();
  }

  private void project() {
    Projection projection = index.projection();
    int p = index.hyperpatch();
    float[] window = new float[projection.inputs()];
    for (int i = 0; i < chosen.length; i++) {
      Windows.copy(
          query.cells(),
          query.rows(),
          query.columns(),
          query.channels(),
          chosen[i] / query.columns(),
          chosen[i] % query.columns(),
          -((p - 1) / 2),
          p,
          window,
          0);
      projection.project(kernels, window, 0, codes, i * axes);
      double sum = 0;
      for (int k = 0; k < axes; k++) {
        sum += (double) codes[i * axes + k] * codes[i * axes + k];
      }
      lengths[i] = Math.sqrt(sum);
    }
  }

  /** How far a stored code may lie from a cell's if it is to be nearer than what was found. */
  private double reach(int i) {
    return Math.sqrt(nearest[i]) + index.rounding() + MARGIN * (1 + lengths[i]);
  }

  /** The distance of each chosen cell's nearest match. */
  float[] distances(Workers workers) {
    int threads = workers.threads();
    boolean[][] opened = opened(workers);
    float[] scaled = codes.clone();
    float[] floor = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int k = 0; k < axes; k++) {
        scaled[i * axes + k] *= index.steps()[k];
      }
      double reach = reach(i);
      floor[i] = (float) ((lengths[i] * lengths[i] - reach * reach) / 2);
    }
    float[][] least = new float[threads][];
    ListChunk[] chunks = new ListChunk[threads];
    Closeness[] closeness = new Closeness[threads];
    for (int t = 0; t < threads; t++) {
      least[t] = nearest.clone();
      chunks[t] = new ListChunk(index, kernels, settings.selection(), store.layer().cells(), false);
      closeness[t] = new Closeness(store, query, settings, kernels);
    }
    workers.run(
        index.lists(),
        (list, t) -> scan(list, opened[list], scaled, floor, chunks[t], closeness[t], least[t]));
    for (float[] found : least) {
      for (int i = 0; i < found.length; i++) {
        nearest[i] = Math.min(nearest[i], found[i]);
      }
    }
    return nearest;
  }

  /** For each list the cells that it may hold a nearer match of. */
  private boolean[][] opened(Workers workers) {
    boolean[][] opened = new boolean[index.lists()][chosen.length];
    workers.run(
        Math.ceilDiv(index.lists(), ListChunk.WIDTH),
        (part, thread) -> {
          int first = part * ListChunk.WIDTH;
          int end = Math.min(index.lists(), first + ListChunk.WIDTH);
          Centroids lists = index.centroids(first, end, kernels);
          float[] block = new float[Kernels.ROWS * axes];
          float[] scores = new float[Kernels.ROWS * lists.width()];
          for (int at = 0; at < chosen.length; at += Kernels.ROWS) {
            int rows = Math.min(Kernels.ROWS, chosen.length - at);
            for (int r = 0; r < rows; r++) {
              Centroids.pack(codes, axes, at + r, r, block);
            }
            lists.compare(block, scores, lists.width());
            for (int r = 0; r < rows; r++) {
              double square = lengths[at + r] * lengths[at + r];
              double reach = reach(at + r);
              for (int list = first; list < end; list++) {
                double within = reach + index.radii()[list];
                double away = square - 2.0 * scores[r * lists.width() + list - first];
                opened[list][at + r] = away < within * within;
              }
            }
          }
        });
    return opened;
  }

  private void scan(
      int list,
      boolean[] wanted,
      float[] scaled,
      float[] floor,
      ListChunk chunk,
      Closeness closeness,
      float[] least) {
    int count = 0;
    int[] rows = new int[chosen.length];
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        rows[count++] = i;
      }
    }
    if (count == 0) {
      return;
    }
    float[] block = new float[Kernels.ROWS * axes];
    float[] limits = new float[Kernels.ROWS];
    float[] scores = new float[Kernels.ROWS * ListChunk.WIDTH];
    int[] columns = new int[ListChunk.WIDTH];
    for (int number = 0; number < chunk.chunks(list); number++) {
      if (!chunk.read(list, number)) {
        continue;
      }
      if (index.radii()[list] == Float.POSITIVE_INFINITY) {
        // Codes that were cut are under no bound.
        chunk.raiseCut();
      }
      for (int at = 0; at < count; at += Kernels.ROWS) {
        int filled = Math.min(Kernels.ROWS, count - at);
        Arrays.fill(limits, Float.POSITIVE_INFINITY);
        for (int r = 0; r < Kernels.ROWS; r++) {
          Centroids.pack(scaled, axes, rows[at + Math.min(r, filled - 1)], r, block);
          if (r < filled) {
            limits[r] = floor[rows[at + r]];
          }
        }
        if (!chunk.compare(block, scores, limits)) {
          continue;
        }
        for (int r = 0; r < filled; r++) {
          int width = chunk.width();
          int found = kernels.above(scores, r * width, width, limits[r], columns);
          if (found > 0) {
            int cell = rows[at + r];
            closeness.begin(chosen[cell]);
            for (int n = 0; n < found; n++) {
              float distance = closeness.of(chunk.cells()[columns[n]], least[cell]);
              least[cell] = Math.min(least[cell], distance);
            }
          }
        }
      }
    }
  }
}
