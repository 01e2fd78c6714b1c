package org.compnn.bench;

import java.util.Arrays;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;

/**
 * What one run of the exact search's benchmark measures.
 *
 * @param name for the table
 * @param store the training cells
 * @param query the query's cells
 * @param selection the exemplars searched
 * @param peerCells how many of the query's cells the peers search for; their rate does not depend
 *     on it
 */
record ExactCase(
    String name, CellStore store, FeatureMap query, Selection selection, int peerCells) {
  int queryCells() {
    return query.rows() * query.columns();
  }

  int channels() {
    return query.channels();
  }

  int cellsAnExemplar() {
    return store.layer().cells();
  }

  /** Floating point operations for so many cells of the query, whatever the hyperpatch. */
  double operations(int cells) {
    return 2.0 * cells * selection.size() * cellsAnExemplar() * channels();
  }

  /** The query's first cells, as the peers get them: cell by cell. */
  float[] peerQuery() {
    return Arrays.copyOf(query.cells(), peerCells * channels());
  }

  /** All cells of a chosen exemplar, cell by cell. */
  float[] cells(int exemplar) {
    float[] cells = new float[cellsAnExemplar() * channels()];
    store.read(exemplar, 0, cellsAnExemplar(), cells, 0);
    return cells;
  }
}
