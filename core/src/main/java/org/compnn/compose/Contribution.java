package org.compnn.compose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.compnn.search.Field;

/**
 * What one exemplar gives to a composition.
 *
 * @param exemplar its index in the database
 * @param cells number of query cells whose best match lies in it, 1 or more
 * @param share those cells over all cells that have a match, greater than 0, at most 1
 */
public record Contribution(int exemplar, int cells, double share) {
  private static final Comparator<Contribution> MOST_CELLS_FIRST =
      Comparator.comparingInt(Contribution::cells)
          .reversed()
          .thenComparingInt(Contribution::exemplar);

  /**
   * The exemplars that the best matches of a field lie in, those that give most cells first; among
   * equals the lower index. Cells without a match count for nothing.
   */
  public static List<Contribution> rank(Field field) {
    Map<Integer, Integer> cells = new HashMap<>();
    int matched = 0;
    for (int at = 0; at < field.exemplar().length; at += field.topK()) {
      int exemplar = field.exemplar()[at];
      if (exemplar >= 0) {
        cells.merge(exemplar, 1, Integer::sum);
        matched++;
      }
    }
    List<Contribution> ranked = new ArrayList<>(cells.size());
    for (Map.Entry<Integer, Integer> entry : cells.entrySet()) {
      ranked.add(
          new Contribution(entry.getKey(), entry.getValue(), (double) entry.getValue() / matched));
    }
    ranked.sort(MOST_CELLS_FIRST);
    return List.copyOf(ranked);
  }
}
