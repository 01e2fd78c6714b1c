package org.compnn.measure;

import java.util.ArrayList;
import java.util.List;
import org.compnn.image.Raster;

/**
 * Metrics side by side: a row for each kind of answer and what it is measured against, a column for
 * each metric.
 *
 * @param columns what is measured
 * @param rows the measured
 */
public record MetricsTable(List<Column> columns, List<Row> rows) {
  /**
   * One kind of answer.
   *
   * @param name the answer, such as "network" or "CompNN, original labels"
   * @param against what it is measured against, such as "truth" or "network"
   * @param values in the order of the columns
   * @param pictures the metrics of each picture
   */
  public record Row(
      String name, String against, List<Estimate> values, List<PictureScore> pictures) {
    public Row {
      values = List.copyOf(values);
      pictures = List.copyOf(pictures);
    }

    /** A row of what a tally has counted. */
    public static Row of(String name, String against, Tally tally) {
      return new Row(name, against, tally.estimates(), tally.perPicture());
    }

    /** A row of one picture. */
    public static Row of(
        String name, String against, Raster reference, Raster answer, List<String> classes) {
      Tally tally = Tally.of(reference, classes);
      tally.add(name, reference, answer);
      return of(name, against, tally);
    }
  }

  public MetricsTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != columns.size()) {
        throw new IllegalArgumentException(
            "row '%s' has %d values for %d columns"
                .formatted(row.name(), row.values().size(), columns.size()));
      }
    }
  }

  /** The rows that measure against one reference. */
  public MetricsTable against(String reference) {
    return new MetricsTable(
        columns, rows.stream().filter(row -> row.against().equals(reference)).toList());
  }

  /** Aligned text for a terminal, each group of columns a block of its own. */
  public String text() {
    return TableLayout.text(this);
  }

  /** Markdown tables, one for each group of columns, with 95 % intervals where there are any. */
  public String markdown() {
    return TableLayout.markdown(this);
  }

  /**
   * CSV (RFC 4180) with a header line: answer, against, pictures, then each metric with its
   * interval as {@code key, key_low, key_high}. Undefined and infinite numbers are empty fields.
   */
  public String csv() {
    List<String> header = new ArrayList<>(List.of("answer", "against", "pictures"));
    for (Column column : columns) {
      header.add(column.key());
      header.add(column.key() + "_low");
      header.add(column.key() + "_high");
    }
    StringBuilder csv = new StringBuilder();
    Csv.line(csv, header);
    for (Row row : rows) {
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
  public String perPictureCsv() {
    List<String> header = new ArrayList<>(List.of("picture", "answer", "against"));
    columns.forEach(column -> header.add(column.key()));
    StringBuilder csv = new StringBuilder();
    Csv.line(csv, header);
    for (Row row : rows) {
      for (PictureScore score : row.pictures()) {
        List<String> fields = new ArrayList<>(List.of(score.picture(), row.name(), row.against()));
        score.values().forEach(value -> fields.add(Csv.number(value)));
        Csv.line(csv, fields);
      }
    }
    return csv.toString();
  }
}
