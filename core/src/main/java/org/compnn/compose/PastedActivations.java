package org.compnn.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.search.Field;

/**
 * Pastes the activations of layers along the field of another: the skips of a U-Net along the
 * correspondences of the layer that was matched. Each cell takes the one that lies in the same
 * place under the match of the cell above it.
 */
public final class PastedActivations {
  private PastedActivations() {}

  /**
   * Pastes layers along a field.
   *
   * @param field the correspondences of {@code matched}; the best match of a cell counts
   * @param matched the layer matched, as the database has it
   * @param query the pasted layers' activations for the query, which cells without a match keep
   * @param exemplars the pasted layers' activations for an exemplar, by its index, in the same
   *     order; asked once for each exemplar that the field names, and held no longer than it takes
   *     to paste them
   * @return as many layers, rows, columns and channels as {@code query}
   */
  public static List<FeatureMap> of(
      Field field, Layer matched, List<FeatureMap> query, IntFunction<List<FeatureMap>> exemplars) {
    List<float[]> pasted = query.stream().map(map -> map.cells().clone()).toList();
    for (CellsByExemplar group : CellsByExemplar.of(field)) {
      List<FeatureMap> sources = exemplars.apply(group.exemplar());
      for (int i = 0; i < sources.size(); i++) {
        paste(field, matched, group.cells(), sources.get(i), query.get(i), pasted.get(i));
      }
    }
    List<FeatureMap> maps = new ArrayList<>();
    for (int i = 0; i < pasted.size(); i++) {
      FeatureMap map = query.get(i);
      maps.add(new FeatureMap(map.rows(), map.columns(), map.channels(), pasted.get(i)));
    }
    return maps;
  }

  private static void paste(
      Field field,
      Layer matched,
      List<Integer> cells,
      FeatureMap source,
      FeatureMap query,
      float[] pasted) {
    int channels = query.channels();
    Patches down = new Patches(query.rows(), field.rows());
    Patches across = new Patches(query.columns(), field.columns());
    boolean coarser = query.rows() < field.rows() || query.columns() < field.columns();
    Patches sourceDown = new Patches(source.rows(), matched.rows());
    Patches sourceAcross = new Patches(source.columns(), matched.columns());
    for (int cell : cells) {
      int at = cell * field.topK();
      int row = cell / field.columns();
      int column = cell % field.columns();
      if (coarser) {
        // Several matched cells to one of the pasted layer: the last one decides.
        int y = row * query.rows() / field.rows();
        int x = column * query.columns() / field.columns();
        int fromY = field.row()[at] * source.rows() / matched.rows();
        int fromX = field.column()[at] * source.columns() / matched.columns();
        copy(source, fromY, fromX, pasted, (y * query.columns() + x) * channels);
        continue;
      }
      for (int y = down.first(row); y < down.end(row); y++) {
        int fromY = down.across(y, row, sourceDown, field.row()[at]);
        for (int x = across.first(column); x < across.end(column); x++) {
          int fromX = across.across(x, column, sourceAcross, field.column()[at]);
          copy(source, fromY, fromX, pasted, (y * query.columns() + x) * channels);
        }
      }
    }
  }

  private static void copy(FeatureMap source, int row, int column, float[] into, int at) {
    System.arraycopy(
        source.cells(),
        (row * source.columns() + column) * source.channels(),
        into,
        at,
        source.channels());
  }
}
