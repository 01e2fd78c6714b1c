package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.database.MemoryCells;
import org.compnn.database.Selection;
import org.compnn.image.Picture;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.junit.jupiter.api.Test;

final class OwnExemplarTest {
  private static final int SIDE = 4;
  private static final int CELLS = SIDE * SIDE;
  private static final MemoryCells STORE = MemoryCells.random(3, SIDE, SIDE, 2);

  private static Picture picture(int seed) {
    byte[] rgb = new byte[CELLS * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(SIDE, SIDE, rgb);
  }

  /** Two matches a cell: the cell's own in an exemplar, a little off, and another. */
  private static Field field(int exemplar, int ownAt) {
    int[] exemplars = new int[CELLS * 2];
    int[] rows = new int[CELLS * 2];
    int[] columns = new int[CELLS * 2];
    float[] distances = new float[CELLS * 2];
    for (int cell = 0; cell < CELLS; cell++) {
      // A few cells are nearer to another's.
      int own = cell < 3 ? 1 - ownAt : ownAt;
      exemplars[cell * 2 + own] = exemplar;
      rows[cell * 2 + own] = cell / SIDE;
      columns[cell * 2 + own] = cell % SIDE;
      exemplars[cell * 2 + 1 - own] = (exemplar + 1) % 3;
      distances[cell * 2] = 1e-4f;
      distances[cell * 2 + 1] = 2e-4f;
    }
    return new Field(SIDE, SIDE, 2, exemplars, rows, columns, distances);
  }

  private static void recognise(Field field, Distance distance, int seen) {
    OwnExemplar.recognise(
        field,
        new SearchSettings(1, distance, 2, Selection.all(3)),
        STORE,
        picture(seen),
        OwnExemplarTest::picture);
  }

  private static List<Integer> best(int[] of) {
    return IntStream.range(0, CELLS).mapToObj(cell -> of[cell * 2]).toList();
  }

  @Test
  void aPictureOfTheTrainingSetMatchesItselfAtDistanceZeroHoweverItsNumbersWereRounded() {
    Field field = field(1, 0);
    recognise(field, Distance.L2, 1);
    assertThat(best(field.exemplar())).containsOnly(1);
    for (int cell = 0; cell < CELLS; cell++) {
      assertThat(field.row()[cell * 2] * SIDE + field.column()[cell * 2]).isEqualTo(cell);
      assertThat(field.distance()[cell * 2]).isZero();
      assertThat(field.exemplar()[cell * 2 + 1]).isEqualTo(2);
      assertThat(field.distance()[cell * 2 + 1]).isPositive();
    }
  }

  @Test
  void aPictureOfOtherPixelsKeepsItsDistances() {
    Field field = field(1, 0);
    recognise(field, Distance.L2, 0);
    assertThat(field.distance()).doesNotContain(0);
    assertThat(field.exemplar()).isEqualTo(field(1, 0).exemplar());
  }

  @Test
  void whereFewCellsMatchInTheirPlacePixelsAreNotCompared() {
    Field field = field(1, 0);
    Arrays.fill(field.row(), 0);
    Arrays.fill(field.column(), 0);
    recognise(field, Distance.L2, 1);
    assertThat(field.distance()).doesNotContain(0);
  }

  @Test
  void cellsWithoutDirectionStayAtCosineDistanceOne() {
    Field field = field(2, 0);
    field.distance()[8] = 1;
    recognise(field, Distance.COSINE, 2);
    assertThat(field.distance()[8]).isEqualTo(1);
    assertThat(field.distance()[10]).isZero();
  }
}
