package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.SmallExplanation;
import org.compnn.viewer.AgreementTable;
import org.junit.jupiter.api.Test;

final class ModelCardTest {
  private static final Explanation WHY =
      SmallExplanation.of("x", Labels.SELF, 1, SmallExplanation.exemplars("a", "b", "c", "d"));

  @Test
  void aReportSaysHowItWasMadeHowItAgreesAndWhetherThatWasJudged() {
    String card = ModelCard.of(List.of(WHY));
    assertThat(card)
        .startsWith("How far to trust it: ")
        .contains("L2, matched with 4 training pictures, search ")
        .contains(String.format(java.util.Locale.ROOT, "%.3f;", AgreementTable.main(WHY)))
        .contains("recall 1.")
        .endsWith("By retraining these settings have not been judged.");
    assertThat(ModelCard.of(List.of(WHY, WHY))).contains(" on average; ");
  }

  @Test
  void whatTheBenchmarkFoundIsSaidForItsSettingsWithTheCommand() {
    String found = ModelCard.benchmark("penultimate", WHY.settings().options().hyperpatch(1), true);
    assertThat(found).startsWith("By retraining (bin/bench truth ");
    assertThat(ModelCard.benchmark("penultimate", WHY.settings().options(), false))
        .endsWith("not been judged.");
  }
}
