package org.compnn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.build.BuildLock;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.Leftovers;
import org.compnn.progress.Progress;
import org.compnn.search.field.Calibration;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;

/** Making the lists of a database's layers, bringing them up to date, and calibrating them. */
final class SearchLists {
  private SearchLists() {}

  static Index.Lists make(Path folder, int hyperpatch, int threads, Progress progress) {
    long begin = System.nanoTime();
    int prepared;
    try {
      if (Leftovers.any(folder)) {
        try (BuildLock _ = BuildLock.take(folder)) {
          Leftovers.remove(folder);
        }
      }
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
    try (Database database = Database.open(folder)) {
      prepared = prepare(database, hyperpatch, threads, progress);
    }
    // The lists that were made are seen by who opens the database after.
    try (Database database = Database.open(folder)) {
      List<String> promises =
          database.layers().stream()
              .flatMap(store -> Calibration.lines(database, store, hyperpatch).stream())
              .toList();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return new Index.Lists(prepared, took, promises, outgrown(database));
    }
  }

  static int prepare(Database database, int hyperpatch, int threads, Progress progress) {
    if (database.layers().stream()
        .noneMatch(
            store ->
                ListIndexBuilder.wanting(database, store, hyperpatch)
                    || Calibration.wanting(database, store, hyperpatch))) {
      return 0;
    }
    int prepared = 0;
    try (BuildLock _ = BuildLock.take(database.folder());
        Workers workers = Workers.of(threads)) {
      for (CellStore store : database.layers()) {
        prepared += prepare(database, store, hyperpatch, workers, progress) ? 1 : 0;
      }
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(database.folder(), e);
    }
    return prepared;
  }

  private static boolean prepare(
      Database database, CellStore store, int hyperpatch, Workers workers, Progress progress) {
    boolean changed = false;
    for (int p = 1; p <= Index.LARGEST_HYPERPATCH; p++) {
      ListIndexBuilder.seal(database, store, p);
      changed |= ListIndexBuilder.extend(database, store, p, workers, progress);
    }
    if (ListIndexBuilder.worthwhile(store)
        && !ListIndexBuilder.present(database, store, hyperpatch)) {
      ListIndexBuilder.build(database, store, hyperpatch, workers, progress);
      changed = true;
    }
    for (int p = 1; p <= Index.LARGEST_HYPERPATCH; p++) {
      changed |= Calibration.run(database, store, p, workers, progress);
    }
    return changed;
  }

  static Optional<String> outgrown(Database database) {
    if (DatabaseSet.isThere(database.folder())) {
      // A set says so of its means and deviations, and all are made anew together.
      return Optional.empty();
    }
    int all = database.exemplars().size();
    for (CellStore store : database.layers()) {
      for (int p = 1; p <= Index.LARGEST_HYPERPATCH; p++) {
        OptionalInt trained = ListIndexBuilder.trained(database, store, p);
        if (trained.isPresent() && 3L * trained.getAsInt() < 2L * all) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "%s: search lists were laid out for %d pictures and now hold %d; index again for"
                      + " the best matches",
                  database.folder(),
                  trained.getAsInt(),
                  all));
        }
      }
    }
    return Optional.empty();
  }
}
