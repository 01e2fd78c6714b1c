package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.compose.Coherence;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.SmallExplanation;
import org.compnn.network.Layer;
import org.compnn.study.Series;
import org.compnn.viewer.AgreementTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SeriesReportTest {
  @TempDir private Path folder;

  @Test
  void everyLayerHasALineOfItsNumbers() throws IOException {
    Explanation why =
        SmallExplanation.of("x", Labels.SELF, 1, SmallExplanation.exemplars("a", "b", "c", "d"));
    Layer layer = why.settings().layer();
    Series series =
        new Series("x", List.of(new Series.Step(layer, why, new Coherence(4, 2.75, 5))));
    double distance = 3.0 / (2 * 2 * layer.channels());
    Table table = SeriesReport.table(series);
    assertThat(table.columns())
        .containsExactly(
            "layer",
            "cells",
            "pixel accuracy against the network",
            "mean distance per number",
            "pictures used",
            "cells per region",
            "pixels per region");
    assertThat(table.rows())
        .containsExactly(
            List.of(
                layer.shortName(),
                "3 x 4",
                Table.number(AgreementTable.main(why), 4),
                Table.number(distance, 4),
                "4",
                "2.75",
                "44.0"));

    SeriesReport.sheet(series).write(folder);
    JsonNode json =
        JsonMapper.builder().build().readTree(Files.readString(folder.resolve("numbers.json")));
    assertThat(json.at("/series/0/layer").asString()).isEqualTo(layer.name());
    assertThat(json.at("/series/0/exemplars").asInt()).isEqualTo(4);
    assertThat(json.at("/series/0/mean_distance").asDouble()).isEqualTo(distance);
    assertThat(json.at("/series/0/mean_region_cells").asDouble()).isEqualTo(2.75);
    assertThat(json.at("/series/0/mean_region_pixels").asDouble()).isEqualTo(44);
  }
}
