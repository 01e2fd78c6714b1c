package org.compnn.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often what was tried, and what went wrong. Safe for many threads. */
final class Results {
  /**
   * A row of the table.
   *
   * @param tried how often
   * @param survived how often all was as promised
   * @param failed how often not
   */
  record Row(long tried, long survived, long failed) {
    Row and(boolean right) {
      return new Row(tried + 1, survived + (right ? 1 : 0), failed + (right ? 0 : 1));
    }
  }

  /**
   * Something that is not as promised.
   *
   * @param seed the try's, which does the same again
   */
  record Failure(String kind, long seed, String wrong) {}

  /** All of it, as JSON has it. */
  record Summary(
      String campaign,
      long seed,
      long tried,
      long survived,
      long failed,
      Map<String, Row> rows,
      List<Failure> failures,
      List<String> notes) {}

  private final String campaign;
  private final long seed;
  private final Map<String, Row> rows = new TreeMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Results(String campaign, long seed) {
    this.campaign = campaign;
    this.seed = seed;
  }

  synchronized void add(long trySeed, Outcome outcome) {
    rows.merge(
        outcome.kind(),
        new Row(0, 0, 0).and(outcome.wrong().isEmpty()),
        (before, _) -> before.and(outcome.wrong().isEmpty()));
    outcome
        .wrong()
        .ifPresent(
            wrong -> {
              failures.add(new Failure(outcome.kind(), trySeed, wrong));
              System.err.println("chaos: " + outcome.kind() + ", --seed " + trySeed + ": " + wrong);
            });
  }

  /** A line that the table ends with. */
  synchronized void note(String line) {
    notes.add(line);
  }

  synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  synchronized Summary summary() {
    return new Summary(
        campaign,
        seed,
        rows.values().stream().mapToLong(Row::tried).sum(),
        rows.values().stream().mapToLong(Row::survived).sum(),
        rows.values().stream().mapToLong(Row::failed).sum(),
        new TreeMap<>(rows),
        List.copyOf(failures),
        List.copyOf(notes));
  }

  /** Text in columns, failures with their seeds below. */
  synchronized String table() {
    Summary all = summary();
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    String format = "%-" + Math.max(width, campaign.length() + 2) + "s%9s%10s%8s%n";
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, format, campaign, "tried", "survived", "failed"));
    rows.forEach(
        (kind, row) ->
            text.append(
                String.format(
                    Locale.ROOT, format, kind, row.tried(), row.survived(), row.failed())));
    text.append(
        String.format(Locale.ROOT, format, "all", all.tried(), all.survived(), all.failed()));
    notes.forEach(note -> text.append(note).append(System.lineSeparator()));
    failures.forEach(
        failure ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "failed: bin/chaos %s --seed %d --count 1: %s: %s%n",
                    campaign,
                    failure.seed(),
                    failure.kind(),
                    failure.wrong())));
    return text.toString().stripTrailing();
  }
}
