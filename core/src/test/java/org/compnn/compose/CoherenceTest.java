package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.compnn.search.Field;
import org.junit.jupiter.api.Test;

final class CoherenceTest {
  private static Field field(int[] exemplar, int[] row, int[] column) {
    return new Field(2, 3, 1, exemplar, row, column, new float[6]);
  }

  @Test
  void cellsThatKeepTheirPlacesToEachOtherAreOnePiece() {
    // 2 x 3 cells from exemplar 7, moved down by 4 and right by 1.
    Field shifted =
        field(
            new int[] {7, 7, 7, 7, 7, 7},
            new int[] {4, 4, 4, 5, 5, 5},
            new int[] {1, 2, 3, 1, 2, 3});

    assertThat(Coherence.of(shifted)).isEqualTo(new Coherence(1, 6, 6));
  }

  @Test
  void anotherExemplarAnotherShiftAndAMissingMatchCutPieces() {
    // The first row: two of exemplar 7 together, one of exemplar 8 in the place that would fit.
    // The second: one that fits below the first, one that does not, one without a match.
    Field cut =
        field(
            new int[] {7, 7, 8, 7, 7, -1},
            new int[] {4, 4, 4, 5, 5, -1},
            new int[] {1, 2, 3, 1, 9, -1});

    assertThat(Coherence.of(cut)).isEqualTo(new Coherence(3, 5 / 3.0, 3));
  }

  @Test
  void theEndOfARowAndTheBeginOfTheNextAreNotTogether() {
    // Column 2 of row 0 and column 0 of row 1 follow each other in memory alone.
    Field field =
        field(
            new int[] {1, 2, 3, 3, 4, 5},
            new int[] {0, 0, 0, 0, 0, 0},
            new int[] {0, 0, 5, 6, 0, 0});

    assertThat(Coherence.of(field).pieces()).isEqualTo(6);
  }
}
