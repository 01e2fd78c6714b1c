package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FieldCheckTest {
  private static Field field(float... distance) {
    int n = distance.length;
    return new Field(1, n / 2, 2, new int[n], new int[n], new int[n], distance);
  }

  @Test
  void recallCountsMatchesAsNearAsTheNearestAndRatioComparesTheSums() {
    // The best matches of four cells; second ones do not count.
    Field field = field(1, 9, 2, 9, 3, 9, 4, 9);
    FieldCheck check = FieldCheck.of(field, new int[] {3, 0, 1}, new float[] {2, 1, 2.00001f});
    assertThat(check.cells()).isEqualTo(3);
    assertThat(check.recall()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(check.ratio()).isCloseTo(7 / 5.0, within(1e-4));
  }

  @Test
  void whereTheNearestAreAtDistanceZeroTheRatioIsOneOrInfinite() {
    int[] chosen = {0};
    float[] nearest = {0};
    assertThat(FieldCheck.of(field(0, 1), chosen, nearest).ratio()).isEqualTo(1);
    assertThat(FieldCheck.of(field(1, 1), chosen, nearest).ratio())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void chosenCellsAreDifferentAndTheSameForASeed() {
    int[] chosen = FieldCheck.chosen(50, 20, 3);
    assertThat(chosen).hasSize(20).doesNotHaveDuplicates();
    assertThat(chosen).isEqualTo(FieldCheck.chosen(50, 20, 3));
    assertThat(FieldCheck.chosen(5, 20, 3)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void checksOfSeveralFieldsAreMeansOverAllCells() {
    FieldCheck together =
        FieldCheck.together(List.of(new FieldCheck(10, 1, 1), new FieldCheck(30, 0.5, 1.2)));
    assertThat(together.cells()).isEqualTo(40);
    assertThat(together.recall()).isCloseTo(0.625, within(1e-12));
    assertThat(together.ratio()).isCloseTo(1.15, within(1e-12));
  }
}
