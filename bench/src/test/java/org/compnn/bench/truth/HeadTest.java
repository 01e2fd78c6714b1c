package org.compnn.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;
import org.junit.jupiter.api.Test;

/** What the last layer reads and says, on pixels whose products are known by hand. */
final class HeadTest {
  private static final Head.Cells TWO =
      new Head.Cells(
          new FeatureMap(1, 2, 2, new float[] {1, 2, 3, -1}),
          new float[] {0.5f, 0.5f, 0.25f, 0.75f},
          new LabelMap(1, 2, new byte[] {0, 1}));

  @Test
  void errorsOfPixelsTaughtTheSameAgreeAndOthersDisagree() {
    assertThat(TWO.said(1)).isEqualTo(1);
    assertThat(TWO.errors(0, 0, TWO, 0, 0)).isCloseTo(0.5, within(1e-6));
    assertThat(TWO.errors(0, 0, TWO, 1, 1)).isCloseTo(-0.25, within(1e-6));
    assertThat(TWO.errors(0, 255, TWO, 1, 1)).isZero();
  }

  @Test
  void theProductOfActivationsCountsTheBias() {
    assertThat(TWO.activations(0, TWO, 1)).isEqualTo(1 + 3 - 2);
  }

  @Test
  void matchesCountByTheirLabelAndByHowLittleItWasLearned() {
    assertThat(TWO.unlearned(1)).isCloseTo(0.25, within(1e-6));
    assertThat(Weighed.By.SIGN.weight(TWO, 1, TWO, 1)).isEqualTo(1);
    assertThat(Weighed.By.SIGN.weight(TWO, 1, TWO, 0)).isEqualTo(-1);
    assertThat(Weighed.By.UNLEARNED.weight(TWO, 1, TWO, 1)).isCloseTo(0.25, within(1e-6));
    assertThat(Weighed.By.UNLEARNED_TRUTH.weight(TWO, 0, TWO, 1)).isZero();
    assertThat(Weighed.By.TRACIN_TRUTH.weight(TWO, 0, TWO, 0)).isCloseTo(0.5 * 6, within(1e-6));
  }
}
