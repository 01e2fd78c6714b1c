package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.compnn.kernels.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowPickTest {
  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "4,9", "40,9", "200,3", "5,1"})
  void theGreatestScoresOfARowAreKeptInOrder(int slots, int panels) {
    Kernels kernels = Kernels.best();
    int width = panels * kernels.panel();
    Random random = new Random(slots);
    float[] scores = new float[width];
    for (int e = 0; e < width; e++) {
      scores[e] = random.nextInt(50);
    }
    BestEntries found = new BestEntries(3, slots);
    RowPick pick = new RowPick(kernels, width, slots);
    pick.pick(scores, 0, width, Float.NEGATIVE_INFINITY, new int[0], 100, found, 1);
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    for (int k = 0; k < slots; k++) {
      if (k >= width) {
        assertThat(found.entry(1, k)).isEqualTo(-1);
        continue;
      }
      assertThat(found.score(1, k)).isEqualTo(sorted[width - 1 - k]);
      assertThat(scores[found.entry(1, k) - 100]).isEqualTo(found.score(1, k));
    }
    assertThat(found.entry(0, 0)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"6", "16"})
  void onlyScoresAboveTheFloorAreTaken(int slots) {
    Kernels kernels = Kernels.best();
    int width = 2 * kernels.panel();
    float[] scores = new float[width];
    scores[3] = 2;
    scores[width - 1] = 3;
    BestEntries found = new BestEntries(1, slots);
    new RowPick(kernels, width, slots).pick(scores, 0, width, 2, new int[width], 0, found, 0);
    assertThat(found.score(0, 0)).isEqualTo(3);
    assertThat(found.entry(0, 1)).isEqualTo(-1);
  }
}
