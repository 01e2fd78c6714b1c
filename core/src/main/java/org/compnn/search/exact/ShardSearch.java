package org.compnn.search.exact;

import java.util.List;
import java.util.Optional;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.GlobalMatch;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;

/**
 * Other processes that search the shards of a set, each some of them, and bring together what they
 * found. Safe for many threads.
 */
public interface ShardSearch {
  /**
   * What {@link ExactSearch#part} finds among all selected exemplars.
   *
   * @param store a layer of the set
   * @param activations as the network gave them
   * @param settings of the whole set
   */
  ExactPart nearestCells(CellStore store, FeatureMap activations, SearchSettings settings);

  /**
   * What {@link GlobalSearch#nearest} finds among all selected exemplars.
   *
   * @param store a layer of the set
   * @param activations as the network gave them, in as many rows and columns as the exemplars'
   * @param selection of the whole set
   * @param k how many, 1 or more
   */
  List<GlobalMatch> nearestExemplars(
      CellStore store, FeatureMap activations, Distance distance, Selection selection, int k);

  /**
   * What a search by the lists of the whole set finds with this quality.
   *
   * @param store a layer of the set that has lists
   * @param activations as the network gave them
   * @param settings of the whole set
   */
  Found near(CellStore store, FeatureMap activations, SearchSettings settings, Quality quality);

  /**
   * How near such a field comes to the exact one, as far as that can be told.
   *
   * @param field of these activations
   * @param wanted cells to look at, 1 or more
   * @param insisted whether so many were asked for, however long that takes
   */
  Optional<FieldCheck> check(
      CellStore store,
      FeatureMap activations,
      SearchSettings settings,
      Field field,
      int wanted,
      boolean insisted);
}
