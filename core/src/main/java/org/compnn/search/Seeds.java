package org.compnn.search;

import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;

/**
 * First matches for every cell of a query: the nearest entries, by code, of the cell's nearest
 * lists. Cells that want the same list are served together.
 */
final class Seeds {
  /** Lists for a cell at the most, however few exemplars are selected. */
  private static final int MOST_PROBES = 32;

  private final CellStore store;
  private final ListIndex index;
  private final Kernels kernels;
  private final Quality quality;
  private final int slots;

  /**
   * @param slots seeds for a cell, 1 or more
   */
  Seeds(CellStore store, ListIndex index, Kernels kernels, Quality quality, int slots) {
    this.store = store;
    this.index = index;
    this.kernels = kernels;
    this.quality = quality;
    this.slots = slots;
  }

  /**
   * Finds them.
   *
   * @return numbers of cells, {@code slots} a query cell, row by row; -1 where there are fewer
   */
  int[][] find(FeatureMap query, SearchSettings settings, Workers workers, int threads) {
    int queries = query.rows() * query.columns();
    int probes = probes(settings);
    float[] codes = codes(query, workers);
    int[] lists = new int[queries * probes];
    int axes = index.projection().axes();
    workers.run(
        query.rows(),
        (row, thread) -> {
          for (int q = row * query.columns(); q < (row + 1) * query.columns(); q++) {
            index
                .quantiser()
                .nearest(
                    codes,
                    q * axes,
                    Math.max(quality.within(), 1 + probes / 16),
                    lists,
                    q * probes,
                    probes);
          }
        });
    scale(codes, settings.distance() == Distance.COSINE);
    // Visits in the order of their lists; within a list in the order of the queries.
    int[] begin = new int[index.lists() + 1];
    for (int list : lists) {
      if (list >= 0) {
        begin[list + 1]++;
      }
    }
    for (int list = 0; list < index.lists(); list++) {
      begin[list + 1] += begin[list];
    }
    int visits = begin[index.lists()];
    int[] queryOf = new int[visits];
    int[] visitOf = new int[lists.length];
    int[] next = begin.clone();
    for (int i = 0; i < lists.length; i++) {
      visitOf[i] = -1;
      if (lists[i] >= 0) {
        visitOf[i] = next[lists[i]]++;
        queryOf[visitOf[i]] = i / probes;
      }
    }
    BestEntries found = new BestEntries(visits, slots);
    ListScan[] scans = new ListScan[threads];
    int[] wanted = IntStream.range(0, index.lists()).filter(l -> begin[l + 1] > begin[l]).toArray();
    workers.run(
        wanted.length,
        (number, thread) -> {
          if (scans[thread] == null) {
            scans[thread] =
                new ListScan(
                    index,
                    kernels,
                    settings.selection(),
                    store.layer().cells(),
                    settings.distance() == Distance.COSINE);
          }
          int list = wanted[number];
          scans[thread].scan(list, queryOf, begin[list], begin[list + 1], codes, found);
        });
    int[][] seeds = new int[query.rows()][];
    workers.run(
        query.rows(),
        (row, thread) ->
            seeds[row] = merge(row * query.columns(), query.columns(), probes, visitOf, found));
    return seeds;
  }

  private int probes(SearchSettings settings) {
    double share = (double) settings.selection().size() / settings.selection().exemplars();
    // A selection leaves fewer entries in a list, so more lists are read.
    long probes = Math.round(Math.ceil(quality.probes() / Math.max(share, 1e-9)));
    return (int) Math.min(index.lists(), Math.min(Math.max(MOST_PROBES, quality.probes()), probes));
  }

  private float[] codes(FeatureMap query, Workers workers) {
    Projection projection = index.projection();
    int p = index.hyperpatch();
    float[] codes = new float[query.rows() * query.columns() * projection.axes()];
    workers.run(
        query.rows(),
        (row, thread) -> {
          float[] window = new float[projection.inputs()];
          for (int column = 0; column < query.columns(); column++) {
            Windows.copy(
                query.cells(),
                query.rows(),
                query.columns(),
                query.channels(),
                row,
                column,
                -((p - 1) / 2),
                p,
                window,
                0);
            projection.project(
                window, 0, codes, (row * query.columns() + column) * projection.axes());
          }
        });
    return codes;
  }

  private void scale(float[] codes, boolean cosine) {
    int axes = index.projection().axes();
    float[] steps = index.steps();
    for (int at = 0; at < codes.length; at += axes) {
      double norm = 0;
      for (int k = 0; k < axes; k++) {
        norm += (double) codes[at + k] * codes[at + k];
      }
      float scale = cosine && norm > 0 ? (float) (1 / Math.sqrt(norm)) : 1;
      for (int k = 0; k < axes; k++) {
        codes[at + k] *= steps[k] * scale;
      }
    }
  }

  /** The best of a row's cells over their visits. */
  private int[] merge(int from, int count, int probes, int[] visitOf, BestEntries found) {
    int[] best = new int[count * slots];
    BestEntries merged = new BestEntries(count, slots);
    for (int q = 0; q < count; q++) {
      for (int i = 0; i < probes; i++) {
        int visit = visitOf[(from + q) * probes + i];
        for (int k = 0; visit >= 0 && k < slots && found.entry(visit, k) >= 0; k++) {
          if (found.score(visit, k) > merged.least(q)) {
            merged.offer(q, found.score(visit, k), found.entry(visit, k));
          }
        }
      }
      for (int k = 0; k < slots; k++) {
        best[q * slots + k] = merged.entry(q, k);
      }
    }
    return best;
  }
}
