package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.compnn.measure.Column;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;
import org.junit.jupiter.api.Test;

final class TableTest {
  private static final Table TABLE =
      new Table(List.of("name", "n"), List.of(List.of("a|b <i>", "1"), List.of("x, \"y\"", "12")));

  @Test
  void itIsLaidOutForTerminalsSpreadsheetsAndMarkdown() {
    assertThat(TABLE.text()).isEqualTo("name      n\na|b <i>   1\nx, \"y\"   12\n");
    assertThat(TABLE.csv().lines()).containsExactly("name,n", "a|b <i>,1", "\"x, \"\"y\"\"\",12");
    assertThat(TABLE.markdown())
        .isEqualTo("| name | n |\n|---|---:|\n| a\\|b &lt;i> | 1 |\n| x, \"y\" | 12 |\n");
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> new Table(List.of("a"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersThatAreNoneAreDashes() {
    assertThat(Table.number(1.256, 2)).isEqualTo("1.26");
    assertThat(Table.number(Double.NaN, 2)).isEqualTo("-");
    assertThat(Table.number(Double.POSITIVE_INFINITY, 2)).isEqualTo("inf");
    assertThat(Table.percent(0.1234)).isEqualTo("12.3 %");
    assertThat(Table.percent(Double.NaN)).isEqualTo("-");
  }

  @Test
  void metricsStandWithTheirIntervalsAndThoseOfSingleClassesAreLeftOut() {
    MetricsTable metrics =
        new MetricsTable(
            List.of(
                new Column("one", "first", "", 1),
                new Column("iou_0", "sky", "IoU per class", 3),
                new Column("two", "second", "", 2)),
            List.of(
                new MetricsTable.Row(
                    "CompNN",
                    "truth",
                    List.of(
                        new Estimate(0.5, 0.25, 0.75),
                        new Estimate(1, 1, 1),
                        new Estimate(0.125, Double.NaN, Double.NaN)),
                    List.of())));
    assertThat(Table.of(metrics))
        .isEqualTo(
            new Table(
                List.of("answer", "against", "first", "second"),
                List.of(List.of("CompNN", "truth", "0.5 (0.3 to 0.8)", "0.13"))));
  }
}
