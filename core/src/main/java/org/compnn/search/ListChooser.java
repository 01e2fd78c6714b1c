package org.compnn.search;

import org.compnn.kernels.Kernels;

/**
 * Chooses the lists of codes: a code is compared with all groups, then with the lists of the
 * nearest groups. Safe for many threads, each with a {@link Scratch} of its own.
 */
final class ListChooser {
  /** Entries are the columns themselves. */
  private static final int[] COLUMNS = {};

  private final int axes;
  private final int[] first;
  private final Centroids groups;
  private final Centroids[] lists;
  private final Kernels kernels;
  private final int width;

  ListChooser(CoarseQuantiser quantiser, Kernels kernels) {
    this.axes = quantiser.axes();
    this.first = quantiser.first();
    this.kernels = kernels;
    this.groups = new Centroids(quantiser.groups(), axes, 0, first.length - 1, kernels);
    this.lists = new Centroids[first.length - 1];
    int widest = groups.width();
    for (int g = 0; g < lists.length; g++) {
      lists[g] = new Centroids(quantiser.lists(), axes, first[g], first[g + 1], kernels);
      widest = Math.max(widest, lists[g].width());
    }
    this.width = widest;
  }

  /** What one thread works with. */
  final class Scratch {
    private final float[] block = new float[Kernels.ROWS * axes];
    private final float[] scores = new float[Kernels.ROWS * width];
    private final int[] wantedBy = new int[lists.length];
    private final int[] wanted;
    private final BestEntries nearGroups;
    private final BestEntries nearLists;
    private final RowPick pickGroups;
    private final RowPick pickLists;
    private final int within;
    private final int probes;

    private Scratch(int within, int probes) {
      this.within = Math.min(within, lists.length);
      this.probes = probes;
      this.wanted = new int[Kernels.ROWS * this.within];
      this.nearGroups = new BestEntries(Kernels.ROWS, this.within);
      this.nearLists = new BestEntries(Kernels.ROWS, probes);
      this.pickGroups = new RowPick(kernels, width, this.within);
      this.pickLists = new RowPick(kernels, width, probes);
    }

    /**
     * Chooses lists, nearest first.
     *
     * @param codes one after the other
     * @param from the first of {@code count}
     * @param into receives {@code probes} lists a code from that of code 0 on; -1 where the groups
     *     have not so many
     */
    void choose(float[] codes, int from, int count, int[] into) {
      for (int at = 0; at < count; at += Kernels.ROWS) {
        int rows = Math.min(Kernels.ROWS, count - at);
        for (int r = 0; r < rows; r++) {
          Centroids.pack(codes, axes, from + at + r, r, block);
        }
        nearGroups.clear();
        nearLists.clear();
        int groupCount = chooseGroups(rows);
        for (int i = 0; i < groupCount; i++) {
          chooseLists(wanted[i]);
        }
        for (int r = 0; r < rows; r++) {
          for (int k = 0; k < probes; k++) {
            into[(from + at + r) * probes + k] = nearLists.entry(r, k);
          }
        }
      }
    }

    /** Which groups some row wants; each group's rows are noted as bits. */
    private int chooseGroups(int rows) {
      groups.compare(block, scores, width);
      int count = 0;
      for (int r = 0; r < rows; r++) {
        offer(groups, r, pickGroups, nearGroups, 0);
        for (int k = 0; k < within; k++) {
          int group = nearGroups.entry(r, k);
          if (group >= 0) {
            if (wantedBy[group] == 0) {
              wanted[count++] = group;
            }
            wantedBy[group] |= 1 << r;
          }
        }
      }
      return count;
    }

    private void chooseLists(int group) {
      Centroids own = lists[group];
      if (own.count() > 0) {
        own.compare(block, scores, width);
        for (int rows = wantedBy[group]; rows != 0; rows &= rows - 1) {
          offer(own, Integer.numberOfTrailingZeros(rows), pickLists, nearLists, first[group]);
        }
      }
      wantedBy[group] = 0;
    }

    private void offer(
        Centroids centroids, int row, RowPick pick, BestEntries best, int firstEntry) {
      pick.pick(
          scores,
          row * width,
          centroids.width(),
          Float.NEGATIVE_INFINITY,
          COLUMNS,
          firstEntry,
          best,
          row);
    }
  }

  /**
   * @param within groups whose lists are looked at, 1 or more
   * @param probes lists chosen for a code, 1 or more
   */
  Scratch scratch(int within, int probes) {
    return new Scratch(within, probes);
  }
}
