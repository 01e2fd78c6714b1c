package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldSearchTest {
  private static final int ROWS = SmallNetworks.HEIGHT;
  private static final int COLUMNS = SmallNetworks.WIDTH;
  private static final int EXEMPLARS = 24;

  @TempDir private static Path folder;

  private static Database database;
  private static CellStore store;
  private static Network network;

  @BeforeAll
  static void indexPicturesWithBlobs() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (int i = 0; i < EXEMPLARS; i++) {
      Files.write(data.resolve(i + ".png"), PictureFile.png(blobs(i)));
    }
    network = Network.open(SmallNetworks.segmentation(folder.resolve("net"), 3), one());
    Dataset dataset = Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
    DatabaseBuilder.build(
        network,
        dataset,
        IndexSettings.of(List.of("penultimate")),
        folder.resolve("db"),
        Progress.NONE);
    database = Database.open(folder.resolve("db"));
    store = database.layers().getFirst();
    ListIndexBuilder.build(database, store, 1, Workers.of(2), Progress.NONE);
    ListIndexBuilder.build(database, store, 2, Workers.of(2), Progress.NONE);
  }

  private static NetworkOptions one() {
    return NetworkOptions.defaults().withThreads(1);
  }

  @AfterAll
  static void close() {
    database.close();
    network.close();
  }

  /** Discs of random colours over a slope: smooth in most places, as photographs are. */
  private static Picture blobs(int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / (COLUMNS * 3) * 4 + random.nextInt(6));
    }
    for (int disc = 0; disc < 12; disc++) {
      int y = random.nextInt(ROWS);
      int x = random.nextInt(COLUMNS);
      int radius = 2 + random.nextInt(9);
      byte[] colour = new byte[3];
      random.nextBytes(colour);
      for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
        int down = cell / COLUMNS - y;
        int right = cell % COLUMNS - x;
        if (down * down + right * right < radius * radius) {
          System.arraycopy(colour, 0, rgb, cell * 3, 3);
        }
      }
    }
    return new Picture(ROWS, COLUMNS, rgb);
  }

  private static FeatureMap query(int seed) {
    return store.standardise(network.run(blobs(seed), List.of(store.layer())).layers().getFirst());
  }

  private static FieldSearch search(int threads, Quality quality) {
    return search(2, threads, quality);
  }

  private static FieldSearch search(int p, int threads, Quality quality) {
    return FieldSearch.open(database, store, p, quality, Workers.of(threads), Progress.NONE)
        .byLists();
  }

  private static SearchSettings settings(int p, Distance distance, int topK) {
    return new SearchSettings(p, distance, topK, Selection.all(EXEMPLARS));
  }

  @ParameterizedTest
  @CsvSource({"1,L2", "2,L2", "3,L2", "2,COSINE", "3,COSINE"})
  void noMatchIsNearerThanTheExactOneAndMostAreAsNear(int p, Distance distance) {
    FeatureMap query = query(1001);
    SearchSettings settings = settings(p, distance, 1);
    Field exact = new ExactSearch(store, Workers.of(2), Progress.NONE).find(query, settings);
    Field near = search(p, 2, Quality.BEST).find(query, settings);
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
    Field field = search(2, Quality.FAST).find(query, settings);
    Hyperpatches hyperpatches = new Hyperpatches(store, query, settings);
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      for (int k = 0; k < 3; k++) {
        int at = cell * 3 + k;
        int matched = field.row()[at] * COLUMNS + field.column()[at];
        assertThat((double) field.distance()[at])
            .isCloseTo(hyperpatches.distance(cell, field.exemplar()[at], matched), within(1e-4));
        if (k > 0) {
          assertThat(field.distance()[at]).isGreaterThanOrEqualTo(field.distance()[at - 1]);
        }
      }
    }
  }

  @Test
  void asManyMatchesAreFoundAsAreAskedForWhateverTheQuality() {
    int topK = 20;
    Field field = search(2, Quality.FAST).find(query(1007), settings(2, Distance.L2, topK));
    for (int at = 0; at < field.exemplar().length; at++) {
      assertThat(field.exemplar()[at]).isNotNegative();
      assertThat(field.distance()[at]).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void cellsWhoseListsHoldTooFewMatchesAreSearchedExactly(int p) {
    // More than the one list of 4,096 entries can have that the quality looks at.
    int topK = 6000;
    FeatureMap whole = query(1007);
    FeatureMap two =
        new FeatureMap(1, 2, whole.channels(), Arrays.copyOf(whole.cells(), 2 * whole.channels()));
    SearchSettings settings = settings(p, Distance.L2, topK);

    Field field = search(p, 2, Quality.FAST).find(two, settings);

    Field exact = new ExactSearch(store, Workers.of(2), Progress.NONE).find(two, settings);
    assertThat(field.exemplar()).isEqualTo(exact.exemplar());
    assertThat(field.row()).isEqualTo(exact.row());
    assertThat(field.distance()).isEqualTo(exact.distance());
  }

  @Test
  void whereExactSearchIsAffordableItIsWhatIsDone() {
    FeatureMap query = query(1003);
    SearchSettings settings = settings(2, Distance.L2, 2);
    Field exact = new ExactSearch(store, Workers.of(1), Progress.NONE).find(query, settings);
    Field near =
        FieldSearch.open(database, store, 2, Quality.FAST, Workers.of(2), Progress.NONE)
            .find(query, settings);
    assertThat(near.exemplar()).isEqualTo(exact.exemplar());
    assertThat(near.row()).isEqualTo(exact.row());
    assertThat(near.column()).isEqualTo(exact.column());
    assertThat(near.distance()).isEqualTo(exact.distance());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aPictureOfTheDatabaseMatchesItselfAtDistanceZero(int p) {
    Field field = search(2, Quality.BEST).find(query(5), settings(p, Distance.L2, 1));
    for (float distance : field.distance()) {
      assertThat(distance).isZero();
    }
  }

  @Test
  void aMosaicOfTrainingCellsIsTracedBackToThem() {
    int block = 8;
    Random random = new Random(3);
    int channels = store.layer().channels();
    float[] mosaic = new float[ROWS * COLUMNS * channels];
    float[] cells = new float[ROWS * COLUMNS * channels];
    for (int row = 0; row < ROWS; row += block) {
      for (int column = 0; column < COLUMNS; column += block) {
        store.read(random.nextInt(EXEMPLARS), 0, ROWS * COLUMNS, cells, 0);
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
    Field field = search(2, Quality.BALANCED).find(query, settings(2, Distance.L2, 1));
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
    Field one = search(1, Quality.BALANCED).find(query, settings);
    Field many = search(threads, Quality.BALANCED).find(query, settings);
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
    Field field = search(2, Quality.BALANCED).find(query, settings);
    Field exact = new ExactSearch(store, Workers.of(2), Progress.NONE).find(query, settings);
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
    Field field = search(2, Quality.FAST).find(query, settings);
    Field exact = new ExactSearch(store, Workers.of(2), Progress.NONE).find(query, settings);
    int all = ROWS * COLUMNS;
    long hits =
        IntStream.range(0, all)
            .filter(i -> field.distance()[i] <= exact.distance()[i] * (1 + 1e-5))
            .count();
    FieldCheck whole = FieldCheck.of(store, query, settings, field, all, 1, Workers.of(2));
    assertThat(whole.cells()).isEqualTo(all);
    assertThat(whole.recall()).isCloseTo((double) hits / all, within(0.01));
    FieldCheck sample = FieldCheck.of(store, query, settings, field, 200, 1, Workers.of(2));
    assertThat(sample.recall()).isCloseTo(whole.recall(), within(0.15));
    assertThat(FieldCheck.of(store, query, settings, exact, 200, 1, Workers.of(2)).recall())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "3,1"})
  void theListsThemselvesTellTheSameAsExactSearchAboutAField(int p, int listsFor) {
    FeatureMap query = query(1008);
    SearchSettings settings = settings(p, Distance.L2, 2);
    FieldSearch search = search(listsFor, 2, Quality.FAST);
    Field field = search.find(query, settings);
    FieldCheck byLists = search.check(query, settings, field, 300, 9).orElseThrow();
    FieldCheck exact = FieldCheck.of(store, query, settings, field, 300, 9, Workers.of(2));
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
    Field field = search.find(query, settings);
    FieldCheck byLists = search.check(query, settings, field, 300, 9).orElseThrow();
    FieldCheck exact = FieldCheck.of(store, query, settings, field, 300, 9, Workers.of(2));
    assertThat(byLists.recall()).isEqualTo(exact.recall());
  }

  @Test
  void whereListsBoundNothingTheyCheckNothing() {
    FeatureMap query = query(1008);
    SearchSettings cosine = settings(2, Distance.COSINE, 1);
    FieldSearch search = search(2, Quality.FAST);
    assertThat(search.check(query, cosine, search.find(query, cosine), 10, 9)).isEmpty();
    SearchSettings smaller = settings(1, Distance.L2, 1);
    assertThat(search.check(query, smaller, search.find(query, smaller), 10, 9)).isEmpty();
  }

  @Test
  void aTimeBudgetBuysListsAndWithoutAnyTimeTheNearestOneIsStillSearched() {
    FeatureMap query = query(1010);
    SearchSettings settings = settings(2, Distance.L2, 1);
    FieldSearch search = search(2, Quality.FAST);
    Reached least = search.findWithin(query, settings, 1e-9);
    assertThat(least.probes()).isEqualTo(1);
    assertThat(least.rounds()).isZero();
    for (float distance : least.field().distance()) {
      assertThat(distance).isFinite();
    }
    Reached most = search.findWithin(query, settings, 1e6);
    assertThat(most.probes()).isGreaterThan(1);
    assertThat(most.rounds()).isPositive();
    double before = 0;
    double after = 0;
    for (int i = 0; i < most.field().distance().length; i++) {
      before += least.field().distance()[i];
      after += most.field().distance()[i];
    }
    assertThat(after).isLessThan(before);
  }

  @Test
  void aBrokenListIsNamedByVerifying() throws IOException {
    Path copy = copied("copy");
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
    Path codes;
    try (var files = Files.walk(copy)) {
      codes = files.filter(f -> f.endsWith("codes.npy")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(codes);
    bytes[bytes.length / 2] ^= 1;
    Files.write(codes, bytes);
    assertThat(Database.verify(copy, Progress.NONE))
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).endsWith("/codes.npy"));
  }

  @Test
  void anUnfinishedListIsNoListAndIsBuiltAnew() throws IOException {
    Path part =
        database.folder().resolve("layers").resolve(firstLayerFolder()).resolve("lists-p3.part");
    Files.createDirectories(part);
    Files.writeString(part.resolve("codes.tmp"), "left over");
    assertThat(ListIndexBuilder.present(database, store, 3)).isFalse();
    ListIndexBuilder.build(database, store, 3, Workers.of(2), Progress.NONE);
    assertThat(ListIndexBuilder.present(database, store, 3)).isTrue();
    assertThat(part).doesNotExist();
  }

  @Test
  void aListPassThatWasBrokenOffGoesOnWhereItWasAndMakesTheSame() throws IOException {
    Path copy = copied("broken-off");
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      ListIndexBuilder.build(there, cells, 3, Workers.of(2), Progress.NONE);
    }
    Path lists = listsOf(copy, 3);
    Map<String, byte[]> expected = contents(lists);
    try (var files = Files.list(lists)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(lists);
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      assertThatThrownBy(
              () ->
                  ListIndexBuilder.build(
                      there, cells, 3, Workers.of(2), new Broken(20, EXEMPLARS), 8))
          .isInstanceOf(CancellationException.class);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isFalse();
      // What was noted is not done again: 16 at once, then the others one by one.
      Broken atTheEnd = new Broken(8, 16);
      assertThatThrownBy(() -> ListIndexBuilder.build(there, cells, 3, Workers.of(1), atTheEnd, 8))
          .isInstanceOf(CancellationException.class);
      assertThat(atTheEnd.steps.getFirst()).isEqualTo(16);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isFalse();
      Broken whole = new Broken(Integer.MAX_VALUE, Integer.MAX_VALUE);
      ListIndexBuilder.build(there, cells, 3, Workers.of(2), whole, 8);
      assertThat(whole.steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(EXEMPLARS);
      assertThat(ListIndexBuilder.present(there, cells, 3)).isTrue();
    }
    assertThat(contents(lists)).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(lists.resolveSibling("lists-p3.part")).doesNotExist();
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  @Test
  void listsOfAnEarlierVersionAreNamedAndMadeAnewByIndexing() throws IOException {
    Path copy = copied("outdated");
    Path lists = listsOf(copy, 1);
    Files.delete(lists.resolve("radii.npy"));
    Path description = lists.resolve("annex.json");
    Files.writeString(
        description,
        Files.readString(description)
            .replaceAll("\\{\\s*\"path\" : \"radii.npy\",[^}]*}\\s*,?", ""));
    try (Database there = Database.open(copy)) {
      CellStore cells = there.layers().getFirst();
      assertThatThrownBy(
              () -> FieldSearch.open(there, cells, 1, Quality.FAST, Workers.of(1), Progress.NONE))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("earlier version")
          .hasMessageContaining("index again for hyperpatches of 1");
      assertThat(ListIndexBuilder.present(there, cells, 1)).isFalse();
      ListIndexBuilder.build(there, cells, 1, Workers.of(2), Progress.NONE);
      assertThat(ListIndexBuilder.present(there, cells, 1)).isTrue();
    }
    assertThat(Database.verify(copy, Progress.NONE)).isEmpty();
  }

  /** Notes the steps that a task takes and breaks it off after some, or after some units. */
  private static final class Broken implements Progress {
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private final int most;
    private final long units;

    Broken(int most, long units) {
      this.most = most;
      this.units = units;
    }

    @Override
    public Task begin(String what, String unit, long total) {
      return new Task() {
        @Override
        public void advance(long count) {
          steps.add(count);
          if (steps.size() > most || steps.stream().mapToLong(Long::longValue).sum() > units) {
            throw new CancellationException("pulled the plug");
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  private static Map<String, byte[]> contents(Path lists) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (var files = Files.list(lists)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static Path listsOf(Path db, int p) throws IOException {
    return db.resolve("layers").resolve(firstLayerFolder()).resolve("lists-p" + p);
  }

  private static Path copied(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (var files = Files.walk(folder.resolve("db"))) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(folder.resolve("db").relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }

  private static String firstLayerFolder() throws IOException {
    try (var folders = Files.list(database.folder().resolve("layers"))) {
      return folders.findFirst().orElseThrow().getFileName().toString();
    }
  }
}
