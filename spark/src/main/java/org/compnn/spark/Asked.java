package org.compnn.spark;

import java.io.Serializable;
import java.util.BitSet;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;

/**
 * A query as it travels: its activations, four bytes a number, and what is asked of them.
 *
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

  static Asked of(
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
}
