package org.compnn.search.field;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.Candidates;
import org.compnn.search.lists.BestEntries;
import org.compnn.threads.Workers;

/**
 * Ranks seeds by their full distance, then lets neighbouring cells of the query pass on their
 * matches, shifted by as much as they lie apart (PatchMatch: Barnes and others, SIGGRAPH 2009).
 *
 * <p>A round reads what the round before has left and writes a state of its own, so the outcome
 * does not depend on the number of threads.
 */
final class Refinement {
  private static final int[] DOWN = {-1, 1, 0, 0};
  private static final int[] RIGHT = {0, 0, -1, 1};

  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final int slots;
  private final int rows;
  private final int columns;
  private final Kernels kernels;
  private int[] match;
  private float[] distance;
  private boolean[] changed;

  /**
   * @param slots matches kept a cell
   */
  Refinement(
      CellStore store, FeatureMap query, SearchSettings settings, int slots, Kernels kernels) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    this.slots = slots;
    this.rows = query.rows();
    this.columns = query.columns();
    this.kernels = kernels;
    this.match = new int[rows * columns * slots];
    this.distance = new float[match.length];
    this.changed = new boolean[rows * columns];
    Arrays.fill(match, -1);
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
  }

  /** Takes the seeds of every cell. */
  void seed(Seeds.ByCode seeds, Workers workers) {
    boolean bounded = settings.distance() == Distance.L2;
    workers.run(
        rows,
        (row, thread) -> {
          Closeness closeness = new Closeness(store, query, settings, kernels);
          for (int column = 0; column < columns; column++) {
            int cell = row * columns + column;
            closeness.begin(cell);
            BestEntries entries = seeds.entries();
            int worst = cell * slots + slots - 1;
            for (int k = 0; k < entries.slots() && entries.entry(cell, k) >= 0; k++) {
              if (bounded && seeds.least(cell, k) >= distance[worst]) {
                // The further ones are no nearer.
                break;
              }
              int seed = entries.entry(cell, k);
              take(match, distance, cell, seed, closeness.of(seed, distance[worst]));
            }
            changed[cell] = true;
          }
        });
  }

  /** One round of propagation; returns how many cells have a nearer match now. */
  int propagate(Workers workers) {
    int[] nextMatch = match.clone();
    float[] nextDistance = distance.clone();
    boolean[] nextChanged = new boolean[changed.length];
    int[] moved = new int[rows];
    workers.run(
        rows,
        (row, thread) -> {
          Closeness closeness = new Closeness(store, query, settings, kernels);
          for (int column = 0; column < columns; column++) {
            int cell = row * columns + column;
            boolean begun = false;
            for (int n = 0; n < DOWN.length; n++) {
              int y = row + DOWN[n];
              int x = column + RIGHT[n];
              if (y < 0 || y >= rows || x < 0 || x >= columns || !changed[y * columns + x]) {
                continue;
              }
              int offered = shifted(match[(y * columns + x) * slots], -DOWN[n], -RIGHT[n]);
              if (offered < 0 || known(nextMatch, cell, offered)) {
                continue;
              }
              if (!begun) {
                closeness.begin(cell);
                begun = true;
              }
              float near = closeness.of(offered, nextDistance[cell * slots + slots - 1]);
              if (near < nextDistance[cell * slots]) {
                nextChanged[cell] = true;
              }
              take(nextMatch, nextDistance, cell, offered, near);
            }
            if (nextChanged[cell]) {
              moved[row]++;
            }
          }
        });
    match = nextMatch;
    distance = nextDistance;
    changed = nextChanged;
    return Arrays.stream(moved).sum();
  }

  /** A match moved within its exemplar; -1 if there is none or it would leave it. */
  private int shifted(int from, int down, int right) {
    if (from < 0) {
      return -1;
    }
    int cells = store.layer().cells();
    int width = store.layer().columns();
    int row = from % cells / width + down;
    int column = from % cells % width + right;
    if (row < 0 || row >= store.layer().rows() || column < 0 || column >= width) {
      return -1;
    }
    return from + down * width + right;
  }

  private boolean known(int[] matches, int cell, int offered) {
    for (int k = 0; k < slots; k++) {
      if (matches[cell * slots + k] == offered) {
        return true;
      }
    }
    return false;
  }

  private void take(int[] matches, float[] distances, int cell, int offered, float near) {
    int from = cell * slots;
    int at = from + slots - 1;
    if (!(near < distances[at]) || known(matches, cell, offered)) {
      return;
    }
    while (at > from && near < distances[at - 1]) {
      distances[at] = distances[at - 1];
      matches[at] = matches[at - 1];
      at--;
    }
    distances[at] = near;
    matches[at] = offered;
  }

  /** The matches as the final ranking takes them. */
  Candidates candidates() {
    Candidates candidates = new Candidates(rows * columns, slots);
    int cells = store.layer().cells();
    for (int cell = 0; cell < rows * columns; cell++) {
      for (int k = 0; k < slots; k++) {
        int found = match[cell * slots + k];
        if (found >= 0) {
          candidates.offer(cell, -distance[cell * slots + k], found / cells, found % cells, 0);
        }
      }
    }
    return candidates;
  }
}
