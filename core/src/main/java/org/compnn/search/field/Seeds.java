package org.compnn.search.field;

import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.Windows;
import org.compnn.search.lists.BestEntries;
import org.compnn.search.lists.ListChooser;
import org.compnn.search.lists.ListChunk;
import org.compnn.search.lists.ListIndex;
import org.compnn.search.lists.ListScan;
import org.compnn.search.lists.Projection;
import org.compnn.threads.Workers;

/**
 * First matches for every cell of a query: the nearest entries, by code, of the cell's nearest
 * lists. Cells that want the same list are served together.
 *
 * <p>The nearest list of every cell comes first: what it gives is the floor for what the further
 * ones may offer, so that most of their entries are passed over.
 */
final class Seeds {
  /** Lists for any cell at the most. */
  private static final int MOST = 1024;

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
   * What was found by code.
   *
   * @param entries of each query cell: numbers of cells, nearest by code first
   * @param squares for each query cell the squared length of its code
   * @param rounding how far a stored code may be from the code it stands for
   * @param probes lists that were searched for a cell on average
   * @param away mean distance by code after the nearest list
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record ByCode(BestEntries entries, float[] squares, float rounding, int probes, double away) {
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
  ByCode find(FeatureMap query, SearchSettings settings, Workers workers, Deadline deadline) {
    long begin = System.nanoTime();
    boolean cosine = settings.distance() == Distance.COSINE;
    int axes = index.projection().axes();
    float[] codes = codes(query, workers);
    float[] squares = squares(codes, axes);
    ListChooser chooser = cosine ? index.chooserByAngle() : index.chooser();
    ProbeLists nearest = ProbeLists.each(chooser, codes, axes, 1, workers);
    float[] scaled = scaled(codes, cosine);
    BestEntries found = new BestEntries(squares.length, slots);
    ListScan[] scans = scans(settings, workers);
    long start = System.nanoTime();
    double visits = visit(nearest, 0, 1, scaled, scans, found, workers);
    double each = (System.nanoTime() - start) / Math.max(1, visits);
    double reserve = REFINEMENT * (System.nanoTime() - begin);
    float[] away = away(found, squares, cosine);
    double mean = mean(away);
    if (deadline.allows(each * squares.length + reserve)) {
      ProbeLists further = nearest.further(chooser, codes, axes, limits(away, mean), workers);
      Selection selection = settings.selection();
      int pass = 4 * selection.size() < selection.exemplars() ? SPARSE_PASS : PASS;
      for (int from = 0; from < further.most(); ) {
        int to = from + (deadline.isSet() ? Math.min(Math.max(1, from), pass) : pass);
        if (!deadline.allows(each * further.count(from, to) + reserve)) {
          break;
        }
        start = System.nanoTime();
        double made = visit(further, from, to, scaled, scans, found, workers);
        each = (System.nanoTime() - start) / Math.max(1, made);
        visits += made;
        from = to;
      }
    }
    return byCode(found, squares, visits, mean);
  }

  private ByCode byCode(BestEntries found, float[] squares, double visits, double mean) {
    int probes = (int) Math.max(1, Math.round(visits / squares.length));
    return new ByCode(found, squares, index.rounding(), probes, mean);
  }

  private ListScan[] scans(SearchSettings settings, Workers workers) {
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
    return scans;
  }

  /** Searches some of each query's lists; returns how many visits that were. */
  private int visit(
      ProbeLists lists,
      int from,
      int to,
      float[] codes,
      ListScan[] scans,
      BestEntries found,
      Workers workers) {
    Visits visits = Visits.of(lists, from, to, index.lists());
    float[] floor = new float[visits.size()];
    for (int visit = 0; visit < floor.length; visit++) {
      floor[visit] = found.least(visits.query()[visit]);
    }
    merge(visits, scan(visits, codes, floor, scans, workers), found);
    return visits.size();
  }

  /** How far each query is, by code, from the nearest that it has found. */
  private static float[] away(BestEntries found, float[] squares, boolean cosine) {
    float[] away = new float[squares.length];
    for (int q = 0; q < away.length; q++) {
      float score = found.score(q, 0);
      away[q] = Math.max(0, cosine ? 1 - score : squares[q] - 2 * score);
    }
    return away;
  }

  private static double mean(float[] away) {
    double sum = 0;
    int counted = 0;
    for (float x : away) {
      if (Float.isFinite(x)) {
        sum += x;
        counted++;
      }
    }
    return sum / Math.max(1, counted);
  }

  /**
   * How many lists each query is to visit. A query far from all that it has found yet has its
   * nearest match in almost any of many lists, and counts most in the mean distance; one that has
   * found something near is as good as done. So lists are given out in proportion to the distance.
   */
  private int[] limits(float[] away, double mean) {
    double probes = Math.max(1, effort.probes() * effort.times(mean));
    int most = (int) Math.min(index.lists(), Math.min(MOST, Math.ceil(effort.spread() * probes)));
    int[] limits = new int[away.length];
    for (int q = 0; q < away.length; q++) {
      long wanted = Math.round(mean > 0 ? probes * (away[q] / mean) : probes);
      limits[q] = Math.clamp(wanted, Math.min(most, 1), most);
    }
    return limits;
  }

  private static float[] squares(float[] codes, int axes) {
    float[] squares = new float[codes.length / axes];
    for (int i = 0; i < codes.length; i++) {
      squares[i / axes] += codes[i] * codes[i];
    }
    return squares;
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

  /** Codes as the scan takes them: steps taken in, of length 1 for cosine. */
  private float[] scaled(float[] codes, boolean cosine) {
    int axes = index.projection().axes();
    float[] steps = index.steps();
    float[] scaled = new float[codes.length];
    for (int at = 0; at < codes.length; at += axes) {
      double norm = 0;
      for (int k = 0; cosine && k < axes; k++) {
        norm += (double) codes[at + k] * codes[at + k];
      }
      float scale = cosine && norm > 0 ? (float) (1 / Math.sqrt(norm)) : 1;
      for (int k = 0; k < axes; k++) {
        scaled[at + k] = codes[at + k] * (steps[k] * scale);
      }
    }
    return scaled;
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
