package org.compnn.search.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.database.MemoryCells;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactPartTest {
  private static final int EXEMPLARS = 9;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSearchInPartsGivesTheFieldOfASearchOfAllToTheBit(long seed) {
    Random random = new Random(seed);
    int p = 1 + random.nextInt(3);
    int k = 1 + random.nextInt(3);
    Distance distance = random.nextBoolean() ? Distance.L2 : Distance.COSINE;
    List<FeatureMap> maps = new ArrayList<>();
    for (int i = 0; i < EXEMPLARS; i++) {
      // Few different numbers, so that many are equally far.
      maps.add(map(random, 7, 11, i == 4 ? 400 : 3));
    }
    CellStore store = MemoryCells.of(maps);
    // A copy of one of them, and something else.
    FeatureMap query = random.nextBoolean() ? maps.get(4) : map(random, 7, 11, 3);
    try (Workers workers = Workers.of(2)) {
      ExactSearch search = new ExactSearch(store, workers, Progress.NONE);
      Field expected =
          search.find(query, settings(p, distance, k, Selection.all(EXEMPLARS))).field();
      BitSet[] chosen = {new BitSet(), new BitSet(), new BitSet()};
      for (int i = 0; i < EXEMPLARS; i++) {
        chosen[random.nextInt(3)].set(i);
      }
      List<ExactPart> parts = new ArrayList<>();
      for (BitSet each : chosen) {
        parts.add(search.part(query, settings(p, distance, k, Selection.of(each, EXEMPLARS))));
      }
      Collections.shuffle(parts, random);
      Field found =
          search.finish(
              ExactPart.together(parts), query, settings(p, distance, k, Selection.all(EXEMPLARS)));
      assertThat(found.distance()).containsExactly(expected.distance());
      assertThat(found.exemplar()).containsExactly(expected.exemplar());
      assertThat(found.row()).containsExactly(expected.row());
      assertThat(found.column()).containsExactly(expected.column());
      assertThatThrownBy(
              () ->
                  ExactPart.together(
                      List.of(
                          parts.getFirst(),
                          search.part(
                              query, settings(p, distance, k + 1, Selection.all(EXEMPLARS))))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(Arrays.stream(parts.getFirst().renumbered(e -> e + 5).exemplar()))
          .allMatch(e -> e == -1 || e >= 5);
    }
  }

  private static SearchSettings settings(int p, Distance distance, int k, Selection selection) {
    return new SearchSettings(p, distance, k, selection);
  }

  private static FeatureMap map(Random random, int rows, int columns, int numbers) {
    float[] cells = new float[rows * columns * 5];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextInt(numbers) - numbers / 2;
    }
    return new FeatureMap(rows, columns, 5, cells);
  }
}
