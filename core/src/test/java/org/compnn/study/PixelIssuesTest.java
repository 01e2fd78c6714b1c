package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.compnn.image.LabelMap;
import org.junit.jupiter.api.Test;

final class PixelIssuesTest {
  @Test
  void theOneLabelThatTheNetworkIsSureIsWrongIsFound() {
    LabelMap given = new LabelMap(2, 3, new byte[] {0, 0, 0, 1, 1, 1});
    float[] probabilities = {
      0.9f, 0.1f, 0.8f, 0.2f, 0.1f, 0.9f, // The third says 0 and is a 1.
      0.2f, 0.8f, 0.1f, 0.9f, 0.3f, 0.7f
    };
    List<BitSet> issues =
        PixelIssues.of(List.of(PictureProbabilities.of(probabilities, 2)), List.of(given), 2);
    assertThat(issues.getFirst().stream().boxed().toList()).containsExactly(2);
  }

  @Test
  void labelsThatTheNetworkAgreesWithAreNoIssues() {
    LabelMap given = new LabelMap(1, 4, new byte[] {0, 0, 1, 1});
    float[] probabilities = {0.9f, 0.1f, 0.6f, 0.4f, 0.3f, 0.7f, 0.1f, 0.9f};
    assertThat(
            PixelIssues.of(List.of(PictureProbabilities.of(probabilities, 2)), List.of(given), 2)
                .getFirst()
                .isEmpty())
        .isTrue();
  }

  @Test
  void unlabelledPixelsCountForNothing() {
    LabelMap given = new LabelMap(1, 3, new byte[] {0, (byte) LabelMap.UNLABELLED, 1});
    float[] probabilities = {0.9f, 0.1f, 0.1f, 0.9f, 0.2f, 0.8f};
    assertThat(
            PixelIssues.of(List.of(PictureProbabilities.of(probabilities, 2)), List.of(given), 2)
                .getFirst()
                .isEmpty())
        .isTrue();
  }
}
