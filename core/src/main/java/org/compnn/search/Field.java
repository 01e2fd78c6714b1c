package org.compnn.search;

import java.io.Serializable;

/**
 * A field of correspondences: for each query cell its top-k matches, best first.
 *
 * <p>All four arrays have rows x columns x topK entries, the matches of a cell together; an entry
 * without a match has exemplar -1 and infinite distance. It can be sent to another process.
 *
 * @param rows rows of the query
 * @param columns columns of the query
 * @param topK matches a cell
 * @param exemplar index of the exemplar in the database
 * @param row row of the matched cell in that exemplar
 * @param column column of the matched cell in that exemplar
 * @param distance distance of the two hyperpatches
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; a field is no map key.
public record Field(
    int rows, int columns, int topK, int[] exemplar, int[] row, int[] column, float[] distance)
    implements Serializable {
  public Field {
    int n = Math.multiplyExact(Math.multiplyExact(rows, columns), topK);
    if (exemplar.length != n || row.length != n || column.length != n || distance.length != n) {
      throw new IllegalArgumentException(
          "a field of %d x %d x %d has %d entries".formatted(rows, columns, topK, n));
    }
  }

  /** Mean distance of the best matches; NaN if no cell has one. */
  public double meanDistance() {
    double sum = 0;
    int matched = 0;
    for (int at = 0; at < distance.length; at += topK) {
      if (exemplar[at] >= 0) {
        sum += distance[at];
        matched++;
      }
    }
    return sum / matched;
  }

  /** Where the k-th match (from 0) of a cell stands in the arrays. */
  public int at(int queryRow, int queryColumn, int k) {
    return (queryRow * columns + queryColumn) * topK + k;
  }
}
