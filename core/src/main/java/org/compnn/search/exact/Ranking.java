package org.compnn.search.exact;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;

/** Puts candidates in the order of their distances, calculated directly. */
public final class Ranking {
  private static final int CHUNK = 4096;

  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;

  public Ranking(CellStore store, FeatureMap query, SearchSettings settings) {
    this.store = store;
    this.query = query;
    this.settings = settings;
  }

  public Field rank(Candidates candidates, Workers workers) {
    return field(part(candidates, workers), settings.topK());
  }

  /** Candidates with their distances. */
  ExactPart part(Candidates candidates, Workers workers) {
    return new ExactPart(
        query.rows(),
        query.columns(),
        store.layer().columns(),
        candidates.slots(),
        candidates.score(),
        candidates.exemplar(),
        candidates.cell(),
        distances(candidates, workers));
  }

  /** The nearest of some candidates. */
  static Field field(ExactPart part, int k) {
    int cells = part.rows() * part.columns();
    int[] exemplar = new int[cells * k];
    int[] row = new int[cells * k];
    int[] column = new int[cells * k];
    float[] nearest = new float[cells * k];
    int slots = part.slots();
    int[] order = new int[slots];
    for (int q = 0; q < cells; q++) {
      sort(part, q * slots, order);
      for (int i = 0; i < k; i++) {
        int from = order[i];
        int to = q * k + i;
        exemplar[to] = part.exemplar()[from];
        boolean found = exemplar[to] >= 0;
        row[to] = found ? part.cell()[from] / part.layerColumns() : -1;
        column[to] = found ? part.cell()[from] % part.layerColumns() : -1;
        nearest[to] = (float) part.distance()[from];
      }
    }
    return new Field(part.rows(), part.columns(), k, exemplar, row, column, nearest);
  }

  /** Insertion sort: candidates come nearly sorted, and they are few. */
  private static void sort(ExactPart part, int from, int[] order) {
    for (int i = 0; i < order.length; i++) {
      int entry = from + i;
      int at = i;
      while (at > 0 && before(part, entry, order[at - 1])) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = entry;
    }
  }

  private static boolean before(ExactPart part, int one, int other) {
    int byDistance = Double.compare(part.distance()[one], part.distance()[other]);
    if (byDistance != 0) {
      return byDistance < 0;
    }
    int byExemplar = Integer.compare(part.exemplar()[one], part.exemplar()[other]);
    return byExemplar != 0 ? byExemplar < 0 : part.cell()[one] < part.cell()[other];
  }

  private double[] distances(Candidates candidates, Workers workers) {
    double[] distance = new double[candidates.exemplar().length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int[] order = byExemplar(candidates.exemplar());
    workers.run(
        Math.ceilDiv(order.length, CHUNK),
        (chunk, thread) -> {
          Hyperpatches hyperpatches = new Hyperpatches(store, query, settings);
          for (int i = chunk * CHUNK; i < Math.min(order.length, (chunk + 1) * CHUNK); i++) {
            int entry = order[i];
            distance[entry] =
                hyperpatches.distance(
                    entry / candidates.slots(),
                    candidates.exemplar()[entry],
                    candidates.cell()[entry]);
          }
        });
    return distance;
  }

  /** The entries that there are, exemplar by exemplar, so that the disk is read in order. */
  private int[] byExemplar(int[] exemplar) {
    int[] from = new int[store.exemplars() + 1];
    for (int e : exemplar) {
      if (e >= 0) {
        from[e + 1]++;
      }
    }
    for (int e = 0; e < store.exemplars(); e++) {
      from[e + 1] += from[e];
    }
    int[] order = new int[from[store.exemplars()]];
    for (int i = 0; i < exemplar.length; i++) {
      if (exemplar[i] >= 0) {
        order[from[exemplar[i]]++] = i;
      }
    }
    return order;
  }
}
