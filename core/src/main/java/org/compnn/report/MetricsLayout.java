package org.compnn.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.PictureScore;

/** A table of metrics as people and other programs read it. */
public final class MetricsLayout {
  private static final String UNDEFINED = "-";

  private MetricsLayout() {}

  /** Aligned text for a terminal, each group of columns a block of its own. */
  public static String text(MetricsTable table) {
    StringBuilder text = new StringBuilder();
    for (String group : groups(table)) {
      List<List<String>> lines = lines(table, group, false);
      text.append(text.isEmpty() ? "" : "\n");
      if (!group.isEmpty()) {
        text.append(group).append('\n');
      }
      int[] widths = widths(lines);
      for (List<String> line : lines) {
        StringBuilder laid = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
          String cell = line.get(i);
          String space = " ".repeat(widths[i] - length(cell));
          laid.append(i == 0 ? "" : "  ").append(i < 2 ? cell + space : space + cell);
        }
        text.append(laid.toString().stripTrailing()).append('\n');
      }
    }
    return text.toString();
  }

  /** Markdown tables, one for each group of columns, with 95 % intervals where there are any. */
  public static String markdown(MetricsTable table) {
    StringBuilder text = new StringBuilder();
    for (String group : groups(table)) {
      List<List<String>> lines = lines(table, group, true);
      text.append(text.isEmpty() ? "" : "\n");
      if (!group.isEmpty()) {
        text.append("**").append(markdownText(group)).append("**\n\n");
      }
      for (int i = 0; i < lines.size(); i++) {
        text.append('|');
        lines.get(i).forEach(cell -> text.append(' ').append(markdownText(cell)).append(" |"));
        text.append('\n');
        if (i == 0) {
          text.append("|---|---|").append("---:|".repeat(lines.get(0).size() - 2)).append('\n');
        }
      }
    }
    return text.toString();
  }

  /**
   * CSV (RFC 4180) with a header line: answer, against, pictures, then each metric with its
   * interval as {@code key, key_low, key_high}. Undefined and infinite numbers are empty fields.
   */
  public static String csv(MetricsTable table) {
    List<String> header = new ArrayList<>(List.of("answer", "against", "pictures"));
    for (Column column : table.columns()) {
      header.add(column.key());
      header.add(column.key() + "_low");
      header.add(column.key() + "_high");
    }
    StringBuilder csv = new StringBuilder();
    Csv.line(csv, header);
    for (MetricsTable.Row row : table.rows()) {
      List<String> fields = new ArrayList<>();
      fields.add(row.name());
      fields.add(row.against());
      fields.add(Integer.toString(row.pictures().size()));
      for (Estimate value : row.values()) {
        fields.add(Csv.number(value.value()));
        fields.add(Csv.number(value.low()));
        fields.add(Csv.number(value.high()));
      }
      Csv.line(csv, fields);
    }
    return csv.toString();
  }

  /** CSV with a line for every picture of every row. */
  public static String perPictureCsv(MetricsTable table) {
    List<String> header = new ArrayList<>(List.of("picture", "answer", "against"));
    table.columns().forEach(column -> header.add(column.key()));
    StringBuilder csv = new StringBuilder();
    Csv.line(csv, header);
    for (MetricsTable.Row row : table.rows()) {
      for (PictureScore score : row.pictures()) {
        List<String> fields = new ArrayList<>(List.of(score.picture(), row.name(), row.against()));
        score.values().forEach(value -> fields.add(Csv.number(value)));
        Csv.line(csv, fields);
      }
    }
    return csv.toString();
  }

  /** The value as a person reads it, on a table of so many decimals. */
  static String number(double value, int decimals) {
    if (Double.isNaN(value)) {
      return UNDEFINED;
    }
    return Double.isInfinite(value)
        ? "inf"
        : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static Set<String> groups(MetricsTable table) {
    Set<String> groups = new LinkedHashSet<>();
    table.columns().forEach(column -> groups.add(column.group()));
    return groups;
  }

  /** The header and the rows of one group of columns. */
  private static List<List<String>> lines(MetricsTable table, String group, boolean intervals) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("answer", "against"));
    for (Column column : table.columns()) {
      if (column.group().equals(group)) {
        header.add(column.title());
      }
    }
    lines.add(header);
    for (MetricsTable.Row row : table.rows()) {
      List<String> line = new ArrayList<>(List.of(row.name(), row.against()));
      for (int c = 0; c < table.columns().size(); c++) {
        Column column = table.columns().get(c);
        if (column.group().equals(group)) {
          line.add(estimate(row.values().get(c), column.decimals(), intervals));
        }
      }
      lines.add(line);
    }
    return lines;
  }

  private static String estimate(Estimate estimate, int decimals, boolean intervals) {
    String value = number(estimate.value(), decimals);
    if (!intervals || !estimate.hasInterval()) {
      return value;
    }
    return "%s (%s to %s)"
        .formatted(value, number(estimate.low(), decimals), number(estimate.high(), decimals));
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    return widths;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String markdownText(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
  }
}
