package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WrongRegionsTest {
  @Test
  void pixelsOfTwoKeysAreTwoRegionsEvenWhereTheyTouch() {
    int[] key = {1, 1, 2, -1, 1, 2};
    List<WrongRegions.Part> parts = WrongRegions.of(key, 2, 3, 9);
    assertThat(parts).extracting(WrongRegions.Part::key).containsExactly(1, 2);
    assertThat(parts.getFirst().mask().count()).isEqualTo(3);
    assertThat(parts.get(1).mask().pixels().stream().toArray()).containsExactly(2, 5);
  }

  @Test
  void aRareMistakeKeepsAPlaceBesideManyLargerRegionsOfAFrequentOne() {
    int[] key = new int[60];
    Arrays.fill(key, WrongRegions.NONE);
    for (int region = 0; region < 10; region++) {
      key[6 * region] = 1;
      key[6 * region + 1] = 1;
    }
    key[4] = 7;
    List<WrongRegions.Part> parts = WrongRegions.of(key, 1, 60, 3);
    assertThat(parts).extracting(WrongRegions.Part::key).containsExactly(1, 1, 7);
  }
}
