package org.compnn.bench.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.npy.Npy;

/**
 * A peer's best candidates ranked by the full distance, as a careful user would: on the stored
 * cells, with the kernel that the field search itself ranks with, so that no peer is slowed down by
 * its language. A hyperpatch is given up as soon as its sum is no longer the least.
 *
 * @param seconds for the field of one picture, the mean over the pictures in the best run
 * @param found for each picture and cell of the sample the nearest of its candidates, or -1
 */
record Reranking(double seconds, List<List<Long>> found) {
  /** How long it runs before it is timed. */
  private static final long WARM = 1_000_000_000L;

  Reranking {
    found = List.copyOf(found);
  }

  /** Keeps what a peer found, a file a picture; see {@link Answer.Run#best}. */
  static List<String> keep(
      Order order, String name, List<int[]> searched, int ranked, List<long[]> found) {
    List<String> files = new ArrayList<>();
    for (int picture = 0; picture < searched.size(); picture++) {
      int[] cells = searched.get(picture);
      int[] rows = new int[cells.length * (1 + ranked)];
      for (int i = 0; i < cells.length; i++) {
        rows[i * (1 + ranked)] = cells[i];
        for (int k = 0; k < ranked; k++) {
          rows[i * (1 + ranked) + 1 + k] =
              Math.toIntExact(found.get(picture)[cells[i] * ranked + k]);
        }
      }
      Path file = Path.of("%s.best-%s-%d.npy".formatted(order.file(), name, picture));
      Npy.write(file, new int[] {cells.length, 1 + ranked}, rows);
      files.add(file.toString());
    }
    return files;
  }

  /** Ranks what a run found on a prepared case. */
  static Reranking of(Prepared prepared, Answer.Run run, int repeats) {
    return of(
        prepared.store(),
        prepared.queries(),
        prepared.truths().stream().map(Truth::cells).toList(),
        prepared.one().hyperpatch(),
        run,
        repeats);
  }

  /**
   * Ranks what a run found; its files are read once, before the clock starts.
   *
   * @param queries standardised cells, a picture each
   * @param samples for each picture the cells whose matches are wanted
   */
  static Reranking of(
      CellStore store,
      List<FeatureMap> queries,
      List<List<Integer>> samples,
      int p,
      Answer.Run run,
      int repeats) {
    List<int[]> candidates = run.best().stream().map(file -> Npy.ints(Path.of(file))).toList();
    List<int[]> nearest = new ArrayList<>();
    long warm = System.nanoTime() + WARM;
    do {
      rank(store, queries, p, run, candidates, nearest);
    } while (System.nanoTime() < warm);
    double best = Double.POSITIVE_INFINITY;
    for (int repeat = 0; repeat < repeats; repeat++) {
      long begin = System.nanoTime();
      rank(store, queries, p, run, candidates, nearest);
      best = Math.min(best, (System.nanoTime() - begin) / 1e9 / candidates.size());
    }
    int cells = store.layer().cells();
    List<List<Long>> found = new ArrayList<>();
    for (int picture = 0; picture < nearest.size(); picture++) {
      int[] of = new int[cells];
      for (int i = 0; i < nearest.get(picture).length; i++) {
        of[candidates.get(picture)[i * (1 + run.ranked())]] = nearest.get(picture)[i];
      }
      found.add(samples.get(picture).stream().map(cell -> (long) of[cell]).toList());
    }
    return new Reranking(best * cells / run.cells(), found);
  }

  private static void rank(
      CellStore store,
      List<FeatureMap> queries,
      int p,
      Answer.Run run,
      List<int[]> candidates,
      List<int[]> nearest) {
    nearest.clear();
    for (int picture = 0; picture < candidates.size(); picture++) {
      int[] rows = candidates.get(picture);
      int[] best = new int[rows.length / (1 + run.ranked())];
      FeatureMap query = queries.get(picture);
      try {
        Trial.parallel(
            run.threads(),
            best.length,
            (from, to) -> {
              FullDistance distance = new FullDistance(store, query, p);
              for (int i = from; i < to; i++) {
                best[i] = distance.nearest(rows, i * (1 + run.ranked()), run.ranked());
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      nearest.add(best);
    }
  }

  /** Distances of one thread. */
  private static final class FullDistance {
    private final Kernels kernels = Kernels.best();
    private final CellStore store;
    private final FeatureMap query;
    private final int p;
    private final int width;
    private final float[] mine;
    private final float[] theirs;

    FullDistance(CellStore store, FeatureMap query, int p) {
      this.store = store;
      this.query = query;
      this.p = p;
      this.width = p * query.channels();
      this.mine = new float[p * width];
      this.theirs = new float[p * width];
    }

    /** The nearest of the candidates behind a cell's number; -1 if there is none. */
    int nearest(int[] rows, int at, int ranked) {
      Windows.copy(query, p, rows[at], mine, 0);
      int best = -1;
      float least = Float.POSITIVE_INFINITY;
      for (int k = 1; k <= ranked; k++) {
        int candidate = rows[at + k];
        if (candidate >= 0) {
          float distance = distance(candidate, least);
          if (distance < least) {
            least = distance;
            best = candidate;
          }
        }
      }
      return best;
    }

    private float distance(int candidate, float limit) {
      int columns = store.layer().columns();
      int cell = candidate % store.layer().cells();
      int exemplar = candidate / store.layer().cells();
      int row = cell / columns - (p - 1) / 2;
      int column = cell % columns - (p - 1) / 2;
      boolean inside =
          row >= 0 && row + p <= store.layer().rows() && column >= 0 && column + p <= columns;
      if (!inside) {
        Windows.copy(store, p, exemplar, cell, theirs);
        return kernels.squaredDistance(mine, 0, theirs, 0, mine.length);
      }
      float sum = 0;
      for (int a = 0; a < p && sum < limit; a++) {
        store.read(exemplar, (row + a) * columns + column, p, theirs, 0);
        sum += kernels.squaredDistance(mine, a * width, theirs, 0, width);
      }
      return sum;
    }
  }
}
