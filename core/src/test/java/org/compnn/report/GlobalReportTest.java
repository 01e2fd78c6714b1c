package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.SmallExplanation;
import org.compnn.network.Layer;
import org.compnn.search.GlobalMatch;
import org.compnn.study.GlobalAnswers.Answer;
import org.compnn.viewer.AgreementTable;
import org.junit.jupiter.api.Test;

final class GlobalReportTest {
  @Test
  void theCompositionAndEveryAnswerHaveLinesAgainstNetworkAndTruth() {
    Explanation why =
        SmallExplanation.of("x", Labels.SELF, 1, SmallExplanation.exemplars("a", "b", "c", "d"));
    Layer layer = why.settings().layer();
    GlobalMatch match = new GlobalMatch(2, 1.5);
    List<Answer> answers =
        List.of(
            new Answer(layer, Labels.SELF, match, why.network(), why.input()),
            new Answer(layer, Labels.ORIGINAL, match, why.truth().orElseThrow(), why.input()));
    Section section = GlobalReport.section(why, answers);
    String name = "global NN, " + layer.shortName();
    Table table = section.table().orElseThrow();
    assertThat(table.columns())
        .containsExactly("answer", "against", "pixel accuracy", "class accuracy", "mean IoU");
    assertThat(table.rows())
        .extracting(row -> row.subList(0, 2))
        .containsExactly(
            List.of("CompNN", "network"),
            List.of(name + ", self", "network"),
            List.of(name + ", self", "truth"),
            List.of(name + ", original", "network"),
            List.of(name + ", original", "truth"));
    assertThat(table.rows().get(0).get(2)).isEqualTo(Table.number(AgreementTable.main(why), 3));
    assertThat(table.rows().get(1).get(2)).isEqualTo("1.000");
    assertThat(table.rows().get(2).get(2)).isEqualTo(table.rows().get(3).get(2));
    assertThat(table.rows().get(4).get(2)).isEqualTo("1.000");
    assertThat(section.pictures()).hasSize(2);
    assertThat(section.figures().getFirst().panels())
        .extracting(FigurePanel::note)
        .as("the answers name their training picture, the input is given again whole")
        .contains("c", "PSNR inf dB, SSIM 1.000");
  }
}
