package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.junit.jupiter.api.Test;

final class EnlargedTest {
  /** Two channels of 2 x 3. */
  private static final FeatureMap SCORES =
      new FeatureMap(2, 3, 2, new float[] {0, 2, 4, 1, -2, 0, 1, -1, 3, 5, 8, 7});

  @Test
  void scoresAreInterpolatedAsPyTorchDoes() {
    FeatureMap large = Enlarged.bilinear(SCORES, new Size(5, 7));
    float[] first = new float[35];
    for (int i = 0; i < first.length; i++) {
      first[i] = large.cells()[2 * i];
    }
    assertThat(first)
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(
            0f, 0.57143f, 2.28571f, 4f, 1.42857f, -1.14286f, -2f, 0.1f, 0.64286f, 2.27143f, 3.9f,
            1.8f, -0.3f, -1f, 0.5f, 0.92857f, 2.21429f, 3.5f, 3.28571f, 3.07143f, 3f, 0.9f,
            1.21429f, 2.15714f, 3.1f, 4.77143f, 6.44286f, 7f, 1f, 1.28571f, 2.14286f, 3f, 5.14286f,
            7.28571f, 8f);
  }

  @Test
  void theBestOfInterpolatedScoresIsThatOfPyTorch() {
    FeatureMap large = Enlarged.bilinear(SCORES, new Size(5, 7));
    Output output = new Output.ClassScores(List.of("a", "b"), OptionalInt.empty());
    assertThat(((LabelMap) Rendering.of(large, output)).classes())
        .containsExactly(
            1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0,
            0, 1, 1, 1, 0, 0);
  }

  @Test
  void indicesAreNotMixed() {
    FeatureMap indices = new FeatureMap(1, 2, 1, new float[] {3, 9});
    assertThat(Enlarged.nearest(indices, new Size(2, 5)).cells())
        .containsExactly(3, 3, 9, 9, 9, 3, 3, 9, 9, 9);
  }

  @Test
  void whatHasTheSizeStaysAsItIs() {
    assertThat(Enlarged.bilinear(SCORES, new Size(2, 3))).isSameAs(SCORES);
  }
}
