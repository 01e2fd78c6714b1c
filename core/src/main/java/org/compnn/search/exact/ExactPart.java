package org.compnn.search.exact;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.compnn.search.Field;

/**
 * What an exact search of some of the exemplars has found: for each query cell a few candidates,
 * with the scores by which they were chosen and their distances. Parts of exemplars that have none
 * in common are brought together to what a search of all of them gives, bit for bit. A candidate
 * takes 20 bytes. It can be sent to another process.
 *
 * @param rows rows of the query
 * @param columns columns of the query
 * @param layerColumns columns of the layer
 * @param slots candidates a cell
 * @param score by which they were chosen, rows x columns x slots, greatest first
 * @param exemplar index of each one's exemplar, -1 where there is none
 * @param cell its cell there, row x columns + column
 * @param distance of the hyperpatches
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
public record ExactPart(
    int rows,
    int columns,
    int layerColumns,
    int slots,
    float[] score,
    int[] exemplar,
    int[] cell,
    double[] distance)
    implements Serializable {

  /** The same with other indices, where parts were searched in databases that count differently. */
  public ExactPart renumbered(IntUnaryOperator index) {
    int[] others = Arrays.stream(exemplar).map(e -> e < 0 ? e : index.applyAsInt(e)).toArray();
    return new ExactPart(rows, columns, layerColumns, slots, score, others, cell, distance);
  }

  /**
   * What a search of the exemplars of all parts would have kept.
   *
   * @param parts of the same query and settings, at least one
   */
  public static ExactPart together(List<ExactPart> parts) {
    return parts.stream().reduce(ExactPart::and).orElseThrow();
  }

  private ExactPart and(ExactPart that) {
    if (that.rows != rows || that.columns != columns || that.slots != slots) {
      throw new IllegalArgumentException(
          "a part of %d x %d cells with %d candidates, another of %d x %d with %d"
              .formatted(rows, columns, slots, that.rows, that.columns, that.slots));
    }
    int entries = score.length;
    ExactPart both =
        new ExactPart(
            rows,
            columns,
            layerColumns,
            slots,
            new float[entries],
            new int[entries],
            new int[entries],
            new double[entries]);
    for (int from = 0; from < entries; from += slots) {
      int mine = from;
      int other = from;
      for (int to = from; to < from + slots; to++) {
        if (before(this, mine, that, other)) {
          both.put(to, this, mine++);
        } else {
          both.put(to, that, other++);
        }
      }
    }
    return both;
  }

  /** As {@link Candidates} keep them: by score, then exemplar, then cell. */
  private static boolean before(ExactPart a, int at, ExactPart b, int other) {
    if (b.exemplar[other] < 0 || a.exemplar[at] < 0) {
      return b.exemplar[other] < 0;
    }
    if (a.score[at] != b.score[other]) {
      return a.score[at] > b.score[other];
    }
    return a.exemplar[at] != b.exemplar[other]
        ? a.exemplar[at] < b.exemplar[other]
        : a.cell[at] < b.cell[other];
  }

  private void put(int to, ExactPart from, int at) {
    score[to] = from.score[at];
    exemplar[to] = from.exemplar[at];
    cell[to] = from.cell[at];
    distance[to] = from.distance[at];
  }

  /**
   * The nearest of the candidates.
   *
   * @param topK how many a cell, those that were asked for
   */
  public Field field(int topK) {
    return Ranking.field(this, topK);
  }
}
