package org.compnn.search;

import org.compnn.network.FeatureMap;

/** Finds, for every cell of a query, the nearest cells of the training set. */
public interface Search {
  /**
   * @param query cells of the layer searched, as {@link org.compnn.database.CellStore#standardise}
   *     gives them
   * @param settings what is asked
   * @return a field of the query's rows and columns; where fewer than top-k matches exist its
   *     exemplar is -1
   */
  Field find(FeatureMap query, SearchSettings settings);
}
