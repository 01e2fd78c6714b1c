package org.compnn.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.database.CellStore;
import org.compnn.database.Exemplar;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.measure.EvenSample;
import org.compnn.network.FeatureMap;
import org.compnn.problem.UserError;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ChosenCells;
import org.compnn.search.exact.Hyperpatches;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a type of stored cells costs and gives, against another one. */
@Command(
    name = "storage",
    description = {
      "Compare databases of the same pictures whose cells are stored in different types: what they"
          + " take, and how near their matches lie by the numbers of the first."
    },
    footerHeading = "%nExample:%n",
    footer = "  bin/bench storage camvid/val camvid.db camvid-int8.db camvid-coded.db",
    mixinStandardHelpOptions = true)
final class StorageBench implements Callable<Integer> {
  private static final long SEED = 23;

  @Parameters(index = "0", paramLabel = "DATASET", description = "Pictures to be explained.")
  private Path data = Path.of(".");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DB",
      description = "Databases; the first is what the others are compared with.")
  private List<Path> databases = List.of();

  @Option(names = "--layer", description = "Default: ${DEFAULT-VALUE}.")
  private String layer = "penultimate";

  @Option(names = "--limit", description = "Pictures. Default: ${DEFAULT-VALUE}.")
  private int limit = 4;

  @Option(
      names = "--check",
      description = "Cells of a picture searched for exactly. Default: ${DEFAULT-VALUE}.")
  private int check = 200;

  @Option(names = "--direction", paramLabel = "AtoB|BtoA", description = "As for 'compnn index'.")
  private @Nullable Direction direction;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What came of one picture in one database. */
  private record Outcome(
      FieldCheck exact, FieldCheck field, double same, double exactSeconds, double fieldSeconds) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Machine.here());
    try (CompNN reference = CompNN.open(databases.getFirst())) {
      DatasetOptions options = DatasetOptions.of(TargetFormat.of(reference.network().output()));
      Dataset pairs =
          Dataset.open(data, direction == null ? options : options.withDirection(direction));
      List<Query> queries =
          EvenSample.of(pairs.pairs(), limit).stream()
              .map(pair -> Query.of(pair.id(), pair.input()))
              .toList();
      List<Run> runs = queries.stream().map(reference::run).toList();
      List<Raster> compositions = new ArrayList<>();
      for (Path place : databases) {
        try (CompNN compnn = CompNN.open(place)) {
          refuseOther(reference, compnn);
          List<Outcome> outcomes = new ArrayList<>();
          for (int i = 0; i < runs.size(); i++) {
            outcomes.add(outcome(reference, compnn, runs.get(i), queries.get(i), compositions, i));
          }
          line(out, compnn, outcomes);
        }
      }
    }
    return 0;
  }

  private static void refuseOther(CompNN reference, CompNN other) {
    List<String> ids = reference.database().exemplars().stream().map(Exemplar::id).toList();
    if (!ids.equals(other.database().exemplars().stream().map(Exemplar::id).toList())) {
      throw new UserError(
          "%s: expected the pictures of %s, found others"
              .formatted(other.database().folder(), reference.database().folder()));
    }
  }

  private Outcome outcome(
      CompNN reference,
      CompNN compnn,
      Run real,
      Query query,
      List<Raster> compositions,
      int number) {
    CellStore store = compnn.database().cells(layer);
    Options options = Options.defaults().layer(layer).check(0);
    Run run = compnn.run(query);
    double begin = processorSeconds();
    Explanation why = run.explain(options);
    double searched = processorSeconds();
    FeatureMap activations = run.layer(store);
    SearchSettings settings = new SearchSettings(1, Distance.L2, 1, compnn.selection(options));
    int[] chosen =
        FieldCheck.chosen(activations.rows() * activations.columns(), check, SEED + number);
    double asked = processorSeconds();
    Field exact =
        ChosenCells.find(store, store.standardise(activations), settings, chosen, compnn.workers());
    double answered = processorSeconds();
    if (compositions.size() == number) {
      compositions.add(why.composition());
    }
    Measured measured = new Measured(reference, real, settings, chosen);
    return new Outcome(
        measured.check(exact, false),
        measured.check(why.field(), true),
        same(compositions.get(number), why.composition()),
        answered - asked,
        searched - begin);
  }

  /** By the numbers of the reference. */
  private final class Measured {
    private final CellStore store;
    private final Hyperpatches hyperpatches;
    private final int[] chosen;
    private final float[] nearest;

    Measured(CompNN reference, Run run, SearchSettings settings, int[] chosen) {
      this.store = reference.database().cells(layer);
      this.chosen = chosen;
      FeatureMap query = store.standardise(run.layer(store));
      this.hyperpatches = new Hyperpatches(store, query, settings);
      this.nearest =
          ChosenCells.find(store, query, settings, chosen, reference.workers()).distance();
    }

    /**
     * @param whole whether the field has all cells, not those chosen alone
     */
    FieldCheck check(Field field, boolean whole) {
      float[] distances = new float[chosen.length];
      int[] places = new int[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        int at = (whole ? chosen[i] : i) * field.topK();
        int cell = field.row()[at] * store.layer().columns() + field.column()[at];
        distances[i] = (float) hyperpatches.distance(chosen[i], field.exemplar()[at], cell);
        places[i] = i;
      }
      return FieldCheck.of(
          new Field(1, chosen.length, 1, places, places, places, distances), places, nearest);
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  /** The share of pixels that are the same. */
  private static double same(Raster one, Raster other) {
    byte[] a = bytes(one);
    byte[] b = bytes(other);
    int depth = a.length / (one.height() * one.width());
    int same = 0;
    for (int at = 0; at < a.length; at += depth) {
      boolean equal = true;
      for (int i = at; i < at + depth; i++) {
        equal &= a[i] == b[i];
      }
      same += equal ? 1 : 0;
    }
    return (double) same * depth / a.length;
  }

  private static byte[] bytes(Raster raster) {
    return switch (raster) {
      case LabelMap labels -> labels.classes();
      case Picture picture -> picture.rgb();
      case ValueMap values -> values.littleEndian();
    };
  }

  private void line(PrintWriter out, CompNN compnn, List<Outcome> outcomes) throws IOException {
    CellStore store = compnn.database().cells(layer);
    Path folder = compnn.database().annexFolder(store, ".").normalize();
    double cells = bytes(folder, "cells-");
    double all = bytes(folder, "");
    FieldCheck exact = FieldCheck.together(outcomes.stream().map(Outcome::exact).toList());
    FieldCheck field = FieldCheck.together(outcomes.stream().map(Outcome::field).toList());
    out.printf(
        Locale.ROOT,
        "%s, %s: %d bytes a cell, cells %.0f MB, layer with lists %.0f MB; exact: ratio %.4f,"
            + " recall %.3f, %.2f s of a processor; field: ratio %.4f, recall %.3f, %.2f s of a"
            + " processor; %.4f of the composition's pixels are those of the first (%d pictures, %d"
            + " cells)%n",
        compnn.database().folder().getFileName(),
        store.type(),
        store.type().cellBytes(store.layer().channels()),
        cells / 1e6,
        all / 1e6,
        exact.ratio(),
        exact.recall(),
        mean(outcomes.stream().map(Outcome::exactSeconds).toList()),
        field.ratio(),
        field.recall(),
        mean(outcomes.stream().map(Outcome::fieldSeconds).toList()),
        mean(outcomes.stream().map(Outcome::same).toList()),
        outcomes.size(),
        exact.cells());
    out.flush();
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Of a folder's files whose names begin so. */
  private static double bytes(Path folder, String begin) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Objects.toString(file.getFileName()).startsWith(begin))
          .mapToDouble(file -> file.toFile().length())
          .sum();
    }
  }
}
