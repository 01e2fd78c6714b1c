package org.compnn.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;

/**
 * Metrics side by side, as JSON has them. What is undefined or infinite (the PSNR of identical
 * pictures, beside an L1 of 0) is null.
 *
 * @param columns what is measured
 * @param rows the measured
 */
public record MetricsView(List<Column> columns, List<RowView> rows) {
  /**
   * One kind of answer.
   *
   * @param answer what was measured
   * @param against what it was measured against
   * @param pictures how many it was
   * @param values by the keys of the columns, in their order
   */
  public record RowView(
      String answer, String against, int pictures, Map<String, Estimate> values) {}

  public static MetricsView of(MetricsTable table) {
    return new MetricsView(
        table.columns(), table.rows().stream().map(row -> row(row, table.columns())).toList());
  }

  private static RowView row(MetricsTable.Row row, List<Column> columns) {
    Map<String, Estimate> values = new LinkedHashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      values.put(columns.get(c).key(), row.values().get(c));
    }
    return new RowView(row.name(), row.against(), row.pictures().size(), values);
  }
}
