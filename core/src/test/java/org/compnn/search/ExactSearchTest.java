package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.compnn.database.Selection;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactSearchTest {
  private static ExactSearch search(MemoryCells store, int threads) {
    return new ExactSearch(store, Workers.of(threads), Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
        26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40
      })
  void findsWhatThePlainSearchFinds(long seed) {
    Random random = new Random(seed);
    // Whole numbers make equal distances; they must go to the smallest index.
    boolean coarse = random.nextBoolean();
    int channels = coarse ? 1 + random.nextInt(67) : 4 + random.nextInt(64);
    int exemplars = 1 + random.nextInt(5);
    int rows = 1 + random.nextInt(9);
    int columns = 1 + random.nextInt(20);
    int levels = 1 + random.nextInt(3);
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < exemplars; n++) {
      maps.add(grid(random, rows, columns, channels, coarse, levels));
    }
    MemoryCells store = MemoryCells.of(maps);
    FeatureMap query =
        grid(random, 1 + random.nextInt(8), 1 + random.nextInt(15), channels, coarse, levels);
    BitSet chosen = new BitSet();
    for (int n = 0; n < exemplars; n++) {
      chosen.set(n, random.nextInt(4) > 0);
    }
    SearchSettings settings =
        new SearchSettings(
            1 + random.nextInt(5),
            coarse || random.nextBoolean() ? Distance.L2 : Distance.COSINE,
            1 + random.nextInt(5),
            Selection.of(chosen, exemplars));
    Field field = search(store, 1 + random.nextInt(3)).find(query, settings);
    assertMatches(store, query, settings, field, coarse);
  }

  private static FeatureMap grid(
      Random random, int rows, int columns, int channels, boolean coarse, int levels) {
    return coarse
        ? MemoryCells.coarse(random, rows, columns, channels, levels)
        : MemoryCells.random(random, rows, columns, channels);
  }

  private static void assertMatches(
      MemoryCells store, FeatureMap query, SearchSettings settings, Field field, boolean exact) {
    assertThat(field.rows()).isEqualTo(query.rows());
    assertThat(field.columns()).isEqualTo(query.columns());
    for (int row = 0; row < query.rows(); row++) {
      for (int column = 0; column < query.columns(); column++) {
        List<PlainSearch.Match> matches = PlainSearch.matches(store, query, row, column, settings);
        for (int k = 0; k < settings.topK(); k++) {
          int at = field.at(row, column, k);
          if (k >= matches.size()) {
            assertThat(field.exemplar()[at]).isEqualTo(-1);
            assertThat(field.distance()[at]).isInfinite();
            continue;
          }
          PlainSearch.Match match = matches.get(k);
          assertThat(new int[] {field.exemplar()[at], field.row()[at], field.column()[at]})
              .as("cell %d, %d, match %d", row, column, k)
              .containsExactly(match.exemplar(), match.row(), match.column());
          assertThat((double) field.distance()[at])
              .isCloseTo(
                  match.distance(), within(exact ? 0 : 1e-6 * (1 + Math.abs(match.distance()))));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,40,70", "2,40,70", "3,40,70", "5,33,300", "9,20,40", "3,3,700"})
  void findsTheSameAcrossTilesAndSlabs(int hyperpatch, int rows, int columns) {
    Random random = new Random(5);
    MemoryCells store =
        MemoryCells.of(
            List.of(
                MemoryCells.random(random, rows, columns, 6),
                MemoryCells.random(random, rows, columns, 6),
                MemoryCells.random(random, rows, columns, 6)));
    FeatureMap query = MemoryCells.random(random, 30, 150, 6);
    SearchSettings settings =
        new SearchSettings(hyperpatch, Distance.L2, 2, Selection.all(store.exemplars()));
    Field field = search(store, 2).find(query, settings);
    for (int i = 0; i < 25; i++) {
      int row = random.nextInt(query.rows());
      int column = random.nextInt(query.columns());
      List<PlainSearch.Match> matches = PlainSearch.matches(store, query, row, column, settings);
      for (int k = 0; k < 2; k++) {
        PlainSearch.Match match = matches.get(k);
        int at = field.at(row, column, k);
        assertThat(new int[] {field.exemplar()[at], field.row()[at], field.column()[at]})
            .containsExactly(match.exemplar(), match.row(), match.column());
      }
    }
  }

  /** Neighbours alike, as in a network: most of what is compared is left out early. */
  @ParameterizedTest
  @CsvSource({"1,L2", "2,L2", "3,L2", "4,L2", "2,COSINE"})
  void findsTheSameAmongSmoothCells(int hyperpatch, Distance distance) {
    Random random = new Random(hyperpatch);
    MemoryCells store =
        MemoryCells.of(
            List.of(
                smooth(random, 40, 70, 8), smooth(random, 40, 70, 8), smooth(random, 40, 70, 8)));
    FeatureMap query = smooth(random, 30, 90, 8);
    SearchSettings settings =
        new SearchSettings(hyperpatch, distance, 2, Selection.all(store.exemplars()));
    Field field = search(store, 2).find(query, settings);
    for (int i = 0; i < 40; i++) {
      int row = random.nextInt(query.rows());
      int column = random.nextInt(query.columns());
      List<PlainSearch.Match> matches = PlainSearch.matches(store, query, row, column, settings);
      for (int k = 0; k < 2; k++) {
        PlainSearch.Match match = matches.get(k);
        int at = field.at(row, column, k);
        assertThat(new int[] {field.exemplar()[at], field.row()[at], field.column()[at]})
            .containsExactly(match.exemplar(), match.row(), match.column());
      }
    }
  }

  private static FeatureMap smooth(Random random, int rows, int columns, int channels) {
    float[] noise = MemoryCells.random(random, rows + 4, columns + 4, channels).cells();
    float[] cells = new float[rows * columns * channels];
    for (int i = 0; i < cells.length; i++) {
      int row = i / channels / columns;
      int column = i / channels % columns;
      for (int a = 0; a < 25; a++) {
        int from = (row + a / 5) * (columns + 4) + column + a % 5;
        cells[i] += noise[from * channels + i % channels];
      }
    }
    return new FeatureMap(rows, columns, channels, cells);
  }

  @Test
  void aHyperpatchMayBeWiderThanASetOfSlicesHasBits() {
    Random random = new Random(70);
    MemoryCells store =
        MemoryCells.of(
            List.of(MemoryCells.random(random, 2, 150, 2), MemoryCells.random(random, 2, 150, 2)));
    FeatureMap query = MemoryCells.random(random, 3, 100, 2);
    SearchSettings settings = new SearchSettings(70, Distance.L2, 1, Selection.all(2));
    Field field =
        new ExactSearch(store, Workers.of(1), Progress.NONE, Kernels.plain(4))
            .find(query, settings);
    for (int column = 0; column < query.columns(); column += 17) {
      PlainSearch.Match match =
          PlainSearch.matches(store, query, column % 3, column, settings).getFirst();
      int at = field.at(column % 3, column, 0);
      assertThat(new int[] {field.exemplar()[at], field.row()[at], field.column()[at]})
          .containsExactly(match.exemplar(), match.row(), match.column());
    }
  }

  @Test
  void equalDistancesGoToTheFirstHoweverSmallTheNumbersAre() {
    // Squares of the cells and shares of the thresholds are smaller than the smallest float.
    float[] tiny = new float[12 * 20];
    Arrays.fill(tiny, Float.MIN_VALUE);
    MemoryCells store = MemoryCells.of(List.of(new FeatureMap(12, 20, 1, tiny)));
    for (int hyperpatch = 1; hyperpatch <= 4; hyperpatch++) {
      Field field =
          search(store, 1)
              .find(
                  store.maps().getFirst(),
                  new SearchSettings(hyperpatch, Distance.L2, 1, Selection.all(1)));
      assertThat(field.row()).containsOnly(0);
      assertThat(field.column()).containsOnly(0);
      assertThat(field.distance()).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void anExemplarMatchesItselfInPlaceAtDistanceZero(Distance distance) {
    Random random = new Random(11);
    MemoryCells store =
        MemoryCells.of(
            List.of(
                MemoryCells.random(random, 24, 31, 16), MemoryCells.random(random, 24, 31, 16)));
    for (int hyperpatch = 1; hyperpatch <= 4; hyperpatch++) {
      Field field =
          search(store, 2)
              .find(
                  store.maps().get(1),
                  new SearchSettings(hyperpatch, distance, 1, Selection.all(2)));
      for (int row = 0; row < 24; row++) {
        for (int column = 0; column < 31; column++) {
          int at = field.at(row, column, 0);
          assertThat(field.exemplar()[at]).isEqualTo(1);
          assertThat(field.row()[at]).isEqualTo(row);
          assertThat(field.column()[at]).isEqualTo(column);
          assertThat(field.distance()[at]).isEqualTo(0f);
        }
      }
    }
  }

  @Test
  void leavingAnExemplarOutLeavesTheOthers() {
    Random random = new Random(12);
    FeatureMap own = MemoryCells.random(random, 6, 7, 8);
    MemoryCells store = MemoryCells.of(List.of(MemoryCells.random(random, 6, 7, 8), own, own));
    Field field =
        search(store, 1)
            .find(own, new SearchSettings(1, Distance.L2, 1, Selection.all(3).without(1, 2)));
    assertThat(field.exemplar()).containsOnly(0);
    assertThat(field.distance()).doesNotContain(0f);
  }

  @Test
  void equalCellsGoToTheFirstOfAll() {
    float[] cells = new float[50 * 60 * 3];
    Arrays.fill(cells, 0.3f);
    FeatureMap constant = new FeatureMap(50, 60, 3, cells);
    MemoryCells store = MemoryCells.of(List.of(constant, constant, constant));
    for (Distance distance : Distance.values()) {
      Field field =
          search(store, 3)
              .find(constant, new SearchSettings(3, distance, 4, Selection.all(3).without(0, 0)));
      assertThat(field.exemplar()).containsOnly(1);
      assertThat(field.row()).containsOnly(0);
      for (int at = 0; at < field.column().length; at++) {
        assertThat(field.column()[at]).isEqualTo(at % 4);
      }
      assertThat(field.distance()).containsOnly(0f);
    }
  }

  @Test
  void cellsOfZerosHaveCosineDistanceOne() {
    MemoryCells store =
        MemoryCells.of(
            List.of(
                new FeatureMap(1, 3, 2, new float[] {0, 0, -1, -1, 3, -4}),
                new FeatureMap(1, 3, 2, new float[] {0, 0, 0, 0, 0, 0})));
    SearchSettings settings = new SearchSettings(1, Distance.COSINE, 1, Selection.all(2));
    FeatureMap query = new FeatureMap(1, 2, 2, new float[] {0, 0, 1, 1});
    Field field = search(store, 1).find(query, settings);
    assertThat(field.distance()).containsExactly(1f, 1f);
    assertThat(field.exemplar()).containsExactly(0, 0);
    assertThat(field.column()).containsExactly(0, 0);
  }

  @Test
  void numbersThatAreNotFiniteMatchNothing() {
    float nan = Float.NaN;
    MemoryCells store = MemoryCells.of(List.of(new FeatureMap(1, 3, 1, new float[] {nan, 2, nan})));
    FeatureMap query = new FeatureMap(1, 2, 1, new float[] {nan, 1});
    Field field =
        search(store, 1).find(query, new SearchSettings(1, Distance.L2, 1, Selection.all(1)));
    assertThat(field.exemplar()).containsExactly(-1, 0);
    assertThat(field.column()).containsExactly(-1, 1);
    assertThat(field.distance()).containsExactly(Float.POSITIVE_INFINITY, 1f);
  }

  @Test
  void anEmptySelectionGivesAFieldWithoutMatches() {
    Random random = new Random(2);
    FeatureMap map = MemoryCells.random(random, 3, 4, 5);
    Field field =
        search(MemoryCells.of(List.of(map)), 2)
            .find(map, new SearchSettings(3, Distance.L2, 2, Selection.all(1).without(0, 0)));
    assertThat(field.exemplar()).hasSize(3 * 4 * 2).containsOnly(-1);
    assertThat(field.distance()).containsOnly(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"1,L2", "2,COSINE", "3,L2", "3,COSINE", "4,L2"})
  void theFieldIsTheSameForAnyNumberOfThreadsAndForBothKernels(int hyperpatch, Distance distance) {
    Random random = new Random(hyperpatch);
    MemoryCells store =
        MemoryCells.of(
            List.of(
                MemoryCells.random(random, 45, 66, 5), MemoryCells.coarse(random, 45, 66, 5, 3)));
    FeatureMap query = MemoryCells.coarse(random, 40, 100, 5, 3);
    SearchSettings settings =
        new SearchSettings(hyperpatch, distance, 3, Selection.all(store.exemplars()));
    Field expected =
        new ExactSearch(store, Workers.of(1), Progress.NONE, Kernels.plain(4))
            .find(query, settings);
    for (int threads : new int[] {1, 2, 3, 8}) {
      Field field = search(store, threads).find(query, settings);
      assertThat(field).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void progressCountsEveryChosenExemplarOnce() {
    Random random = new Random(3);
    List<FeatureMap> maps = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      maps.add(MemoryCells.random(random, 10, 90, 4));
    }
    AtomicLong total = new AtomicLong();
    AtomicLong advanced = new AtomicLong();
    AtomicLong closed = new AtomicLong();
    Progress progress =
        (what, unit, units) -> {
          total.set(units);
          return new Progress.Task() {
            @Override
            public void advance(long more) {
              advanced.addAndGet(more);
            }

            @Override
            public void close() {
              closed.incrementAndGet();
            }
          };
        };
    new ExactSearch(MemoryCells.of(maps), Workers.of(2), progress)
        .find(
            maps.getFirst(), new SearchSettings(2, Distance.L2, 1, Selection.all(7).without(3, 3)));
    assertThat(total).hasValue(6);
    assertThat(advanced).hasValue(6);
    assertThat(closed).hasValue(1);
  }

  @Test
  void anInterruptedSearchEnds() {
    Random random = new Random(4);
    FeatureMap map = MemoryCells.random(random, 10, 10, 4);
    ExactSearch search = search(MemoryCells.of(List.of(map)), 2);
    SearchSettings settings = new SearchSettings(1, Distance.L2, 1, Selection.all(1));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> search.find(map, settings))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aQueryOfOtherChannelsIsRefused() {
    Random random = new Random(4);
    ExactSearch search = search(MemoryCells.of(List.of(MemoryCells.random(random, 2, 2, 4))), 1);
    assertThatThrownBy(
            () ->
                search.find(
                    MemoryCells.random(random, 2, 2, 5),
                    new SearchSettings(1, Distance.L2, 1, Selection.all(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 channels");
  }
}
