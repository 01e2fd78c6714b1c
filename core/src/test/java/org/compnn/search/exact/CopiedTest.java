package org.compnn.search.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.database.MemoryCells;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopiedTest {
  private static final int ROWS = 20;
  private static final int COLUMNS = 30;
  private static final int CHANNELS = 16;
  private static final int EXEMPLARS = 5;

  private static final MemoryCells STORE =
      MemoryCells.of(IntStream.range(0, EXEMPLARS).mapToObj(CopiedTest::grains).toList());

  /** Cells so nearly alike, far from zero, that products in single precision do not tell them. */
  private static FeatureMap grains(int seed) {
    Random random = new Random(seed);
    float[] cells = new float[ROWS * COLUMNS * CHANNELS];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = 20 + (float) random.nextGaussian() / 500;
    }
    return new FeatureMap(ROWS, COLUMNS, CHANNELS, cells);
  }

  private static SearchSettings settings(int p, int topK) {
    return new SearchSettings(p, Distance.L2, topK, Selection.all(EXEMPLARS));
  }

  private static ExactSearch search() {
    return new ExactSearch(STORE, Workers.of(2), Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aPictureWhoseCellsAreAllNearlyAlikeMatchesItself(int p) {
    FeatureMap query = grains(3);
    Field without = search().match(query, settings(p, 1));
    assertThat(without.distance())
        .contains(0)
        .satisfies(found -> assertThat(max(found)).isPositive());
    Field field = search().find(query, settings(p, 1)).field();
    assertThat(field.distance()).containsOnly(0);
    assertThat(field.exemplar()).containsOnly(3);
    assertThat(IntStream.range(0, ROWS * COLUMNS))
        .allMatch(cell -> field.row()[cell] * COLUMNS + field.column()[cell] == cell);
  }

  private static float max(float[] numbers) {
    float most = 0;
    for (float number : numbers) {
      most = Math.max(most, number);
    }
    return most;
  }

  @Test
  void aPieceOfAPictureIsTracedBackToItsPlace() {
    int rows = 9;
    int columns = 11;
    float[] piece = new float[rows * columns * CHANNELS];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          grains(2).cells(),
          ((row + 8) * COLUMNS + 17) * CHANNELS,
          piece,
          row * columns * CHANNELS,
          columns * CHANNELS);
    }
    Field field =
        search().find(new FeatureMap(rows, columns, CHANNELS, piece), settings(1, 1)).field();
    assertThat(field.distance()).containsOnly(0);
    assertThat(IntStream.range(0, rows * columns))
        .allMatch(
            cell ->
                field.row()[cell] == cell / columns + 8
                    && field.column()[cell] == cell % columns + 17);
  }

  @Test
  void theTwinStandsBeforeTheMatchesThatWereFound() {
    FeatureMap query = grains(0);
    Field before = search().match(query, settings(1, 3));
    Field field = search().find(query, settings(1, 3)).field();
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      assertThat(field.distance()[cell * 3]).isZero();
      boolean given = before.distance()[cell * 3] != 0;
      for (int k = 1; k < 3; k++) {
        assertThat(field.distance()[cell * 3 + k])
            .isEqualTo(before.distance()[cell * 3 + k - (given ? 1 : 0)]);
      }
    }
  }

  @Test
  void aPictureThatIsNoCopyKeepsWhatWasFound() {
    FeatureMap query = grains(77);
    Field before = search().match(query, settings(1, 1));
    Field field = search().find(query, settings(1, 1)).field();
    assertThat(field.distance()).isEqualTo(before.distance()).doesNotContain(0);
    assertThat(List.of(field.exemplar(), field.row(), field.column()))
        .usingRecursiveComparison()
        .isEqualTo(List.of(before.exemplar(), before.row(), before.column()));
  }
}
