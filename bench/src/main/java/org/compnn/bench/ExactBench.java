package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.database.Database;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The exact search against the matrix products of ONNX Runtime, FAISS and NumPy. */
@Command(
    name = "exact",
    description =
        "Measure the exact search (p = 1, 2, 3) against the matrix products of ONNX Runtime, FAISS"
            + " and NumPy on the same cells, in turn, best of several runs: on synthetic cells and,"
            + " with --database, on those of a database.",
    footerHeading = "%nExample:%n",
    footer = {
      "  bin/bench exact --database camvid.db --repeats 2 \\",
      "    --query camvid/val/images/0016E5_07959.jpg"
    },
    mixinStandardHelpOptions = true)
final class ExactBench implements Callable<Integer> {
  @Option(
      names = "--database",
      description = "Also measure on this database, on exemplars spread evenly over it.")
  private @Nullable Path database;

  @Option(names = "--layer", description = "Layer of the database. Default: ${DEFAULT-VALUE}.")
  private String layer = "penultimate";

  @Option(
      names = "--query",
      description = "Picture to search for in the database. Default: another exemplar.")
  private @Nullable Path query;

  @Option(names = "--no-synthetic", description = "Skip the synthetic cells.")
  private boolean noSynthetic;

  @Option(names = "--no-peers", description = "Measure the exact search alone.")
  private boolean noPeers;

  @Option(names = "--json", description = "Also write the figures to this file.")
  private @Nullable Path json;

  @Option(
      names = "--threads",
      split = ",",
      description = "Thread counts to measure. Default: ${DEFAULT-VALUE}.")
  private int[] threads = {1, 2};

  @Option(names = "--repeats", description = "Runs of each contender. Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Option(
      names = "--channels",
      description = "Channels of the synthetic cells. Default: ${DEFAULT-VALUE}.")
  private int channels = 32;

  @Option(
      names = "--exemplars",
      description =
          "Exemplars to search, of 192 x 256 synthetic cells each or of the database. Default:"
              + " ${DEFAULT-VALUE}.")
  private int exemplars = 4;

  @Option(names = "--quick", description = "Smoke test: a quarter of the cells, one run.")
  private boolean quick;

  @Option(
      names = "--python",
      description = "Python with faiss and numpy. Default: ${DEFAULT-VALUE}.")
  private String python = "/usr/bin/python3";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What is written as JSON. */
  record Report(Machine machine, List<MachineLimits> limits, List<ExactRun.Result> cases) {}

  @Override
  public Integer call() throws IOException {
    if (exemplars < 1 || repeats < 1) {
      throw new UserError(
          "expected --exemplars and --repeats of 1 or more, found %d and %d"
              .formatted(exemplars, repeats));
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here();
    print(out, machine);
    List<MachineLimits> limits = MachineLimits.measure(threads);
    limits.forEach(limit -> out.println(limit.line()));
    out.flush();
    List<ExactRun.Result> results = new ArrayList<>();
    if (!noSynthetic) {
      results.add(measure(ExactCase.synthetic(exemplars, channels, quick), limits, out));
    }
    if (database != null) {
      try (Database real = Database.open(database)) {
        results.add(measure(ExactCase.of(real, layer, exemplars, query), limits, out));
      }
    }
    if (json != null) {
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(json.toFile(), new Report(machine, limits, results));
    }
    return 0;
  }

  private ExactRun.Result measure(ExactCase work, List<MachineLimits> limits, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    ExactRun.Result result =
        new ExactRun(work, threads, quick ? 1 : repeats, python, err).measure(!noPeers);
    print(out, result, limits);
    return result;
  }

  private static void print(PrintWriter out, Machine machine) {
    out.printf(
        Locale.ROOT,
        "%s, %d cores, %d-bit vectors, Java %s, load %.2f%n",
        machine.processor(),
        machine.cores(),
        machine.vectorBits(),
        machine.java(),
        machine.load());
    if (!machine.blas().isEmpty()) {
      out.println("set, and taken away for the peers: " + machine.blas());
    }
    out.flush();
  }

  private static void print(PrintWriter out, ExactRun.Result result, List<MachineLimits> limits) {
    out.printf("%n%s%n", result.cells());
    result.notes().forEach(out::println);
    out.printf(
        "%n%-38s %7s %6s %10s %9s %8s%n", "", "threads", "index", "seconds", "GFLOP/s", "of limit");
    for (Measurement m : result.measurements()) {
      double limit =
          limits.stream()
              .filter(l -> l.threads() == m.threads())
              .mapToDouble(MachineLimits::gflops)
              .findFirst()
              .orElse(Double.NaN);
      out.printf(
          Locale.ROOT,
          "%-38s %7d %6s %10.3f %9.1f %8.2f%n",
          m.name(),
          m.threads(),
          m.index() ? "yes" : "no",
          m.seconds(),
          m.gflops(),
          m.gflops() / limit);
    }
    out.println();
    for (ExactRun.Summary s : result.summaries()) {
      String peer =
          s.bestPeer().isEmpty()
              ? ""
              : String.format(Locale.ROOT, "%.2f times the rate of %s; ", s.ratio(), s.bestPeer());
      out.printf(
          Locale.ROOT,
          "%d thread(s): %sthe slowest hyperpatch takes %.2f times p = 1%n",
          s.threads(),
          peer,
          s.dearest());
    }
    out.flush();
  }
}
