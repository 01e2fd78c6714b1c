package org.compnn.compose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.compnn.search.Field;

/**
 * The query cells that match in one exemplar, so that each exemplar is read once.
 *
 * @param exemplar its index
 * @param cells query cells, row x columns + column, ascending
 */
record CellsByExemplar(int exemplar, List<Integer> cells) {
  static List<CellsByExemplar> of(Field field) {
    Map<Integer, List<Integer>> grouped = new HashMap<>();
    int cells = field.rows() * field.columns();
    for (int cell = 0; cell < cells; cell++) {
      int exemplar = field.exemplar()[cell * field.topK()];
      if (exemplar >= 0) {
        grouped.computeIfAbsent(exemplar, _ -> new ArrayList<>()).add(cell);
      }
    }
    return grouped.entrySet().stream()
        .map(entry -> new CellsByExemplar(entry.getKey(), entry.getValue()))
        .toList();
  }
}
