package org.compnn.spark;

import java.io.Serializable;
import java.util.BitSet;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;

/**
 * A query as it travels: its activations, four bytes a number, and what is asked of them.
 *
 * @param kind what is looked for
 * @param layer the layer's name
 * @param rows of cells
 * @param columns of cells
 * @param channels numbers a cell
 * @param cells the activations
 * @param hyperpatch cells along a side
 * @param distance how cells are compared
 * @param count how many matches are asked for
 * @param selection the chosen exemplars of the whole database, a bit each
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Asked(
    Kind kind,
    String layer,
    int rows,
    int columns,
    int channels,
    float[] cells,
    int hyperpatch,
    Distance distance,
    int count,
    long[] selection)
    implements Serializable {

  /** Candidates a cell beyond those that are asked for. */
  private static final int SPARE = 4;

  /** What is looked for. */
  enum Kind {
    /** The nearest cells of each cell. */
    CELLS,
    /** The nearest exemplars as a whole. */
    EXEMPLARS
  }

  static Asked of(
      Kind kind,
      String layer,
      FeatureMap map,
      int hyperpatch,
      Distance distance,
      int count,
      Selection selection) {
    BitSet chosen = new BitSet(selection.exemplars());
    for (int exemplar : selection.indices()) {
      chosen.set(exemplar);
    }
    return new Asked(
        kind,
        layer,
        map.rows(),
        map.columns(),
        map.channels(),
        map.cells(),
        hyperpatch,
        distance,
        count,
        chosen.toLongArray());
  }

  FeatureMap activations() {
    return new FeatureMap(rows, columns, channels, cells);
  }

  BitSet chosen() {
    return BitSet.valueOf(selection);
  }

  /** Bytes that travel, there and back. */
  long bytes() {
    return (long) Float.BYTES * cells.length
        + (long) Long.BYTES * selection.length
        + Reply.CANDIDATE * (kind == Kind.CELLS ? (long) rows * columns : 1) * (count + SPARE);
  }

  /** Multiplications and additions of a search. */
  double operations(int layerCells) {
    double each = kind == Kind.CELLS ? (double) rows * columns * layerCells : layerCells;
    return 2 * each * channels * chosen().cardinality();
  }
}
