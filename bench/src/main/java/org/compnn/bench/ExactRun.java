package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.threads.Workers;

/** The exact search and its peers, in turn, on the cells of one case. */
final class ExactRun {
  private static final int[] HYPERPATCHES = {1, 2, 3};

  /** Cells of the query for which ONNX Runtime is asked at once; the best is its figure. */
  private static final int[] ONNX_BLOCKS = {64, 512};

  /** Behind the name of a peer that was not compiled for this machine: never the best. */
  private static final String GENERIC = " (generic build)";

  private final ExactCase work;
  private final int[] threads;
  private final int repeats;
  private final String python;
  private final PrintWriter err;
  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  ExactRun(ExactCase work, int[] threads, int repeats, String python, PrintWriter err) {
    this.work = work;
    this.threads = threads;
    this.repeats = repeats;
    this.python = python;
    this.err = err;
  }

  /** What came of a case. */
  record Result(
      String cells, List<String> notes, List<Measurement> measurements, List<Summary> summaries) {}

  /**
   * The two targets, for a number of threads.
   *
   * @param bestPeer the fastest peer that finds the best match, empty without peers
   * @param ratio our rate at p = 1 over that peer's, not a number without peers
   * @param dearest the time of the slowest of our hyperpatches over that of p = 1
   */
  record Summary(int threads, String bestPeer, double ratio, double dearest) {}

  Result measure(boolean peers) {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      own();
      for (int t : threads) {
        if (peers) {
          onnx(t, open);
          python(t, open);
        }
      }
      List<Measurement> measurements = inTurn();
      return new Result(work.name(), notes, measurements, summaries(measurements));
    } finally {
      for (AutoCloseable peer : open) {
        close(peer);
      }
    }
  }

  private void own() {
    for (int t : threads) {
      for (int p : HYPERPATCHES) {
        SearchSettings settings = new SearchSettings(p, Distance.L2, 1, work.selection());
        ExactSearch search =
            new ExactSearch(new StandardQueries(work.store()), Workers.of(t), Progress.NONE);
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

  private void onnx(int t, List<AutoCloseable> peers) {
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

  private void python(int t, List<AutoCloseable> peers) {
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
              "FAISS IndexFlatL2"
                  + (Instructions.atFullStrength(peer.instructions()) ? "" : GENERIC),
              t,
              true,
              false,
              work.peerCells(),
              () -> peer.seconds("faiss")));
      if (t == threads[0]) {
        agreement(peer);
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
  private void agreement(PythonPeer peer) {
    peer.seconds("faiss");
    long[] theirs = peer.found();
    Field ours =
        new ExactSearch(new StandardQueries(work.store()), Workers.of(1), Progress.NONE)
            .find(work.query(), new SearchSettings(1, Distance.L2, 1, work.selection()))
            .field();
    int[] exemplars = work.selection().indices();
    int same = 0;
    for (int q = 0; q < theirs.length; q++) {
      int exemplar = exemplars[Math.toIntExact(theirs[q] / work.cellsAnExemplar())];
      int cell = Math.toIntExact(theirs[q] % work.cellsAnExemplar());
      int at = work.peerCell(q);
      int own = ours.row()[at] * work.store().layer().columns() + ours.column()[at];
      if (exemplar == ours.exemplar()[at] && cell == own) {
        same++;
      }
    }
    note("same match as FAISS, p = 1: %d of %d cells".formatted(same, theirs.length));
  }

  /** In turn, so that a busy moment of the machine meets everyone. */
  private List<Measurement> inTurn() {
    double[] best = new double[contenders.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.min(best[i], contenders.get(i).run().seconds());
      }
      err.printf("%s: run %d of %d%n", work.label(), repeat + 1, repeats);
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
      Optional<Measurement> best =
          measurements.stream()
              .filter(m -> m.threads() == t && m.index() && !m.own())
              .filter(m -> !m.name().endsWith(GENERIC))
              .max(Comparator.comparingDouble(Measurement::gflops));
      summaries.add(
          new Summary(
              t,
              best.map(Measurement::name).orElse(""),
              best.map(m -> own.getFirst().gflops() / m.gflops()).orElse(Double.NaN),
              dearest));
    }
    return summaries;
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
