package org.compnn.measure;

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
}
