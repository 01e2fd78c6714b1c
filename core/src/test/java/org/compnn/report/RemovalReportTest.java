package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.SmallExplanation;
import org.compnn.measure.Difference;
import org.compnn.study.RemovalCheck;
import org.compnn.viewer.AgreementTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RemovalReportTest {
  @TempDir private Path folder;

  private static Explanation explanation(Labels labels) {
    return SmallExplanation.of("x", labels, 1, SmallExplanation.exemplars("a", "b", "c", "d"));
  }

  @Test
  void allThreeExplanationsHaveALineOfTheirNumbers() throws IOException {
    Explanation before = explanation(Labels.SELF);
    Explanation changed = explanation(Labels.ORIGINAL);
    RemovalCheck check = new RemovalCheck(before, changed, before, 2);
    double share = Difference.share(before.composition(), changed.composition());
    Table table = RemovalReport.table(check);
    assertThat(table.columns())
        .containsExactly(
            "training pictures",
            "pixel accuracy against the network",
            "mean distance",
            "output changed");
    String same = Table.number(AgreementTable.main(before), 4);
    assertThat(table.rows())
        .containsExactly(
            List.of("all", same, "3.0000", "0.0 %"),
            List.of(
                "without the 2 cited most",
                Table.number(AgreementTable.main(changed), 4),
                "3.0000",
                Table.percent(share)),
            List.of("without 2 at random", same, "3.0000", "0.0 %"));

    assertThat(RemovalReport.sentence(check))
        .startsWith("Without the 2 training pictures cited most, " + Table.percent(share))
        .contains("nothing changes without random ones")
        .endsWith("matched again, not trained again.");
    assertThat(RemovalReport.sentence(new RemovalCheck(before, before, changed, 2)))
        .contains("no more than without random ones");

    Report.of(List.of(Chapter.of(before).with(RemovalReport.section(check)))).write(folder);
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(folder.resolve("x/explanation.json")));
    JsonNode numbers = json.findValue("removal");
    assertThat(numbers).hasSize(3);
    assertThat(numbers.at("/1/mean_distance").asDouble()).isEqualTo(3);
    assertThat(numbers.at("/1/changed").asDouble()).isEqualTo(share).isPositive();
    assertThat(numbers.at("/2/changed").asDouble()).isZero();
  }
}
