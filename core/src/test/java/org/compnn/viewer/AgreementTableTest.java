package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.SmallExplanation;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.MetricsTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AgreementTableTest {
  private static Explanation explanation(Labels labels) {
    return SmallExplanation.of("x", labels, 1, SmallExplanation.exemplars("a", "b", "c", "d"));
  }

  @ParameterizedTest
  @EnumSource
  void thereIsARowForEachAgreementWithItsNumbers(Labels labels) {
    Explanation why = explanation(labels);
    MetricsTable table = AgreementTable.of(why);
    String chosen = AgreementTable.title(labels);
    String other = AgreementTable.title(labels.other());
    assertThat(table.against("network").rows())
        .extracting(Row::name)
        .containsExactly(chosen, other);
    assertThat(table.against("truth").rows())
        .extracting(Row::name)
        .containsExactly("Network", chosen, other);
    assertThat(table.columns()).isEqualTo(why.metrics());
    for (int row = 0; row < table.rows().size(); row++) {
      assertThat(table.rows().get(row).values())
          .extracting(estimate -> estimate.value())
          .containsExactlyElementsOf(why.agreements().get(row).metrics());
      assertThat(table.rows().get(row).values()).noneMatch(estimate -> estimate.hasInterval());
      assertThat(table.rows().get(row).pictures())
          .extracting(score -> score.picture())
          .containsExactly("x");
    }
  }

  @Test
  void theMainMetricIsThatOfTheCompositionAgainstTheNetwork() {
    Explanation why = explanation(Labels.SELF);
    assertThat(AgreementTable.main(why)).isEqualTo(why.agreement().metrics().getFirst());
    assertThat(AgreementTable.mainTitle(why)).isEqualTo("pixel accuracy against the network");
    assertThat(AgreementTable.title(Labels.SELF)).isEqualTo("CompNN, self-supervised labels");
    assertThat(AgreementTable.title(Labels.ORIGINAL)).isEqualTo("CompNN, original labels");
  }
}
