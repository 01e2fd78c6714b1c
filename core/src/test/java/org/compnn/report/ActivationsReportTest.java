package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.explain.SmallExplanation;
import org.compnn.image.LabelMap;
import org.compnn.network.Layer;
import org.compnn.study.ReplacedActivations;
import org.compnn.study.ReplacedActivations.Skips;
import org.junit.jupiter.api.Test;

final class ActivationsReportTest {
  /** The small labels, 48 of 192 pixels of which are another class. */
  private static LabelMap quarterOff() {
    byte[] classes = SmallExplanation.labels(2).classes().clone();
    for (int i = 0; i < 48; i++) {
      classes[4 * i] = (byte) ((classes[4 * i] + 1) % 3);
    }
    return new LabelMap(SmallExplanation.HEIGHT, SmallExplanation.WIDTH, classes);
  }

  @Test
  void bothOutputsAreMeasuredAgainstTheNetwork() {
    Layer layer =
        SmallExplanation.of("x", Labels.SELF, 1, SmallExplanation.exemplars("a", "b", "c", "d"))
            .settings()
            .layer();
    ReplacedActivations found =
        new ReplacedActivations(
            "x",
            layer,
            Skips.ZERO,
            List.of(layer),
            SmallExplanation.picture(1),
            SmallExplanation.labels(2),
            quarterOff(),
            SmallExplanation.labels(2));
    Table table = Table.of(ActivationsReport.table(found, SmallExplanation.PALETTE));
    assertThat(table.rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(
            List.of("replaced activations", "network", "0.750"),
            List.of("CompNN, self", "network", "1.000"));
    Sheet sheet = ActivationsReport.sheet(found, "net.onnx", SmallExplanation.PALETTE);
    assertThat(sheet.facts())
        .isEqualTo(
            "net.onnx · cut at %s · other layers across the cut: %s, set to 0"
                .formatted(layer.shortName(), layer.shortName()));
    assertThat(sheet.sections().getFirst().pictures())
        .containsOnlyKeys("network", "replaced", "composition");
    assertThat(sheet.sections().getFirst().table()).contains(table);
  }
}
