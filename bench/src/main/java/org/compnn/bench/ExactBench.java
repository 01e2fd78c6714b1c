package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.database.Selection;
import org.compnn.search.Distance;
import org.compnn.search.ExactSearch;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
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
        "Measures the exact search (p = 1, 2, 3) against ONNX Runtime's, FAISS's and NumPy's matrix"
            + " products on the same cells, in turn, best of several runs.",
    mixinStandardHelpOptions = true)
final class ExactBench implements Callable<Integer> {
  private static final int[] HYPERPATCHES = {1, 2, 3};

  /** Cells of the query for which ONNX Runtime is asked at once; the best is its figure. */
  private static final int[] ONNX_BLOCKS = {64, 512};

  @Option(names = "--json", description = "Also write the figures to this file.")
  private @Nullable Path json;

  @Option(names = "--threads", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private int[] threads = {1, 2};

  @Option(names = "--repeats", description = "Runs of each, in turn. Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Option(names = "--channels", description = "Of the synthetic cells. Default: ${DEFAULT-VALUE}.")
  private int channels = 32;

  @Option(
      names = "--exemplars",
      description = "Of 192 x 256 synthetic cells each. Default: ${DEFAULT-VALUE}.")
  private int exemplars = 4;

  @Option(names = "--quick", description = "A quarter of the cells, one run: does it all work?")
  private boolean quick;

  @Option(
      names = "--python",
      description = "The Python with faiss and numpy. Default: ${DEFAULT-VALUE}.")
  private String python = "/usr/bin/python3";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What is written as JSON. */
  record Report(
      Machine machine,
      String cells,
      List<String> notes,
      List<Measurement> measurements,
      List<Summary> summaries) {}

  /**
   * The two targets, for a number of threads.
   *
   * @param bestPeer the fastest peer that finds the best match
   * @param ratio our rate at p = 1 over that peer's
   * @param dearest the time of the slowest of our hyperpatches over that of p = 1
   */
  record Summary(int threads, String bestPeer, double ratio, double dearest) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here();
    ExactCase work = work();
    List<AutoCloseable> peers = new ArrayList<>();
    try {
      own(work);
      for (int t : threads) {
        onnx(work, t, peers);
        python(work, t, peers);
      }
      List<Measurement> measurements = measure(work);
      List<Summary> summaries = summaries(measurements);
      Report report = new Report(machine, work.name(), notes, measurements, summaries);
      print(out, report);
      if (json != null) {
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValue(json.toFile(), report);
      }
    } finally {
      for (AutoCloseable peer : peers) {
        close(peer);
      }
    }
    return 0;
  }

  private ExactCase work() {
    int rows = quick ? 96 : 192;
    int columns = quick ? 128 : 256;
    int count = quick ? Math.min(2, exemplars) : exemplars;
    if (quick) {
      repeats = 1;
    }
    String name =
        "%d exemplars of %d x %d synthetic cells of %d channels, a query of the same size"
            .formatted(count, rows, columns, channels);
    return new ExactCase(
        name,
        SyntheticCells.of(1, count, rows, columns, channels),
        SyntheticCells.map(1000, rows, columns, channels),
        Selection.all(count),
        quick ? 1024 : 4096);
  }

  private void own(ExactCase work) {
    for (int t : threads) {
      for (int p : HYPERPATCHES) {
        SearchSettings settings = new SearchSettings(p, Distance.L2, 1, work.selection());
        ExactSearch search = new ExactSearch(work.store(), t);
        contenders.add(
            new Contender(
                "CompNN exact, p = " + p,
                t,
                true,
                true,
                work.queryCells(),
                () -> {
                  long start = System.nanoTime();
                  search.find(work.query(), settings);
                  return (System.nanoTime() - start) * 1e-9;
                }));
      }
    }
  }

  private void onnx(ExactCase work, int t, List<AutoCloseable> peers) {
    for (boolean best : new boolean[] {false, true}) {
      OnnxPeer peer = new OnnxPeer(work, t, best);
      peers.add(peer);
      for (int block : ONNX_BLOCKS) {
        String name = "ONNX Runtime MatMul" + (best ? " + ArgMax" : "") + ", by " + block;
        contenders.add(
            new Contender(name, t, best, false, work.peerCells(), () -> peer.seconds(block)));
      }
    }
  }

  private void python(ExactCase work, int t, List<AutoCloseable> peers) {
    PythonPeer peer;
    try {
      peer = new PythonPeer(python, work, t);
    } catch (IOException e) {
      note("FAISS and NumPy skipped: " + python + " does not run (" + e.getMessage() + ")");
      return;
    }
    peers.add(peer);
    note(python + ": " + peer.versions());
    if (peer.can("faiss")) {
      contenders.add(
          new Contender(
              "FAISS IndexFlatL2", t, true, false, work.peerCells(), () -> peer.seconds("faiss")));
      if (t == threads[0]) {
        agreement(work, peer);
      }
    } else {
      note("FAISS skipped: install it (Debian: python3-faiss; pip: faiss-cpu) for " + python);
    }
    if (peer.can("numpy")) {
      for (String what : List.of("numpy", "numpy-best")) {
        boolean best = what.endsWith("best");
        contenders.add(
            new Contender(
                "NumPy matmul" + (best ? " + argmax" : ""),
                t,
                best,
                false,
                work.peerCells(),
                () -> peer.seconds(what)));
      }
    } else {
      note("NumPy skipped: install it (Debian: python3-numpy; pip: numpy) for " + python);
    }
  }

  private void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** Says how many of the peers' cells have the same match with FAISS and with us. */
  private void agreement(ExactCase work, PythonPeer peer) {
    peer.seconds("faiss");
    long[] theirs = peer.found();
    Field ours =
        new ExactSearch(work.store(), 1)
            .find(work.query(), new SearchSettings(1, Distance.L2, 1, work.selection()));
    int[] exemplars = work.selection().indices();
    int same = 0;
    for (int q = 0; q < theirs.length; q++) {
      int exemplar = exemplars[Math.toIntExact(theirs[q] / work.cellsAnExemplar())];
      int cell = Math.toIntExact(theirs[q] % work.cellsAnExemplar());
      int own = ours.row()[q] * work.store().layer().columns() + ours.column()[q];
      if (exemplar == ours.exemplar()[q] && cell == own) {
        same++;
      }
    }
    note("same match as FAISS, p = 1: %d of %d cells".formatted(same, theirs.length));
  }

  /** In turn, so that a busy moment of the machine meets everyone. */
  private List<Measurement> measure(ExactCase work) {
    double[] best = new double[contenders.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    PrintWriter err = spec.commandLine().getErr();
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.min(best[i], contenders.get(i).run().seconds());
      }
      err.printf("run %d of %d%n", repeat + 1, repeats);
      err.flush();
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      Contender c = contenders.get(i);
      double rate = work.operations(c.cells()) / best[i] * 1e-9;
      measurements.add(
          new Measurement(c.name(), c.threads(), c.index(), c.own(), c.cells(), best[i], rate));
    }
    return measurements;
  }

  private List<Summary> summaries(List<Measurement> measurements) {
    List<Summary> summaries = new ArrayList<>();
    for (int t : threads) {
      List<Measurement> own =
          measurements.stream().filter(m -> m.threads() == t && m.own()).toList();
      double dearest = 1;
      for (Measurement m : own) {
        dearest = Math.max(dearest, m.seconds() / own.getFirst().seconds());
      }
      double slowest = dearest;
      measurements.stream()
          .filter(m -> m.threads() == t && m.index() && !m.own())
          .max(Comparator.comparingDouble(Measurement::gflops))
          .ifPresent(
              peer ->
                  summaries.add(
                      new Summary(
                          t, peer.name(), own.getFirst().gflops() / peer.gflops(), slowest)));
    }
    return summaries;
  }

  private static void print(PrintWriter out, Report report) {
    Machine machine = report.machine();
    out.printf(
        Locale.ROOT,
        "%s, %d cores, %d-bit vectors, Java %s, load %.2f%n%s%n",
        machine.processor(),
        machine.cores(),
        machine.vectorBits(),
        machine.java(),
        machine.load(),
        report.cells());
    if (!machine.blas().isEmpty()) {
      out.println("set, and taken away for the peers: " + machine.blas());
    }
    report.notes().forEach(out::println);
    out.printf("%n%-38s %7s %6s %10s %9s%n", "", "threads", "index", "seconds", "GFLOP/s");
    for (Measurement m : report.measurements()) {
      out.printf(
          Locale.ROOT,
          "%-38s %7d %6s %10.3f %9.1f%n",
          m.name(),
          m.threads(),
          m.index() ? "yes" : "no",
          m.seconds(),
          m.gflops());
    }
    out.println();
    for (Summary s : report.summaries()) {
      out.printf(
          Locale.ROOT,
          "%d thread(s): %.2f times the rate of %s; the dearest hyperpatch takes %.2f times p ="
              + " 1%n",
          s.threads(),
          s.ratio(),
          s.bestPeer(),
          s.dearest());
    }
    out.flush();
  }

  private static void close(AutoCloseable peer) {
    try {
      peer.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
