package org.compnn.search.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Promise;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.lists.IndexedBlobs;
import org.compnn.search.lists.ListIndex;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationTest {
  @TempDir private Path folder;

  @Test
  void whatAQualityNeedsIsMeasuredOnceAndNotedWithTheLists() throws IOException {
    try (IndexedBlobs blobs = IndexedBlobs.in(folder, 1)) {
      Database database = blobs.database();
      CellStore store = blobs.store();
      assertThat(Calibration.wanting(database, store, 1)).isTrue();
      assertThat(promise(database, store, Quality.BEST, 1)).isEmpty();

      assertThat(Calibration.run(database, store, 1, Workers.of(2), Progress.NONE)).isTrue();

      assertThat(Calibration.wanting(database, store, 1)).isFalse();
      assertThat(Calibration.run(database, store, 1, Workers.of(2), Progress.NONE)).isFalse();
      assertThat(Database.verify(database.folder(), Progress.NONE)).isEmpty();
      ListIndex lists = ListIndex.exactly(database, store, 1).orElseThrow();
      double probes = 0;
      for (Quality quality : Quality.values()) {
        Calibrated found = Calibrated.of(lists, Distance.L2, quality).orElseThrow();
        assertThat(found.effort().probes()).isGreaterThanOrEqualTo(probes);
        assertThat(found.promise().kept()).isTrue();
        assertThat(found.promise().cells()).isGreaterThan(100);
        probes = found.effort().probes();
      }
      assertThat(promise(database, store, Quality.BEST, 1).orElseThrow().promised())
          .isEqualTo(1.002);
      assertThat(promise(database, store, Quality.BEST, 2)).isEmpty();
      assertThat(Calibration.lines(database, store, 1))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("fast", "balanced", "best"));
    }
  }

  @Test
  void theSameIsMeasuredByAnyNumberOfThreads() throws IOException {
    try (IndexedBlobs one = IndexedBlobs.in(folder.resolve("one"), 1);
        IndexedBlobs two = IndexedBlobs.in(folder.resolve("two"), 1)) {
      Calibration.run(one.database(), one.store(), 1, Workers.of(1), Progress.NONE);
      Calibration.run(two.database(), two.store(), 1, Workers.of(3), Progress.NONE);
      assertThat(Calibration.lines(one.database(), one.store(), 1))
          .isEqualTo(Calibration.lines(two.database(), two.store(), 1));
    }
  }

  @Test
  void indexingCalibratesListsThatAnEarlierVersionMade() throws IOException {
    try (IndexedBlobs blobs = IndexedBlobs.in(folder, 1)) {
      assertThat(Index.lists(blobs.database().folder(), 1, 2, Progress.NONE).promises()).hasSize(2);
      assertThat(Index.lists(blobs.database().folder(), 1, 2, Progress.NONE).layers()).isZero();
    }
  }

  private static Optional<Promise> promise(
      Database database, CellStore store, Quality quality, int hyperpatch) {
    return FieldSearch.open(database, store, hyperpatch, quality, Workers.of(1), Progress.NONE)
        .promise(new SearchSettings(hyperpatch, Distance.L2, 1, Selection.all(store.exemplars())));
  }
}
