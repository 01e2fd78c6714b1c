package org.compnn.search;

import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.threads.Workers;

/**
 * First matches for every cell of a query: the nearest entries, by code, of the cell's nearest
 * lists. Cells that want the same list are served together.
 *
 * <p>The nearest list of every cell comes first: what it gives is the floor for what the further
 * ones may offer, so that most of their entries are passed over.
 */
final class Seeds {
  /** Lists for a cell at the most, however few exemplars are selected. */
  private static final int MOST_PROBES = 256;

  /** Lists for a cell in one pass; what a pass finds is held until it ends. */
  private static final int PASS = 8;

  /** The same where most entries of a list do not count. */
  private static final int SPARSE_PASS = 32;

  /** What refinement takes at the most, over the time until the nearest lists are searched. */
  private static final double REFINEMENT = 2;

  private final CellStore store;
  private final ListIndex index;
  private final Kernels kernels;
  private final Effort effort;
  private final int slots;

  /**
   * @param slots seeds for a cell, 1 or more
   */
  Seeds(CellStore store, ListIndex index, Kernels kernels, Effort effort, int slots) {
    this.store = store;
    this.index = index;
    this.kernels = kernels;
    this.effort = effort;
    this.slots = slots;
  }

  /**
   * What was found.
   *
   * @param entries of each query cell: numbers of cells, nearest by code first
   * @param squares for each query cell the squared length of its code
   * @param rounding how far a stored code may be from the code it stands for
   * @param probes lists that were searched for a cell
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record Found(BestEntries entries, float[] squares, float rounding, int probes) {
    /**
     * What the squared L2 distance of a query cell's k-th entry is at least: codes are projections,
     * so they lie no farther apart than the hyperpatches. (A code beyond the range of its bytes was
     * cut; then it may be less.)
     */
    float least(int query, int k) {
      float byCode = squares[query] - 2 * entries.score(query, k);
      float length = (float) Math.sqrt(Math.max(0, byCode)) - rounding;
      return length > 0 ? length * length : 0;
    }
  }

  /**
   * The best entries of each query cell.
   *
   * @param deadline further lists are searched only if that and the refinement still fit
   */
  Found find(FeatureMap query, SearchSettings settings, Workers workers, Deadline deadline) {
    long begin = System.nanoTime();
    int queries = query.rows() * query.columns();
    int probes = probes(settings);
    float[] codes = codes(query, workers);
    int[] lists = lists(query, codes, probes, workers);
    float[] squares = squares(codes, index.projection().axes());
    scale(codes, settings.distance() == Distance.COSINE);
    BestEntries found = new BestEntries(queries, slots);
    ListScan[] scans = new ListScan[workers.threads()];
    for (int i = 0; i < scans.length; i++) {
      scans[i] =
          new ListScan(
              new ListChunk(
                  index,
                  kernels,
                  settings.selection(),
                  store.layer().cells(),
                  settings.distance() == Distance.COSINE),
              kernels,
              index.projection().axes(),
              slots);
    }
    Selection selection = settings.selection();
    int pass = 4 * selection.size() < selection.exemplars() ? SPARSE_PASS : PASS;
    int reached = 0;
    int next = 1;
    double each = 0;
    double reserve = 0;
    while (reached == 0 || (reached < probes && deadline.allows(next * each + reserve))) {
      long start = System.nanoTime();
      Visits visits = Visits.of(lists, probes, reached, reached + next, index.lists());
      float[] floor = new float[visits.size()];
      for (int visit = 0; visit < floor.length; visit++) {
        floor[visit] = found.least(visits.query()[visit]);
      }
      merge(visits, scan(visits, codes, floor, scans, workers), found);
      each = (double) (System.nanoTime() - start) / next;
      if (reached == 0) {
        reserve = REFINEMENT * (System.nanoTime() - begin);
      }
      reached += next;
      next = Math.min(probes - reached, deadline.isSet() ? Math.min(reached, pass) : pass);
    }
    return new Found(found, squares, index.rounding(), reached);
  }

  private static float[] squares(float[] codes, int axes) {
    float[] squares = new float[codes.length / axes];
    for (int i = 0; i < codes.length; i++) {
      squares[i / axes] += codes[i] * codes[i];
    }
    return squares;
  }

  private int probes(SearchSettings settings) {
    double share = (double) settings.selection().size() / settings.selection().exemplars();
    // A selection leaves fewer entries in a list, so more lists are read.
    long probes = Math.round(Math.ceil(effort.probes() / Math.max(share, 1e-9)));
    return (int) Math.min(index.lists(), Math.min(Math.max(MOST_PROBES, effort.probes()), probes));
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
                kernels, window, 0, codes, (row * query.columns() + column) * projection.axes());
          }
        });
    return codes;
  }

  /** The lists of each query cell, nearest first. */
  private int[] lists(FeatureMap query, float[] codes, int probes, Workers workers) {
    int[] lists = new int[query.rows() * query.columns() * probes];
    int within = Math.max(effort.within(), 1 + probes / 16);
    workers.run(
        query.rows(),
        (row, thread) ->
            index
                .chooser()
                .scratch(within, probes)
                .choose(codes, row * query.columns(), query.columns(), lists));
    return lists;
  }

  private void scale(float[] codes, boolean cosine) {
    int axes = index.projection().axes();
    float[] steps = index.steps();
    for (int at = 0; at < codes.length; at += axes) {
      double norm = 0;
      for (int k = 0; cosine && k < axes; k++) {
        norm += (double) codes[at + k] * codes[at + k];
      }
      float scale = cosine && norm > 0 ? (float) (1 / Math.sqrt(norm)) : 1;
      for (int k = 0; k < axes; k++) {
        codes[at + k] *= steps[k] * scale;
      }
    }
  }

  private BestEntries scan(
      Visits visits, float[] codes, float[] floor, ListScan[] scans, Workers workers) {
    BestEntries found = new BestEntries(visits.size(), slots);
    int[] visited = visits.visited();
    workers.run(
        visited.length,
        (number, thread) -> {
          int list = visited[number];
          int from = visits.begin()[list];
          int to = visits.begin()[list + 1];
          scans[thread].scan(list, visits.query(), from, to, codes, floor, found);
        });
    return found;
  }

  /** Offers what visits have found to their queries, list by list. */
  private void merge(Visits visits, BestEntries found, BestEntries into) {
    for (int visit = 0; visit < visits.size(); visit++) {
      int q = visits.query()[visit];
      for (int k = 0; k < slots && found.entry(visit, k) >= 0; k++) {
        if (!(found.score(visit, k) > into.least(q))) {
          break;
        }
        into.offer(q, found.score(visit, k), found.entry(visit, k));
      }
    }
  }
}
