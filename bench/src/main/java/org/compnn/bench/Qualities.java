package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.image.PictureFile;
import org.compnn.measure.EvenSample;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.field.FieldSearch;
import org.compnn.threads.Workers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The field search of a database at every quality, for pictures spread over a folder, and its
 * recall and distance ratio against exact search of some of their cells.
 */
final class Qualities {
  private static final long SEED = 5;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DB", description = "Database to search.")
  private @Nullable Path folder;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PICTURES",
      description = "Folder of pictures to search for.")
  private @Nullable Path pictures;

  @Option(names = "--layer", description = "Layer of DB. Default: ${DEFAULT-VALUE}.")
  private String layer = "penultimate";

  @Option(
      names = "--hyperpatch",
      description = "Hyperpatch size, with DB. Default: ${DEFAULT-VALUE}.")
  private int hyperpatch = 1;

  @Option(
      names = "--limit",
      description = "Pictures to search for, with DB. Default: ${DEFAULT-VALUE}.")
  private int limit = 3;

  @Option(
      names = "--check",
      description = "Cells per picture to search exactly too, with DB. Default: ${DEFAULT-VALUE}.")
  private int check = 0;

  /** Whether a database is named, rather than cases. */
  boolean wanted() {
    return folder != null;
  }

  void run(List<Integer> threads, int repeats, PrintWriter out) throws IOException {
    if (folder == null || pictures == null) {
      throw new UserError("bench field DB: expected a folder of pictures after it, found none");
    }
    try (Database database = Database.open(folder);
        Network network = database.network(NetworkOptions.defaults())) {
      CellStore store = database.cells(layer);
      List<FeatureMap> queries = queries(network, store, pictures);
      out.printf(
          Locale.ROOT,
          "%d exemplars of %d x %d cells of %d channels, p = %d, %d pictures%n%n",
          store.exemplars(),
          store.layer().rows(),
          store.layer().columns(),
          store.layer().channels(),
          hyperpatch,
          queries.size());
      out.println("quality    threads  s a picture   ratio  recall");
      SearchSettings settings =
          new SearchSettings(hyperpatch, Distance.L2, 1, Selection.all(store.exemplars()));
      for (Quality quality : Quality.values()) {
        String quotient = "      -       -";
        for (int count : threads) {
          FieldSearch search =
              FieldSearch.open(
                  database, store, hyperpatch, quality, Workers.of(count), Progress.NONE);
          List<Field> fields = new ArrayList<>();
          double seconds = time(search, queries, settings, repeats, fields);
          if (check > 0 && count == threads.getFirst()) {
            quotient = quotient(store, queries, settings, fields);
          }
          out.printf(
              Locale.ROOT,
              "%-10s %7d %12.3f %s%n",
              quality.name().toLowerCase(Locale.ROOT),
              count,
              seconds,
              quotient);
          out.flush();
        }
      }
    }
  }

  private List<FeatureMap> queries(Network network, CellStore store, Path pictures)
      throws IOException {
    List<Path> files;
    try (var all = Files.list(pictures)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<FeatureMap> queries = new ArrayList<>();
    for (Path file : EvenSample.of(files, limit)) {
      queries.add(
          network
              .run(PictureFile.read(file), List.of(network.layer(store.layer().name())))
              .layers()
              .getFirst());
    }
    return queries;
  }

  /** The best round's mean seconds a picture. */
  private double time(
      FieldSearch search,
      List<FeatureMap> queries,
      SearchSettings settings,
      int repeats,
      List<Field> fields) {
    double best = Double.POSITIVE_INFINITY;
    // The first round compiles and is not counted.
    for (int round = 0; round <= repeats; round++) {
      fields.clear();
      long begin = System.nanoTime();
      queries.forEach(query -> fields.add(search.find(query, settings).field()));
      double mean = (System.nanoTime() - begin) / 1e9 / queries.size();
      best = round == 0 ? best : Math.min(best, mean);
    }
    return best;
  }

  private String quotient(
      CellStore store, List<FeatureMap> queries, SearchSettings settings, List<Field> fields) {
    double ratio = 0;
    double recall = 0;
    ExactSearch exact = new ExactSearch(store, Workers.ofMachine(), Progress.NONE);
    for (int i = 0; i < queries.size(); i++) {
      FieldCheck one = exact.check(queries.get(i), settings, fields.get(i), check, SEED);
      ratio += one.ratio() / queries.size();
      recall += one.recall() / queries.size();
    }
    return String.format(Locale.ROOT, "%7.4f %7.3f", ratio, recall);
  }
}
