package org.compnn.search;

import org.compnn.network.FeatureMap;

/** Finds, for every cell of a query, the nearest cells of the training set. */
public interface Search {
  /**
   * Searches.
   *
   * @param activations of the layer searched, as the network gave them: they are standardised here
   * @param settings what is asked
   * @return a field of the query's rows and columns, and how it was found; where fewer than top-k
   *     matches exist their exemplar is -1
   */
  Found find(FeatureMap activations, SearchSettings settings);
}
