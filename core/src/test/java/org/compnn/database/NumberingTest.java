package org.compnn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NumberingTest {
  /** Exemplars 0 to 2 and 7 to 8 of ten; the others are gone. */
  private static final Numbering GAPS = new Numbering(new int[] {0, 7}, new int[] {0, 3, 5}, 10);

  @Test
  void inOneDatabaseNumbersAreIndices() {
    Numbering plain = Numbering.of(4);
    assertThat(plain.isWhole()).isTrue();
    assertThat(IntStream.range(0, 4).map(plain::number)).containsExactly(0, 1, 2, 3);
    assertThat(IntStream.range(0, 5).map(plain::exemplar)).containsExactly(0, 1, 2, 3, -1);
    assertThat(plain.below(3)).isEqualTo(3);
  }

  @Test
  void indicesRunOnWhereNumbersHaveGaps() {
    assertThat(GAPS.isWhole()).isFalse();
    assertThat(IntStream.range(0, 5).map(GAPS::number)).containsExactly(0, 1, 2, 7, 8);
    assertThat(IntStream.range(0, 11).map(GAPS::exemplar))
        .containsExactly(0, 1, 2, -1, -1, -1, -1, 3, 4, -1, -1);
    assertThat(IntStream.rangeClosed(0, 10).map(GAPS::below))
        .containsExactly(0, 1, 2, 3, 3, 3, 3, 3, 4, 5, 5);
  }

  @Test
  void whereTheFirstShardIsGoneNumbersBeginLater() {
    Numbering later = new Numbering(new int[] {4}, new int[] {0, 2}, 6);
    assertThat(IntStream.range(0, 7).map(later::exemplar))
        .containsExactly(-1, -1, -1, -1, 0, 1, -1);
    assertThat(later.below(4)).isZero();
  }
}
