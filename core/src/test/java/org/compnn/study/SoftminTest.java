package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;
import org.compnn.network.Output;
import org.junit.jupiter.api.Test;

final class SoftminTest {
  private static final Output OUTPUT =
      new Output.ClassScores(List.of("a", "b"), OptionalInt.empty());

  /** Logarithms of probabilities are scores that softmax turns back into these. */
  private static FeatureMap scores(double... probabilityOfA) {
    float[] cells = new float[2 * probabilityOfA.length];
    for (int i = 0; i < probabilityOfA.length; i++) {
      cells[2 * i] = (float) Math.log(probabilityOfA[i]);
      cells[2 * i + 1] = (float) Math.log(1 - probabilityOfA[i]);
    }
    return new FeatureMap(1, probabilityOfA.length, 2, cells);
  }

  @Test
  void theScoreIsTheWeightedMeanThatTheFormulaGives() {
    LabelMap given = new LabelMap(1, 2, new byte[] {0, 0});
    double low = Math.exp((1 - 0.2) / 0.1);
    double high = Math.exp((1 - 0.9) / 0.1);
    assertThat(Softmin.of(scores(0.2, 0.9), OUTPUT, given))
        .isCloseTo((0.2 * low + 0.9 * high) / (low + high), within(1e-5));
  }

  @Test
  void pixelsWithoutALabelCountForNothing() {
    LabelMap given = new LabelMap(1, 2, new byte[] {(byte) LabelMap.UNLABELLED, 1});
    assertThat(Softmin.of(scores(0.5, 0.3), OUTPUT, given)).isCloseTo(0.7, within(1e-5));
    LabelMap none = new LabelMap(1, 1, new byte[] {(byte) LabelMap.UNLABELLED});
    assertThat(Softmin.of(scores(0.5), OUTPUT, none)).isEqualTo(1);
  }
}
