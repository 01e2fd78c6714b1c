package org.compnn.search.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.Selection;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.DatabaseExtension;
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
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.lists.ListIndex;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AddedExemplarsTest {
  private static final int ROWS = SmallNetworks.HEIGHT;
  private static final int COLUMNS = SmallNetworks.WIDTH;

  @TempDir private Path folder;

  private static Picture stripes(int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    byte[] colour = new byte[3];
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      if (cell % 7 == 0) {
        random.nextBytes(colour);
      }
      System.arraycopy(colour, 0, rgb, cell * 3, 3);
    }
    return new Picture(ROWS, COLUMNS, rgb);
  }

  private Dataset pictures(Network network, String name, int from, int to) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    for (int i = from; i < to; i++) {
      Files.write(data.resolve("p%02d.png".formatted(i)), PictureFile.png(stripes(i)));
    }
    return Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
  }

  private Network network() throws IOException {
    return Network.open(
        SmallNetworks.segmentation(folder.resolve("net"), 3),
        NetworkOptions.defaults().withThreads(1));
  }

  private Path index(Network network, ElementType type) throws IOException {
    Path db = folder.resolve("db");
    DatabaseBuilder.build(
        network,
        pictures(network, "first", 0, 7),
        IndexSettings.of(List.of("penultimate")).withElements(type).withExemplarsPerShard(3),
        db,
        Progress.NONE);
    try (Database database = Database.open(db)) {
      ListIndexBuilder.build(
          database, database.layers().getFirst(), 2, Workers.of(2), Progress.NONE);
    }
    return db;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void addedExemplarsStandBehindTheOthersAndAreFoundByTheLists(ElementType type)
      throws IOException {
    try (Network network = network()) {
      Path db = index(network, type);
      float[] before = new float[ROWS * COLUMNS];
      try (Database database = Database.open(db)) {
        CellStore store = database.layers().getFirst();
        before = cells(store, 6);
      }
      // The second data set has two pictures that are there already.
      Dataset more = pictures(network, "second", 5, 12);
      assertThat(DatabaseExtension.add(db, more, 2, Progress.NONE).exemplars()).isEqualTo(5);
      assertThat(Database.verify(db, Progress.NONE)).isEmpty();
      try (Database database = Database.open(db)) {
        CellStore store = database.layers().getFirst();
        assertThat(ListIndexBuilder.present(database, store, 2)).isFalse();
        assertThat(ListIndex.open(database, store, 2)).isEmpty();
        assertThat(Index.prepare(database, 2, 2, Progress.NONE)).isEqualTo(1);
      }
      assertThat(Database.verify(db, Progress.NONE)).isEmpty();
      try (Database database = Database.open(db)) {
        assertThat(database.exemplars()).hasSize(12);
        assertThat(database.exemplars())
            .extracting(Exemplar::id)
            .endsWith("p07", "p08", "p09", "p10", "p11");
        CellStore store = database.layers().getFirst();
        assertThat(cells(store, 6)).isEqualTo(before);
        assertThat(ListIndexBuilder.trained(database, store, 2)).hasValue(7);
        assertThat(Index.outgrown(database)).isPresent();
        FieldSearch search =
            FieldSearch.open(database, store, 2, Quality.BEST, Workers.of(2), Progress.NONE)
                .byLists();
        for (int exemplar : new int[] {2, 6, 7, 11}) {
          FeatureMap query =
              network.run(stripes(exemplar), List.of(store.layer())).layers().getFirst();
          assertThat(store.standardise(query).cells()).isEqualTo(cells(store, exemplar));
          SearchSettings settings = new SearchSettings(2, Distance.L2, 1, Selection.all(12));
          Field field = search.find(query, settings).field();
          assertThat(field.distance()).containsOnly(0);
          FieldCheck check = search.check(query, settings, field, 50, 1).orElseThrow();
          assertThat(check.recall()).isEqualTo(1);
        }
      }
      assertThat(DatabaseExtension.add(db, more, 2, Progress.NONE).exemplars()).isZero();
    }
  }

  private static float[] cells(CellStore store, int exemplar) {
    float[] cells = new float[store.layer().cells() * store.layer().channels()];
    store.read(exemplar, 0, store.layer().cells(), cells, 0);
    return cells;
  }

  @Test
  void anExtensionThatWasBrokenOffLeavesTheDatabaseAsItWasAndGoesOn() throws IOException {
    try (Network network = network()) {
      Path db = index(network, ElementType.FLOAT16);
      Dataset more = pictures(network, "second", 7, 14);
      // The last picture cannot be read any more when its turn comes.
      Path last = folder.resolve("second").resolve("p13.png");
      byte[] picture = Files.readAllBytes(last);
      Files.write(last, new byte[] {1, 2, 3});
      String description = Files.readString(db.resolve("database.json"));
      assertThatThrownBy(() -> DatabaseExtension.add(db, more, 1, Progress.NONE))
          .isInstanceOf(UserError.class);
      assertThat(Files.readString(db.resolve("database.json"))).isEqualTo(description);
      assertThat(Database.verify(db, Progress.NONE)).isEmpty();
      try (Database database = Database.open(db)) {
        assertThat(database.exemplars()).hasSize(7);
        assertThat(ListIndexBuilder.present(database, database.layers().getFirst(), 2)).isTrue();
      }
      Files.write(last, picture);
      assertThat(DatabaseExtension.add(db, more, 1, Progress.NONE))
          .satisfies(report -> assertThat(report.exemplars()).isEqualTo(7))
          .satisfies(report -> assertThat(report.resumed()).isPositive());
      assertThat(Database.verify(db, Progress.NONE)).isEmpty();
      assertThat(db.resolve("build")).doesNotExist();
    }
  }
}
