package org.compnn.compose;

import java.util.function.IntFunction;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.search.Field;

/**
 * Pastes the activations of one layer along the field of another: the skips of a U-Net along the
 * correspondences of the layer that was matched. Each cell takes the one that lies in the same
 * place under the match of the cell above it.
 */
public final class PastedActivations {
  private PastedActivations() {}

  /**
   * @param field the correspondences of {@code matched}; the best match of a cell counts
   * @param matched the layer matched, as the database has it
   * @param query the pasted layer's activations for the query, which cells without a match keep
   * @param exemplars the pasted layer's activations for an exemplar, by its index; asked once for
   *     each exemplar that the field names
   * @return as many rows, columns and channels as {@code query}
   */
  public static FeatureMap of(
      Field field, Layer matched, FeatureMap query, IntFunction<FeatureMap> exemplars) {
    int channels = query.channels();
    float[] pasted = query.cells().clone();
    Patches down = new Patches(query.rows(), field.rows());
    Patches across = new Patches(query.columns(), field.columns());
    boolean coarser = query.rows() < field.rows() || query.columns() < field.columns();
    for (CellsByExemplar group : CellsByExemplar.of(field)) {
      FeatureMap source = exemplars.apply(group.exemplar());
      Patches sourceDown = new Patches(source.rows(), matched.rows());
      Patches sourceAcross = new Patches(source.columns(), matched.columns());
      for (int cell : group.cells()) {
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
    return new FeatureMap(query.rows(), query.columns(), channels, pasted);
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
