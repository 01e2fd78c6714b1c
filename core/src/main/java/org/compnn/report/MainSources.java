package org.compnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.compnn.compose.Contribution;
import org.compnn.compose.Mask;
import org.compnn.compose.UsedRegions;
import org.compnn.explain.Explanation;
import org.compnn.search.Field;

/**
 * The training pictures that give most of a composition, and the places where each gives more than
 * any other, in regions that a person can see: islands of a few pixels join what lies around them.
 * The shares are those of the field as it is.
 */
final class MainSources {
  /** Training pictures that are looked at, those that give most. */
  private static final int CANDIDATES = 100;

  /** What gives less than this share of the cells around is not the source of a place. */
  private static final double FEWEST = 0.08;

  /** Cells around a cell that decide what it joins, in each direction. */
  private static final int AROUND = 2;

  private static final int ROUNDS = 3;

  /** Parts of less than this share of the picture join what lies around them. */
  private static final double LEAST = 0.002;

  private final List<Contribution> ranked;
  private final byte[] ranks;
  private final int rows;
  private final int columns;

  private MainSources(List<Contribution> ranked, byte[] ranks, int rows, int columns) {
    this.ranked = ranked;
    this.ranks = ranks;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * @param most so many training pictures, 1 to 20
   */
  static MainSources of(Explanation why, int most) {
    Field field = why.field();
    List<Contribution> candidates =
        why.contributions().subList(0, Math.min(CANDIDATES, why.contributions().size()));
    int[] around = mostAround(field, candidates);
    int[] areas = new int[candidates.size()];
    for (int candidate : around) {
      if (candidate >= 0) {
        areas[candidate]++;
      }
    }
    List<Integer> order =
        IntStream.range(0, candidates.size())
            .filter(candidate -> areas[candidate] > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer candidate) -> areas[candidate]).reversed())
            .limit(most)
            .toList();
    byte[] ranks = new byte[around.length];
    for (int cell = 0; cell < ranks.length; cell++) {
      int rank = order.indexOf(around[cell]);
      ranks[cell] = (byte) (rank < 0 ? order.size() : rank);
    }
    for (int round = 0; round < ROUNDS; round++) {
      ranks = smoothed(ranks, field.rows(), field.columns(), order.size() + 1);
    }
    return new MainSources(
        order.stream().map(candidates::get).toList(), ranks, field.rows(), field.columns());
  }

  /**
   * For each cell the candidate that most cells around it come from; -1 where they come from too
   * many. In fields of few cells nothing but the cell itself counts.
   */
  private static int[] mostAround(Field field, List<Contribution> candidates) {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      numbers.put(candidates.get(i).exemplar(), i);
    }
    int rows = field.rows();
    int columns = field.columns();
    int[] own = new int[rows * columns];
    for (int cell = 0; cell < own.length; cell++) {
      own[cell] = numbers.getOrDefault(field.exemplar()[cell * field.topK()], -1);
    }
    int reach = Math.min(rows, columns) / 16;
    int[] most = new int[own.length];
    for (int row = 0; row < rows; row++) {
      int[] counts = new int[candidates.size()];
      int top = Math.max(0, row - reach);
      int bottom = Math.min(rows - 1, row + reach);
      for (int column = 0; column < Math.min(columns, reach); column++) {
        count(own, columns, top, bottom, column, counts, 1);
      }
      for (int column = 0; column < columns; column++) {
        if (column + reach < columns) {
          count(own, columns, top, bottom, column + reach, counts, 1);
        }
        if (column - reach - 1 >= 0) {
          count(own, columns, top, bottom, column - reach - 1, counts, -1);
        }
        int cells =
            (bottom - top + 1)
                * (Math.min(columns - 1, column + reach) - Math.max(0, column - reach) + 1);
        int best = 0;
        for (int candidate = 1; candidate < counts.length; candidate++) {
          best = counts[candidate] > counts[best] ? candidate : best;
        }
        most[row * columns + column] = counts[best] >= FEWEST * cells ? best : -1;
      }
    }
    return most;
  }

  private static void count(
      int[] own, int columns, int top, int bottom, int column, int[] counts, int by) {
    for (int row = top; row <= bottom; row++) {
      int candidate = own[row * columns + column];
      if (candidate >= 0) {
        counts[candidate] += by;
      }
    }
  }

  private static byte[] smoothed(byte[] ranks, int rows, int columns, int kinds) {
    byte[] smooth = new byte[ranks.length];
    int[] votes = new int[kinds];
    for (int cell = 0; cell < ranks.length; cell++) {
      Arrays.fill(votes, 0);
      // What a cell is counts twice, so that straight borders stay.
      votes[ranks[cell]]++;
      int row = cell / columns;
      int column = cell % columns;
      for (int y = Math.max(0, row - AROUND); y <= Math.min(rows - 1, row + AROUND); y++) {
        for (int x = Math.max(0, column - AROUND);
            x <= Math.min(columns - 1, column + AROUND);
            x++) {
          votes[ranks[y * columns + x]]++;
        }
      }
      int best = ranks[cell];
      for (int kind = 0; kind < kinds; kind++) {
        best = votes[kind] > votes[best] ? kind : best;
      }
      smooth[cell] = (byte) best;
    }
    return smooth;
  }

  List<Contribution> ranked() {
    return ranked;
  }

  /** What one of them gives, as cells of the field. */
  Mask given(int rank) {
    BitSet cells = new BitSet(ranks.length);
    for (int cell = 0; cell < ranks.length; cell++) {
      cells.set(cell, ranks[cell] == rank);
    }
    return large(new Mask(rows, columns, cells));
  }

  /** The parts that are not too small to be seen. */
  private static Mask large(Mask mask) {
    BitSet kept = new BitSet();
    int least = (int) Math.max(2, LEAST * mask.height() * mask.width());
    for (Mask part : mask.components()) {
      if (part.count() >= least) {
        kept.or(part.pixels());
      }
    }
    return new Mask(mask.height(), mask.width(), kept);
  }

  /** What of the training pictures is used, by rank, as pixels of pictures of a size. */
  List<Mask> used(Explanation why, int height, int width) {
    Map<Integer, Mask> all = UsedRegions.of(why.field(), why.settings().layer(), height, width);
    List<Mask> used = new ArrayList<>();
    for (Contribution contribution : ranked) {
      Mask exact = all.getOrDefault(contribution.exemplar(), new Mask(height, width, new BitSet()));
      used.add(seen(exact));
    }
    return used;
  }

  /** All that is used, and what lies between where much of the surroundings is. */
  private static Mask seen(Mask exact) {
    int around = Math.max(1, Math.min(exact.height(), exact.width()) / 48);
    int[] sums = sums(exact);
    BitSet seen = new BitSet();
    for (int row = 0; row < exact.height(); row++) {
      for (int column = 0; column < exact.width(); column++) {
        int top = Math.max(0, row - around);
        int bottom = Math.min(exact.height(), row + around + 1);
        int left = Math.max(0, column - around);
        int right = Math.min(exact.width(), column + around + 1);
        int pitch = exact.width() + 1;
        int inside =
            sums[bottom * pitch + right]
                - sums[top * pitch + right]
                - sums[bottom * pitch + left]
                + sums[top * pitch + left];
        seen.set(row * exact.width() + column, 5 * inside >= 2 * (bottom - top) * (right - left));
      }
    }
    BitSet both = large(new Mask(exact.height(), exact.width(), seen)).pixels();
    both.or(exact.pixels());
    return new Mask(exact.height(), exact.width(), both);
  }

  /** How many pixels of a mask lie above and left of each corner. */
  private static int[] sums(Mask mask) {
    int pitch = mask.width() + 1;
    int[] sums = new int[(mask.height() + 1) * pitch];
    for (int row = 0; row < mask.height(); row++) {
      int line = 0;
      for (int column = 0; column < mask.width(); column++) {
        line += mask.pixels().get(row * mask.width() + column) ? 1 : 0;
        sums[(row + 1) * pitch + column + 1] = sums[row * pitch + column + 1] + line;
      }
    }
    return sums;
  }
}
