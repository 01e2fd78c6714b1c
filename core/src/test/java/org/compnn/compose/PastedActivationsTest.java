package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.search.Field;
import org.junit.jupiter.api.Test;

final class PastedActivationsTest {
  /** Exemplar e's map of one channel: cell i holds 100 e + i. */
  private static FeatureMap map(int exemplar, int rows, int columns) {
    float[] cells = new float[rows * columns];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = 100 * exemplar + i;
    }
    return new FeatureMap(rows, columns, 1, cells);
  }

  private static Layer layer(int rows, int columns) {
    return new Layer(
        "layer",
        "Conv",
        List.of(),
        1,
        new Geometry(rows, 2, 1, 1, 1),
        new Geometry(columns, 2, 1, 1, 1));
  }

  @Test
  void aFinerLayerIsPastedInBlocksAndACoarserOneByTheCellsAboveIt() {
    // 1 x 2 cells matched: the first in exemplar 2 at column 1, the second nowhere.
    Field field =
        new Field(1, 2, 1, new int[] {2, -1}, new int[] {0, -1}, new int[] {1, -1}, new float[2]);
    List<Integer> asked = new ArrayList<>();

    List<FeatureMap> pasted =
        PastedActivations.of(
            field,
            layer(1, 2),
            List.of(map(9, 2, 4), map(9, 1, 2), map(9, 1, 1)),
            exemplar -> {
              asked.add(exemplar);
              return List.of(map(exemplar, 2, 4), map(exemplar, 1, 2), map(exemplar, 1, 1));
            });

    assertThat(pasted.get(0).cells()).containsExactly(202, 203, 902, 903, 206, 207, 906, 907);
    assertThat(pasted.get(1).cells()).containsExactly(201, 901);
    assertThat(pasted.get(2).cells()).containsExactly(200);
    assertThat(asked).containsExactly(2);
  }
}
