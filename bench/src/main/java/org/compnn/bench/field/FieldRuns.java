package org.compnn.bench.field;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.network.Layer;
import org.compnn.progress.Progress;

/** Prepares and measures cases of the field search, and prints what came out as Markdown tables. */
public final class FieldRuns {
  private FieldRuns() {}

  /**
   * What came out for a case.
   *
   * @param channels numbers a cell
   * @param checked cells searched exactly, over all pictures
   */
  public record Outcome(
      String name,
      int exemplars,
      int rows,
      int columns,
      int channels,
      int hyperpatch,
      int pictures,
      int checked,
      List<Result> results,
      List<SameRatio> sameRatio) {
    public Outcome {
      results = List.copyOf(results);
      sameRatio = List.copyOf(sameRatio);
    }
  }

  /**
   * Runs cases.
   *
   * @param names as the command line has them
   * @param err hears which contender is at work
   */
  public static List<Outcome> run(
      List<String> names, Limits limits, PrintWriter out, PrintWriter err) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Cases.One one : Cases.shipped().choose(names)) {
      tell(err, one.name() + ": preparing");
      int processors = Runtime.getRuntime().availableProcessors();
      try (Prepared prepared =
          Prepared.of(one, limits.inputs(), limits.work(), processors, Progress.NONE)) {
        Outcome outcome = run(prepared, limits, out, err);
        if (!limits.prepare()) {
          printSameRatio(outcome, out);
          outcomes.add(outcome);
        }
      }
    }
    printGrowth(outcomes, out);
    return outcomes;
  }

  private static void printGrowth(List<Outcome> outcomes, PrintWriter out) {
    if (outcomes.size() < 2) {
      return;
    }
    out.printf("%n| growth: CompNN | exemplars | threads |");
    Growth.RATIOS.forEach(ratio -> out.printf(Locale.ROOT, " s at ratio %.2f |", ratio));
    out.printf("%n|---|---|---|%s%n", "---|".repeat(Growth.RATIOS.size()));
    List<Growth> runs =
        outcomes.stream()
            .flatMap(o -> Growth.of(o.name(), o.exemplars(), o.results()).stream())
            .toList();
    for (Growth g : runs) {
      out.printf("| %s | %d | %d |", g.name(), g.exemplars(), g.threads());
      g.seconds().forEach(s -> out.printf(" %s |", number(s, "%.3f")));
      out.println();
    }
    for (Growth.Eightfold e : Growth.eightfold(runs)) {
      out.printf("| eight times the exemplars cost | %d to %d | |", e.from(), e.to());
      e.times().forEach(s -> out.printf(" %s |", number(s, "%.2f")));
      out.println();
    }
    out.flush();
  }

  private static String number(Optional<Double> number, String format) {
    return number.map(x -> String.format(Locale.ROOT, format, x)).orElse("-");
  }

  private static Outcome run(Prepared prepared, Limits limits, PrintWriter out, PrintWriter err)
      throws IOException {
    Peers peers = new Peers(prepared, limits);
    Cases.One one = prepared.one();
    List<Result> results = new ArrayList<>();
    if (!limits.prepare()) {
      printHead(prepared, out);
      tell(err, one.name() + ": CompNN");
      results.add(peers.own());
      print(results.getLast(), prepared.store().layer().cells(), out);
    }
    for (Cases.Peer peer : one.peers()) {
      if (limits.peers().isEmpty()
          || limits.peers().stream().anyMatch(start -> peer.name().startsWith(start))) {
        tell(err, one.name() + ": " + peer.name());
        results.add(peers.peer(peer));
        if (!limits.prepare()) {
          print(results.getLast(), prepared.store().layer().cells(), out);
        }
      }
    }
    return new Outcome(
        one.name(),
        prepared.store().exemplars(),
        prepared.store().layer().rows(),
        prepared.store().layer().columns(),
        prepared.store().layer().channels(),
        one.hyperpatch(),
        prepared.queries().size(),
        checked(prepared),
        results,
        SameRatio.of(results));
  }

  private static void tell(PrintWriter err, String what) {
    err.println(what);
    err.flush();
  }

  private static void printHead(Prepared prepared, PrintWriter out) {
    Layer layer = prepared.store().layer();
    out.printf(
        Locale.ROOT,
        "%n%s: %d exemplars of %d x %d cells of %d channels (%,d cells), p = %d, %d pictures, %d"
            + " cells searched exactly%n%n",
        prepared.one().name(),
        prepared.store().exemplars(),
        layer.rows(),
        layer.columns(),
        layer.channels(),
        prepared.vectorCount(),
        prepared.one().hyperpatch(),
        prepared.queries().size(),
        checked(prepared));
    out.println(
        "| contender | setting | threads | s a picture | ratio | recall | same pixels | index MB |"
            + " built in s | memory MB |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    out.flush();
  }

  private static int checked(Prepared prepared) {
    return prepared.truths().stream().mapToInt(t -> t.cells().size()).sum();
  }

  /** A contender's rows, as soon as it is done. */
  private static void print(Result result, int cells, PrintWriter out) {
    if (!result.notRun().isEmpty()) {
      out.printf("| %s | %s |%n", result.name(), result.notRun());
    }
    for (Result.Setting s : result.settings()) {
      out.printf(
          Locale.ROOT,
          "| %s | %s | %d | %.3f%s | %.4f | %.3f | %.3f | %.0f | %s | %s |%n",
          result.name(),
          s.setting(),
          s.threads(),
          s.seconds(),
          s.cells() < cells ? String.format(Locale.ROOT, " (from %d cells)", s.cells()) : "",
          s.score().ratio(),
          s.score().recall(),
          s.score().same(),
          result.bytes() / 1e6,
          result.built() < 0 ? "-" : String.format(Locale.ROOT, "%.0f", result.built()),
          s.memory() < 0 ? "-" : String.format(Locale.ROOT, "%.0f", s.memory() / 1e6));
    }
    out.flush();
  }

  private static void printSameRatio(Outcome o, PrintWriter out) {
    out.printf(
        "%n| speed at the same ratio | threads | ratio | s a picture | best peer | its s | times |"
            + "%n|---|---|---|---|---|---|---|%n");
    for (SameRatio s : o.sameRatio()) {
      out.printf(
          Locale.ROOT,
          "| %s | %d | %.4f | %.3f | %s | %s | %s |%n",
          s.setting(),
          s.threads(),
          s.ratio(),
          s.seconds(),
          s.peer().isEmpty() ? "none reaches it" : s.peer(),
          s.peer().isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", s.peerSeconds()),
          s.peer().isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", s.factor()));
    }
    out.println();
    o.results().stream()
        .map(Result::version)
        .filter(v -> !v.isEmpty())
        .distinct()
        .forEach(out::println);
    out.flush();
  }
}
