package org.compnn.search.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.exact.Windows;
import org.compnn.search.lists.IndexedBlobs;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldSearchTest {
  private static final int ROWS = IndexedBlobs.ROWS;
  private static final int COLUMNS = IndexedBlobs.COLUMNS;
  private static final int EXEMPLARS = IndexedBlobs.EXEMPLARS;

  @TempDir private static Path folder;

  private static IndexedBlobs blobs;
  private static Database database;
  private static CellStore store;

  @BeforeAll
  static void indexPicturesWithBlobs() throws IOException {
    blobs = IndexedBlobs.in(folder, 1, 2);
    database = blobs.database();
    store = blobs.store();
  }

  @AfterAll
  static void close() {
    blobs.close();
  }

  private static FeatureMap query(int seed) {
    return blobs.activations(seed);
  }

  private static FieldSearch search(int threads, Quality quality) {
    return search(2, threads, quality);
  }

  private static FieldSearch search(int p, int threads, Quality quality) {
    return FieldSearch.open(database, store, p, quality, Workers.of(threads), Progress.NONE)
        .byLists();
  }

  private static ExactSearch exactly() {
    return new ExactSearch(store, Workers.of(2), Progress.NONE);
  }

  private static SearchSettings settings(int p, Distance distance, int topK) {
    return new SearchSettings(p, distance, topK, Selection.all(EXEMPLARS));
  }

  @ParameterizedTest
  @CsvSource({"1,L2", "2,L2", "3,L2", "2,COSINE", "3,COSINE"})
  void noMatchIsNearerThanTheExactOneAndMostAreAsNear(int p, Distance distance) {
    FeatureMap query = query(1001);
    SearchSettings settings = settings(p, distance, 1);
    Field exact = exactly().find(query, settings).field();
    Field near = search(p, 2, Quality.BEST).find(query, settings).field();
    double found = 0;
    double least = 0;
    for (int i = 0; i < exact.distance().length; i++) {
      assertThat(near.distance()[i]).isGreaterThanOrEqualTo(exact.distance()[i] * (1 - 1e-6f));
      found += near.distance()[i];
      least += exact.distance()[i];
    }
    assertThat(found / least).isLessThan(1.05);
  }

  @Test
  void theDistancesAreThoseOfTheMatchesNamed() {
    FeatureMap query = query(1002);
    SearchSettings settings = settings(2, Distance.L2, 3);
    Field field = search(2, Quality.FAST).find(query, settings).field();
    FeatureMap standardised = store.standardise(query);
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      for (int k = 0; k < 3; k++) {
        int at = cell * 3 + k;
        int matched = field.row()[at] * COLUMNS + field.column()[at];
        assertThat((double) field.distance()[at])
            .isCloseTo(distance(standardised, cell, field.exemplar()[at], matched), within(1e-4));
        if (k > 0) {
          assertThat(field.distance()[at]).isGreaterThanOrEqualTo(field.distance()[at - 1]);
        }
      }
    }
  }

  /** The squared distance of hyperpatches of 2 x 2 cells. */
  private static double distance(FeatureMap query, int cell, int exemplar, int matched) {
    int channels = store.layer().channels();
    float[] cells = new float[ROWS * COLUMNS * channels];
    store.read(exemplar, 0, ROWS * COLUMNS, cells, 0);
    float[] one = new float[4 * channels];
    float[] other = new float[4 * channels];
    int row = cell / COLUMNS;
    int column = cell % COLUMNS;
    Windows.copy(query.cells(), ROWS, COLUMNS, channels, row, column, 0, 2, one, 0);
    row = matched / COLUMNS;
    column = matched % COLUMNS;
    Windows.copy(cells, ROWS, COLUMNS, channels, row, column, 0, 2, other, 0);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - other[i], 2);
    }
    return sum;
  }

  @Test
  void asManyMatchesAreFoundAsAreAskedForWhateverTheQuality() {
    int topK = 20;
    Field field = search(2, Quality.FAST).find(query(1007), settings(2, Distance.L2, topK)).field();
    for (int at = 0; at < field.exemplar().length; at++) {
      assertThat(field.exemplar()[at]).isNotNegative();
      assertThat(field.distance()[at]).isFinite();
    }
  }

  @Test
  void cellsWhoseListsHoldTooFewMatchesAreSearchedExactly() {
    int p = 1;
    // More than the lists can have that the quality looks at.
    int topK = 15_000;
    FeatureMap whole = query(1007);
    FeatureMap two =
        new FeatureMap(1, 2, whole.channels(), Arrays.copyOf(whole.cells(), 2 * whole.channels()));
    SearchSettings settings = settings(p, Distance.L2, topK);

    Field field = search(p, 2, Quality.FAST).find(two, settings).field();

    Field exact = exactly().find(two, settings).field();
    assertThat(field.exemplar()).isEqualTo(exact.exemplar());
    assertThat(field.row()).isEqualTo(exact.row());
    assertThat(field.distance()).isEqualTo(exact.distance());
  }

  @Test
  void whereExactSearchIsAffordableItIsWhatIsDone() {
    FeatureMap query = query(1003);
    SearchSettings settings = settings(2, Distance.L2, 2);
    Field exact = exactly().find(query, settings).field();
    FieldSearch search =
        FieldSearch.open(database, store, 2, Quality.FAST, Workers.of(2), Progress.NONE);
    Found found = search.find(query, settings);
    Field near = found.field();
    assertThat(found.how()).isInstanceOf(How.Exact.class);
    assertThat(found.how().seconds()).isPositive();
    assertThat(search.within(1).find(query, settings).how()).isInstanceOf(How.Exact.class);
    assertThat(near.exemplar()).isEqualTo(exact.exemplar());
    assertThat(near.row()).isEqualTo(exact.row());
    assertThat(near.column()).isEqualTo(exact.column());
    assertThat(near.distance()).isEqualTo(exact.distance());
  }

  @Test
  void withoutListsASearchIsExactAndSaysSo() throws IOException {
    try (IndexedBlobs unlisted =
        IndexedBlobs.in(Files.createDirectory(folder.resolve("unlisted")))) {
      FieldSearch search =
          FieldSearch.open(
                  unlisted.database(),
                  unlisted.store(),
                  2,
                  Quality.FAST,
                  Workers.of(2),
                  Progress.NONE)
              .byLists();
      SearchSettings settings = settings(2, Distance.L2, 1);
      FeatureMap query = query(1003);
      Found found = search.find(query, settings);
      assertThat(found.how()).isInstanceOf(How.Exact.class);
      assertThat(found.field().distance())
          .isEqualTo(exactly().find(query, settings).field().distance());
      assertThat(search.check(query, settings, found.field(), 10, 9)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,L2", "2,L2", "3,L2", "1,COSINE", "3,COSINE"})
  void everyPictureOfTheDatabaseMatchesItselfAtDistanceZero(int p, Distance distance) {
    for (Quality quality : Quality.values()) {
      for (int picture = 0; picture < EXEMPLARS; picture++) {
        Field field = search(p, 2, quality).find(query(picture), settings(p, distance, 1)).field();
        assertThat(field.distance()).as(quality + " " + picture).containsOnly(0);
      }
    }
  }

  @Test
  void aPieceOfAPictureOfTheDatabaseIsTracedBackToItsPlace() {
    int rows = ROWS - 9;
    int columns = COLUMNS - 13;
    int channels = store.layer().channels();
    for (int picture = 0; picture < EXEMPLARS; picture++) {
      float[] cells = query(picture).cells();
      float[] piece = new float[rows * columns * channels];
      for (int row = 0; row < rows; row++) {
        int from = ((row + 5) * COLUMNS + 7) * channels;
        System.arraycopy(cells, from, piece, row * columns * channels, columns * channels);
      }
      FeatureMap query = new FeatureMap(rows, columns, channels, piece);
      Field field = search(1, 2, Quality.FAST).find(query, settings(1, Distance.L2, 1)).field();
      assertThat(field.distance()).containsOnly(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,FAST", "2,FAST", "2,BALANCED"})
  void aPictureWhoseCellsHaveManyNearTwinsMatchesItselfToo(int p, Quality quality)
      throws IOException {
    try (IndexedBlobs grains = IndexedBlobs.grains(Files.createTempDirectory(folder, "g"), 1, 2)) {
      FieldSearch search =
          FieldSearch.open(
                  grains.database(), grains.store(), p, quality, Workers.of(2), Progress.NONE)
              .byLists();
      for (int picture = 0; picture < EXEMPLARS; picture++) {
        Field field = search.find(grains.activations(picture), settings(p, Distance.L2, 1)).field();
        assertThat(field.distance()).as("picture " + picture).containsOnly(0);
      }
    }
  }

  @Test
  void aMosaicOfTrainingCellsIsTracedBackToThem() {
    int block = 8;
    Random random = new Random(3);
    int channels = store.layer().channels();
    float[] mosaic = new float[ROWS * COLUMNS * channels];
    List<FeatureMap> exemplars =
        IntStream.range(0, EXEMPLARS).mapToObj(FieldSearchTest::query).toList();
    for (int row = 0; row < ROWS; row += block) {
      for (int column = 0; column < COLUMNS; column += block) {
        float[] cells = exemplars.get(random.nextInt(EXEMPLARS)).cells();
        int down = random.nextInt(ROWS - block);
        int right = random.nextInt(COLUMNS - block);
        for (int y = 0; y < block; y++) {
          System.arraycopy(
              cells,
              ((down + y) * COLUMNS + right) * channels,
              mosaic,
              ((row + y) * COLUMNS + column) * channels,
              block * channels);
        }
      }
    }
    FeatureMap query = new FeatureMap(ROWS, COLUMNS, channels, mosaic);
    Field field = search(2, Quality.BALANCED).find(query, settings(2, Distance.L2, 1)).field();
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      // The last row and column of a block see the next one.
      if (cell / COLUMNS % block < block - 1 && cell % COLUMNS % block < block - 1) {
        assertThat(field.distance()[cell]).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theFieldIsTheSameForAnyNumberOfThreads(int threads) {
    FeatureMap query = query(1004);
    SearchSettings settings = settings(3, Distance.L2, 2);
    Field one = search(1, Quality.BALANCED).find(query, settings).field();
    Field many = search(threads, Quality.BALANCED).find(query, settings).field();
    assertThat(many.exemplar()).isEqualTo(one.exemplar());
    assertThat(many.row()).isEqualTo(one.row());
    assertThat(many.column()).isEqualTo(one.column());
    assertThat(many.distance()).isEqualTo(one.distance());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void onlySelectedExemplarsMatch(int count) {
    Selection all = Selection.all(EXEMPLARS);
    Selection few = all.without(count, EXEMPLARS);
    SearchSettings settings = new SearchSettings(2, Distance.L2, 1, few);
    FeatureMap query = query(1005);
    Field field = search(2, Quality.BALANCED).find(query, settings).field();
    Field exact = exactly().find(query, settings).field();
    double found = 0;
    double least = 0;
    for (int i = 0; i < field.exemplar().length; i++) {
      assertThat(field.exemplar()[i]).isBetween(0, count - 1);
      found += field.distance()[i];
      least += exact.distance()[i];
    }
    assertThat(found / least).isLessThan(1.1);
  }

  @Test
  void theCheckSaysWhatAComparisonWithTheWholeExactFieldSays() {
    FeatureMap query = query(1006);
    SearchSettings settings = settings(2, Distance.L2, 1);
    Field field = search(2, Quality.FAST).find(query, settings).field();
    Field exact = exactly().find(query, settings).field();
    int all = ROWS * COLUMNS;
    long hits =
        IntStream.range(0, all)
            .filter(i -> field.distance()[i] <= exact.distance()[i] * (1 + 1e-5))
            .count();
    FieldCheck whole = exactly().check(query, settings, field, all, 1);
    assertThat(whole.cells()).isEqualTo(all);
    assertThat(whole.recall()).isCloseTo((double) hits / all, within(0.01));
    FieldCheck sample = exactly().check(query, settings, field, 200, 1);
    assertThat(sample.recall()).isCloseTo(whole.recall(), within(0.15));
    assertThat(exactly().check(query, settings, exact, 200, 1).recall()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,L2",
    "2,2,L2",
    "3,2,L2",
    "3,1,L2",
    "1,1,COSINE",
    "2,2,COSINE",
    "3,2,COSINE",
    "3,1,COSINE"
  })
  void theListsThemselvesTellTheSameAsExactSearchAboutAField(
      int p, int listsFor, Distance distance) {
    FeatureMap query = query(1008);
    SearchSettings settings = settings(p, distance, 2);
    FieldSearch search = search(listsFor, 2, Quality.FAST);
    Field field = search.find(query, settings).field();
    FieldCheck byLists = search.check(query, settings, field, 300, 9).orElseThrow();
    FieldCheck exact = exactly().check(query, settings, field, 300, 9);
    assertThat(byLists.cells()).isEqualTo(300);
    assertThat(byLists.recall()).isEqualTo(exact.recall()).isLessThan(1);
    assertThat(byLists.ratio()).isCloseTo(exact.ratio(), within(1e-4));
  }

  @Test
  void theListsCheckASelectionToo() {
    FeatureMap query = query(1009);
    Selection few = Selection.all(EXEMPLARS).without(3, 14);
    SearchSettings settings = new SearchSettings(2, Distance.L2, 1, few);
    FieldSearch search = search(2, Quality.FAST);
    Field field = search.find(query, settings).field();
    FieldCheck byLists = search.check(query, settings, field, 300, 9).orElseThrow();
    FieldCheck exact = exactly().check(query, settings, field, 300, 9);
    assertThat(byLists.recall()).isEqualTo(exact.recall());
  }

  @Test
  void whereListsBoundNothingTheyCheckNothing() {
    FeatureMap query = query(1008);
    FieldSearch search = search(2, Quality.FAST);
    SearchSettings smaller = settings(1, Distance.L2, 1);
    assertThat(search.check(query, smaller, search.find(query, smaller).field(), 10, 9)).isEmpty();
  }

  @Test
  void aTimeBudgetBuysListsAndWithoutAnyTimeTheNearestOneIsStillSearched() {
    FeatureMap query = query(1010);
    SearchSettings settings = settings(2, Distance.L2, 1);
    FieldSearch search = search(2, Quality.FAST);
    Found least = search.within(1e-9).find(query, settings);
    assertThat(least.how())
        .isInstanceOfSatisfying(
            How.Lists.class,
            how -> {
              assertThat(how.probes()).isEqualTo(1);
              assertThat(how.rounds()).isZero();
              assertThat(how.seconds()).isPositive();
            });
    for (float distance : least.field().distance()) {
      assertThat(distance).isFinite();
    }
    Found most = search.within(1e6).find(query, settings);
    assertThat(most.how())
        .isInstanceOfSatisfying(
            How.Lists.class,
            how -> {
              assertThat(how.probes()).isGreaterThan(1);
              assertThat(how.rounds()).isPositive();
            });
    double before = 0;
    double after = 0;
    for (int i = 0; i < most.field().distance().length; i++) {
      before += least.field().distance()[i];
      after += most.field().distance()[i];
    }
    assertThat(after).isLessThan(before);
  }
}
