package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rows as tables in Markdown: one for each metric, a line for each method, best first. */
final class TruthTable {
  private TruthTable() {}

  /** One metric of one network: what each method has in each figure. */
  private record Part(Set<String> figures, Map<String, Map<String, Interval>> methods) {}

  static String of(List<Row> rows) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Row row : rows) {
      Part part =
          parts.computeIfAbsent(
              "%s, %s, seed %d".formatted(row.metric(), row.network(), row.seed()),
              _ -> new Part(new LinkedHashSet<>(), new LinkedHashMap<>()));
      part.figures().add(row.figure());
      part.methods()
          .computeIfAbsent(row.method(), _ -> new LinkedHashMap<>())
          .put(row.figure(), row.value());
    }
    StringBuilder text = new StringBuilder();
    parts.forEach((title, part) -> put(text, title, part));
    return text.toString();
  }

  private static void put(StringBuilder text, String title, Part part) {
    text.append("## ").append(title).append("\n\n| method |");
    part.figures().forEach(figure -> text.append(' ').append(figure).append(" |"));
    text.append("\n|---|").append("---|".repeat(part.figures().size())).append('\n');
    String first = part.figures().iterator().next();
    List<Map.Entry<String, Map<String, Interval>>> lines =
        new ArrayList<>(part.methods().entrySet());
    lines.sort((a, b) -> Double.compare(mean(b.getValue(), first), mean(a.getValue(), first)));
    for (Map.Entry<String, Map<String, Interval>> line : lines) {
      text.append("| ").append(line.getKey()).append(" |");
      for (String figure : part.figures()) {
        Interval value = line.getValue().get(figure);
        text.append(' ').append(value == null ? "" : value.toString()).append(" |");
      }
      text.append('\n');
    }
    text.append('\n');
  }

  private static double mean(Map<String, Interval> values, String figure) {
    Interval value = values.get(figure);
    double mean = value == null ? Double.NaN : Objects.requireNonNull(value).mean();
    return Double.isNaN(mean) ? -2 : mean;
  }
}
