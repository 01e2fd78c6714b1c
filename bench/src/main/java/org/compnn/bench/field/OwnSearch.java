package org.compnn.bench.field;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.bench.Instructions;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.npy.Npy;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.field.FieldSearch;
import org.compnn.threads.Workers;

/** The field search in a process of its own. */
final class OwnSearch {
  private OwnSearch() {}

  static Answer answer(Order order) {
    List<Answer.Run> runs = new ArrayList<>();
    try (Database database = Database.open(Path.of(order.database()))) {
      CellStore store = database.cells(order.layer());
      List<FeatureMap> queries = new ArrayList<>();
      for (String file : order.queries()) {
        queries.add(
            new FeatureMap(
                order.rows(),
                order.columns(),
                store.layer().channels(),
                Npy.floats(Path.of(file))));
      }
      SearchSettings settings =
          new SearchSettings(order.hyperpatch(), Distance.L2, 1, Selection.all(store.exemplars()));
      for (Quality quality : Quality.values()) {
        for (int threads : order.threads()) {
          FieldSearch search =
              FieldSearch.open(
                  database, store, order.hyperpatch(), quality, Workers.of(threads), Progress.NONE);
          boolean exact = search.exact(store.layer().cells(), store.exemplars());
          if (exact && quality != Quality.BALANCED) {
            continue;
          }
          runs.add(
              run(
                  exact ? "exact" : quality.name().toLowerCase(Locale.ROOT),
                  search,
                  queries,
                  settings,
                  threads,
                  order));
        }
      }
    }
    return new Answer("", Instructions.JVM, -1, 0, "", runs);
  }

  private static Answer.Run run(
      String name,
      FieldSearch search,
      List<FeatureMap> queries,
      SearchSettings settings,
      int threads,
      Order order) {
    double best = Double.POSITIVE_INFINITY;
    List<Field> fields = new ArrayList<>();
    long memory;
    try (Memory watched = new Memory()) {
      // The first rounds map files and have the loops compiled, and are not counted.
      long warm = System.nanoTime() + order.warmNanos();
      do {
        queries.forEach(query -> search.find(query, settings));
      } while (System.nanoTime() < warm);
      for (int round = 0; round < order.repeats(); round++) {
        fields.clear();
        long begin = System.nanoTime();
        queries.forEach(query -> fields.add(search.find(query, settings).field()));
        best = Math.min(best, (System.nanoTime() - begin) / 1e9 / queries.size());
      }
      memory = watched.most();
    }
    int cells = order.rows() * order.columns();
    List<List<Long>> found = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      found.add(
          order.samples().get(i).stream()
              .map(
                  cell ->
                      field.exemplar()[cell] < 0
                          ? -1L
                          : (long) field.exemplar()[cell] * cells
                              + (long) field.row()[cell] * order.columns()
                              + field.column()[cell])
              .toList());
    }
    return new Answer.Run(name, threads, best, cells, memory, 1, List.of(), found);
  }
}
