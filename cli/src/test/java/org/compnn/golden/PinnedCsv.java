package org.compnn.golden;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables as CSV. */
final class PinnedCsv {
  /** Columns of a ranking that are added up for each id where the order may differ. */
  private static final List<String> ADDED =
      List.of("wrong_pixels", "area", "pixels", "score", "softmin");

  private PinnedCsv() {}

  /** What is unlike, a line for each. */
  static List<String> differences(String expected, String actual, boolean strict, String name)
      throws IOException {
    List<CSVRecord> before = rows(expected);
    List<CSVRecord> now = rows(actual);
    List<String> found = new ArrayList<>();
    if (before.isEmpty() || now.isEmpty()) {
      found.add(name + ": a table without a header");
    } else if (!strict && before.getFirst().toList().contains("rank")) {
      ranked(before, now, name, found);
    } else {
      inOrder(before, now, strict, name, found);
      if (strict && found.isEmpty()) {
        found.add(name + ": the bytes differ");
      }
    }
    return found;
  }

  private static List<CSVRecord> rows(String text) throws IOException {
    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
      return parser.getRecords();
    }
  }

  private static void inOrder(
      List<CSVRecord> before,
      List<CSVRecord> now,
      boolean strict,
      String name,
      List<String> found) {
    if (before.size() != now.size()) {
      found.add("%s: expected %d lines, found %d".formatted(name, before.size(), now.size()));
    }
    for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
      List<String> was = before.get(i).toList();
      List<String> is = now.get(i).toList();
      boolean same = was.size() == is.size();
      for (int c = 0; same && c < was.size(); c++) {
        same = was.get(c).equals(is.get(c)) || (!strict && near(was.get(c), is.get(c)));
      }
      if (!same) {
        found.add("%s, line %d: expected %s, found %s".formatted(name, i + 1, was, is));
      }
    }
  }

  private static boolean near(String was, String is) {
    try {
      return PinnedJson.near(Double.parseDouble(was), Double.parseDouble(is));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Compares sums for each id: where matches are as near as each other, regions may break up. */
  private static void ranked(
      List<CSVRecord> before, List<CSVRecord> now, String name, List<String> found) {
    if (!before.getFirst().toList().equals(now.getFirst().toList())) {
      found.add("%s: expected the header %s".formatted(name, before.getFirst().toList()));
      return;
    }
    Map<String, Double> was = sums(before);
    Map<String, Double> is = sums(now);
    if (!was.keySet().equals(is.keySet())) {
      found.add("%s: expected %s, found %s".formatted(name, was.keySet(), is.keySet()));
      return;
    }
    was.forEach(
        (key, sum) -> {
          double other = is.getOrDefault(key, Double.NaN);
          double most = key.endsWith("score") || key.endsWith("softmin") ? 0.01 : 82;
          if (!(Math.abs(sum - other) <= Math.max(most, 0.02 * Math.abs(sum)))) {
            found.add("%s, sum of %s: expected %s, found %s".formatted(name, key, sum, other));
          }
        });
  }

  private static Map<String, Double> sums(List<CSVRecord> rows) {
    List<String> header = rows.getFirst().toList();
    int id = header.indexOf("id");
    Map<String, Double> sums = new TreeMap<>();
    for (CSVRecord row : rows.subList(1, rows.size())) {
      for (String column : ADDED) {
        int at = header.indexOf(column);
        if (at >= 0) {
          sums.merge(row.get(id) + " " + column, Double.parseDouble(row.get(at)), Double::sum);
        }
      }
    }
    return sums;
  }
}
