package org.compnn.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;

/**
 * A table as a person reads it.
 *
 * @param columns the titles
 * @param rows as many texts as there are titles
 */
public record Table(List<String> columns, List<List<String>> rows) {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(row + " does not fit " + columns);
      }
    }
  }

  /** The metrics that are not of single classes, with their intervals where they have some. */
  public static Table of(MetricsTable metrics) {
    List<String> titles = new ArrayList<>(List.of("answer", "against"));
    metrics.columns().stream()
        .filter(column -> column.group().isEmpty())
        .forEach(column -> titles.add(column.title()));
    List<List<String>> rows = new ArrayList<>();
    for (MetricsTable.Row row : metrics.rows()) {
      List<String> line = new ArrayList<>(List.of(row.name(), row.against()));
      for (int c = 0; c < metrics.columns().size(); c++) {
        Column column = metrics.columns().get(c);
        if (column.group().isEmpty()) {
          line.add(estimate(row.values().get(c), column.decimals()));
        }
      }
      rows.add(line);
    }
    return new Table(titles, rows);
  }

  private static String estimate(Estimate estimate, int decimals) {
    String value = number(estimate.value(), decimals);
    return estimate.hasInterval()
        ? "%s (%s to %s)"
            .formatted(value, number(estimate.low(), decimals), number(estimate.high(), decimals))
        : value;
  }

  /** A number with so many decimals; a dash where there is none. */
  public static String number(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Double.isInfinite(value)
        ? "inf"
        : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A number in three digits that matter. */
  public static String digits(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return number(value, 0);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e6 ? rounded.toPlainString() : rounded.toString();
  }

  /** A share as a percentage. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Aligned text for a terminal. */
  public String text() {
    int[] widths = new int[columns.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder laid = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - line.get(i).length());
        laid.append(i == 0 ? line.get(i) + space : "  " + space + line.get(i));
      }
      text.append(laid.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Comma-separated values as RFC 4180 has them. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    Csv.line(text, columns);
    rows.forEach(row -> Csv.line(text, row));
    return text.toString();
  }

  /** A Markdown table. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, columns);
    text.append("|---|").append("---:|".repeat(columns.size() - 1)).append('\n');
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append('|');
    cells.forEach(
        cell ->
            text.append(' ').append(cell.replace("|", "\\|").replace("<", "&lt;")).append(" |"));
    text.append('\n');
  }
}
