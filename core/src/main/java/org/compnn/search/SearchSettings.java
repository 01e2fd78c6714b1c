package org.compnn.search;

import org.compnn.database.Selection;

/**
 * What is asked of a search.
 *
 * <p>A hyperpatch of size p holds the cells at offsets -(p - 1) / 2 .. p / 2 (integer division)
 * from its cell along rows and columns: 0..1 for p = 2, -1..1 for p = 3. Beyond the edge of the
 * layer the border cell is repeated.
 *
 * @param hyperpatch p, 1 or more
 * @param distance L2 or cosine
 * @param topK how many matches a cell, best first, 1 or more
 * @param selection the exemplars that may match
 */
public record SearchSettings(int hyperpatch, Distance distance, int topK, Selection selection) {
  public SearchSettings {
    if (hyperpatch < 1 || topK < 1) {
      throw new IllegalArgumentException(
          "hyperpatch and top-k are 1 or more, not " + hyperpatch + " and " + topK);
    }
  }

  /** Offset of the first cell of a hyperpatch from its own cell, 0 or less. */
  public int firstOffset() {
    return -((hyperpatch - 1) / 2);
  }
}
