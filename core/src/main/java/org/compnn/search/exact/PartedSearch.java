package org.compnn.search.exact;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;

/**
 * The exact search whose work is done elsewhere: it finds what {@link ExactSearch} finds, bit for
 * bit.
 *
 * @param here of the whole set; it reads some few cells of what was found
 * @param store the layer that is searched
 * @param elsewhere who searches the shards
 */
public record PartedSearch(ExactSearch here, CellStore store, ShardSearch elsewhere)
    implements Search {
  @Override
  public Found find(FeatureMap activations, SearchSettings settings) {
    long begin = System.nanoTime();
    ExactPart whole = elsewhere.nearestCells(store, activations, settings);
    return new Found(
        here.finish(whole, activations, settings),
        new How.Exact((System.nanoTime() - begin) / 1e9));
  }
}
