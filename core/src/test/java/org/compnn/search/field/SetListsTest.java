package org.compnn.search.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.compnn.DatabaseSet;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of a set: over all shards, and beside none of them. */
final class SetListsTest {
  private static final int ROWS = SmallNetworks.HEIGHT;
  private static final int COLUMNS = SmallNetworks.WIDTH;

  @TempDir private Path folder;

  private Network network;
  private Path set;

  @BeforeEach
  void build() throws IOException {
    network =
        Network.open(
            SmallNetworks.segmentation(folder.resolve("net"), 3),
            NetworkOptions.defaults().withThreads(1));
    set = folder.resolve("set");
    index(0, 9).shards(3).cells(set);
    list(set);
  }

  @AfterEach
  void close() {
    network.close();
  }

  private static Picture picture(int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    byte[] colour = new byte[3];
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      if (cell % 5 == 0) {
        random.nextBytes(colour);
      }
      System.arraycopy(colour, 0, rgb, cell * 3, 3);
    }
    return new Picture(ROWS, COLUMNS, rgb);
  }

  private Dataset pictures(int from, int to) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data-" + from + "-" + to));
    for (int i = from; i < to; i++) {
      Files.write(data.resolve("p%02d.png".formatted(i)), PictureFile.png(picture(i)));
    }
    return Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
  }

  private Index index(int from, int to) throws IOException {
    return Index.of(network, pictures(from, to)).layers("penultimate").threads(2);
  }

  private static void list(Path folder) {
    try (Database database = Database.open(folder);
        Workers workers = Workers.of(2)) {
      ListIndexBuilder.build(database, database.layers().getFirst(), 2, workers, Progress.NONE);
    }
  }

  private static FieldSearch search(Database database) {
    return FieldSearch.open(
            database, database.layers().getFirst(), 2, Quality.BEST, Workers.of(2), Progress.NONE)
        .byLists();
  }

  private Field found(Database database, int picture) {
    CellStore store = database.layers().getFirst();
    FeatureMap query = network.run(picture(picture), List.of(store.layer())).layers().getFirst();
    SearchSettings settings =
        new SearchSettings(2, Distance.L2, 2, database.select(List.of(), List.of()));
    FieldSearch search = search(database);
    Field field = search.find(query, settings).field();
    FieldCheck check = search.check(query, settings, field, 60, 1).orElseThrow();
    assertThat(check.recall()).isGreaterThan(0.7);
    return field;
  }

  private static Path lists(Path database) {
    try (Database open = Database.open(database)) {
      return open.annexFolder(open.layers().getFirst(), "lists-p2");
    }
  }

  @Test
  void listsOfASetAreThoseOfOneDatabaseToTheByte() throws IOException {
    Path one = folder.resolve("one");
    index(0, 9).cells(one);
    list(one);
    Path own = lists(set);
    assertThat(own).startsWith(set.resolve("layers"));
    try (Stream<Path> files = Files.list(lists(one))) {
      for (Path file : files.toList()) {
        assertThat(own.resolve(file.getFileName().toString())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
  }

  @Test
  void aShardThatIsLeftOutIsNotFoundAndTheOthersAre() {
    try (Database database = Database.open(set, List.of("shard-000", "shard-001"))) {
      assertThat(found(database, 7).exemplar()[0]).isEqualTo(1);
      assertThat(found(database, 7).distance()[0]).isZero();
    }
    try (Database database = Database.open(set, List.of("shard-001"))) {
      assertThat(database.exemplars()).hasSize(6);
      assertThat(search(database).listed()).isTrue();
      Field twin = found(database, 7);
      assertThat(twin.exemplar()[0]).isEqualTo(4);
      assertThat(twin.distance()[0]).isZero();
      Field other = found(database, 4);
      assertThat(Arrays.stream(other.exemplar())).allMatch(e -> e >= 0 && e < 6);
      for (int cell = 0; cell < other.rows() * other.columns(); cell++) {
        assertThat(other.distance()[2 * cell]).isPositive();
      }
    }
  }

  @Test
  void addedShardsGoIntoTheListsAndRemovedOnesComeOutWithoutMakingThemAnew() throws IOException {
    DatabaseSet.remove(set, "shard-001");
    try (Database database = Database.open(set)) {
      assertThat(ListIndexBuilder.wanting(database, database.layers().getFirst(), 2)).isFalse();
      assertThat(found(database, 7).exemplar()[0]).isEqualTo(4);
    }
    DatabaseSet.add(set, pictures(9, 12), 2, Progress.NONE);
    try (Database database = Database.open(set)) {
      assertThat(search(database).listed()).isFalse();
      assertThat(Index.prepare(database, 2, 2, Progress.NONE)).isEqualTo(1);
    }
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
    try (Database database = Database.open(set)) {
      assertThat(database.exemplars()).hasSize(9);
      assertThat(ListIndexBuilder.trained(database, database.layers().getFirst(), 2)).hasValue(9);
      assertThat(found(database, 7).exemplar()[0]).isEqualTo(4);
      assertThat(found(database, 10).exemplar()[0]).isEqualTo(7);
      assertThat(found(database, 10).distance()[0]).isZero();
    }
    DatabaseSet.add(set, set.resolve("shards/shard-001"));
    try (Database database = Database.open(set)) {
      assertThat(Index.prepare(database, 2, 2, Progress.NONE)).isEqualTo(1);
    }
    try (Database database = Database.open(set)) {
      assertThat(database.exemplars()).hasSize(12);
      assertThat(found(database, 4).exemplar()[0]).isEqualTo(10);
      assertThat(found(database, 4).distance()[0]).isZero();
    }
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
  }

  @Test
  void listsMadeWhereAShardIsGoneHoldThoseThatAreThere() {
    DatabaseSet.remove(set, "shard-000");
    DatabaseSet.remove(set, "shard-002");
    list(set);
    try (Database database = Database.open(set)) {
      assertThat(search(database).listed()).isTrue();
      Field field = found(database, 4);
      assertThat(field.exemplar()[0]).isEqualTo(1);
      assertThat(field.distance()[0]).isZero();
    }
    assertThat(Database.verify(set, Progress.NONE)).isEmpty();
  }

  @Test
  void newStatisticsTakeTheListsAway() {
    DatabaseSet.restate(set);
    try (Database database = Database.open(set)) {
      assertThat(search(database).listed()).isFalse();
    }
    assertThat(lists(set)).doesNotExist();
    assertThat(Index.leftovers(set)).isEmpty();
  }
}
