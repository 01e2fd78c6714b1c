package org.compnn.search.field;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.Hyperpatches;
import org.compnn.search.exact.Windows;
import org.compnn.search.lists.Centroids;
import org.compnn.search.lists.ListChunk;
import org.compnn.search.lists.ListIndex;
import org.compnn.search.lists.Projection;
import org.compnn.threads.Workers;

/**
 * Finds the exact distance of the nearest match of some cells of a field, by the lists, without
 * comparing all cells: a list that the {@link Reach} of a cell does not meet need not be opened,
 * and an entry whose code is not in reach need not be read. What remains is compared in full.
 */
final class BoundedSearch {
  /** Single precision may be off by so much where distances are small. */
  private static final float ROUNDING = 1e-6f;

  private final CellStore store;
  private final ListIndex index;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final Kernels kernels;
  private final int axes;
  private final int[] chosen;
  private final float[] codes;
  private final Reach[] reach;
  private final float[] nearest;

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
    this.reach = new Reach[chosen.length];
    this.nearest = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      nearest[i] = field.distance()[chosen[i] * field.topK()];
    }
    project();
  }

  private void project() {
    Projection projection = index.projection();
    float[] code = new float[axes];
    for (int i = 0; i < chosen.length; i++) {
      float[] window = window(i, index.hyperpatch(), -((index.hyperpatch() - 1) / 2));
      projection.project(kernels, window, 0, codes, i * axes);
      System.arraycopy(codes, i * axes, code, 0, axes);
      double whole = length(window(i, settings.hyperpatch(), settings.firstOffset()));
      reach[i] = Reach.of(settings.distance(), index, length(code), whole, nearest[i]);
    }
  }

  private float[] window(int i, int p, int offset) {
    float[] window = new float[p * p * query.channels()];
    Windows.copy(
        query.cells(),
        query.rows(),
        query.columns(),
        query.channels(),
        chosen[i] / query.columns(),
        chosen[i] % query.columns(),
        offset,
        p,
        window,
        0);
    return window;
  }

  private static double length(float[] numbers) {
    double sum = 0;
    for (float x : numbers) {
      sum += (double) x * x;
    }
    return Math.sqrt(sum);
  }

  /** The distance of each chosen cell's nearest match. */
  float[] distances(Workers workers) {
    int threads = workers.threads();
    boolean[][] opened = opened(workers);
    float[] scaled = codes.clone();
    float[] floor = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int k = 0; k < axes; k++) {
        scaled[i * axes + k] *= (float) (index.steps()[k] * reach[i].scale());
      }
      floor[i] = reach[i].floor();
    }
    float[][] least = new float[threads][];
    ListChunk[] chunks = new ListChunk[threads];
    Closeness[] closeness = new Closeness[threads];
    Hyperpatches[] hyperpatches = new Hyperpatches[threads];
    for (int t = 0; t < threads; t++) {
      least[t] = nearest.clone();
      chunks[t] =
          new ListChunk(
              index,
              kernels,
              settings.selection(),
              store.layer().cells(),
              settings.distance() == Distance.COSINE);
      closeness[t] = new Closeness(store, query, settings, kernels);
      hyperpatches[t] = new Hyperpatches(store, query, settings);
    }
    workers.run(
        index.lists(),
        (list, t) ->
            scan(
                list,
                opened[list],
                scaled,
                floor,
                chunks[t],
                closeness[t],
                hyperpatches[t],
                least[t]));
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
              open(at + r, first, end, scores, r * lists.width(), opened);
            }
          }
        });
    return opened;
  }

  /** The lists from {@code first} that may hold a nearer match of a chosen cell, by its scores. */
  private void open(int cell, int first, int end, float[] scores, int from, boolean[][] opened) {
    for (int list = first; list < end; list++) {
      // A score is the product less half the centroid's square.
      double length = index.length(list);
      double product = scores[from + list - first] + length * length / 2;
      opened[list][cell] = reach[cell].meets(product, length, index.radii()[list]);
    }
  }

  private void scan(
      int list,
      boolean[] wanted,
      float[] scaled,
      float[] floor,
      ListChunk chunk,
      Closeness closeness,
      Hyperpatches hyperpatches,
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
      if (settings.distance() == Distance.COSINE) {
        chunk.raise(index.rounding());
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
              int entry = chunk.cells()[columns[n]];
              if (closeness.of(entry, least[cell] + ROUNDING) < least[cell] + ROUNDING) {
                int cells = store.layer().cells();
                double distance = hyperpatches.distance(chosen[cell], entry / cells, entry % cells);
                least[cell] = (float) Math.min(least[cell], distance);
              }
            }
          }
        }
      }
    }
  }
}
