package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.compnn.search.Field;
import org.junit.jupiter.api.Test;

class ContributionTest {
  @Test
  void exemplarsAreRankedByTheCellsOfTheirBestMatches() {
    // Two matches a cell; only the first counts. The fourth cell has none.
    int[] exemplar = {5, 9, 2, 9, 5, 9, -1, -1, 1, 9};
    Field field = new Field(1, 5, 2, exemplar, new int[10], new int[10], new float[10]);

    assertThat(Contribution.rank(field))
        .containsExactly(
            new Contribution(5, 2, 0.5),
            new Contribution(1, 1, 0.25),
            new Contribution(2, 1, 0.25));
  }

  @Test
  void aFieldWithoutMatchesRanksNothing() {
    Field field =
        new Field(1, 1, 1, new int[] {-1}, new int[] {-1}, new int[] {-1}, new float[] {0});

    assertThat(Contribution.rank(field)).isEmpty();
  }
}
