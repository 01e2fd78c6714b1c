package org.compnn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.compnn.image.ValueMap;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static ValueMap row(float... values) {
    return new ValueMap(1, values.length, 1, values);
  }

  @Test
  void metricsAreThoseOfDepthEstimation() {
    Regression found = Regression.of(row(2, 4, 10), row(3, 4.8f, 7));

    assertThat(found.l1()).isCloseTo((1 + 0.8 + 3) / 3, within(1e-6));
    assertThat(found.rmse()).isCloseTo(Math.sqrt((1 + 0.64 + 9) / 3), within(1e-6));
    assertThat(found.relative()).isCloseTo((0.5 + 0.2 + 0.3) / 3, within(1e-6));
    // 1.5, 1.2 and 1.43 times as much or as little.
    assertThat(found.within()).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void pixelsWithoutAValueAreLeftOut() {
    Regression found = Regression.of(row(Float.NaN, 1, 2), row(5, 1, Float.NaN));
    assertThat(found.l1()).isZero();
    assertThat(found.within()).isEqualTo(1);
    assertThat(Regression.of(row(Float.NaN), row(1)).l1()).isNaN();
  }

  @Test
  void relativeMetricsLookAtReferencesAboveZeroAlone() {
    Regression found = Regression.of(row(-1, 0, 4), row(1, 1, -4));
    assertThat(found.l1()).isCloseTo((2 + 1 + 8) / 3.0, within(1e-6));
    assertThat(found.relative()).isCloseTo(2, within(1e-9));
    assertThat(found.within()).isZero();
    assertThat(Regression.of(row(-1), row(1)).relative()).isNaN();
  }

  @Test
  void aTallyTakesTheMeanOfPictures() {
    Tally tally = Tally.of(row(1), List.of());
    tally.add("a", row(1, 1), row(1, 3));
    tally.add("b", row(2, 2), row(2, 2));
    assertThat(tally.columns())
        .extracting(Column::key)
        .containsExactly("l1", "rmse", "abs_rel", "delta_1");
    assertThat(tally.estimates().getFirst().value()).isCloseTo(0.5, within(1e-9));
    assertThat(tally.perPicture().get(1).values()).containsExactly(0.0, 0.0, 0.0, 1.0);
  }
}
