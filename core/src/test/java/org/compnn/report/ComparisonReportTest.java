package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.study.Colours;
import org.compnn.study.Comparison;
import org.compnn.study.Comparison.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonReportTest {
  @TempDir private Path folder;

  @Test
  void everyVariantHasALineOfItsNumbers() {
    Options exact = Options.defaults().layer("bottleneck").exact();
    Query query =
        Query.of(
            "query",
            Colours.picture(Colours.all(Colours.red(200), Colours.at(0, Colours.green(200)))));
    try (CompNN compnn =
        Colours.labelled(
            folder,
            Colours.pair("red", Colours.picture(Colours.red(190)), Colours.labels(Colours.RED)),
            Colours.pair(
                "green", Colours.picture(Colours.green(190)), Colours.labels(Colours.GREEN)))) {
      Comparison comparison =
          new Comparison(
              "query",
              List.of(
                  Variant.of("all", compnn.explain(query, exact)),
                  Variant.of("reds", compnn.explain(query, exact.only("red")))));
      Table table = ComparisonReport.table(comparison);
      assertThat(table.columns())
          .containsExactly(
              "database",
              "pictures",
              "used",
              "pixel accuracy against the network",
              "changed",
              "most used");
      assertThat(table.rows())
          .containsExactly(
              List.of("all", "2", "2", "1.0000", "0.0 %", "red (93.8 %), green (6.3 %)"),
              List.of("reds", "1", "1", "0.9375", "6.3 %", "red (100.0 %)"));
    }
  }
}
