package org.compnn.viewer;

import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.explain.Agreement;
import org.compnn.explain.Explanation;
import org.compnn.measure.Estimate;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.PictureScore;

/** How the outputs of an explanation agree, as a table. */
public final class AgreementTable {
  private AgreementTable() {}

  /** A row for each agreement. */
  public static MetricsTable of(Explanation why) {
    List<MetricsTable.Row> rows =
        why.agreements().stream()
            .map(
                agreement ->
                    new MetricsTable.Row(
                        answer(why, agreement.answer()),
                        against(agreement.against()),
                        agreement.metrics().stream()
                            .map(value -> new Estimate(value, Double.NaN, Double.NaN))
                            .toList(),
                        List.of(new PictureScore(why.name(), agreement.metrics()))))
            .toList();
    return new MetricsTable(why.metrics(), rows);
  }

  /** The main metric of the composition against the network. */
  public static double main(Explanation why) {
    return why.agreement().metrics().getFirst();
  }

  /** What that is called. */
  public static String mainTitle(Explanation why) {
    return why.metrics().getFirst().title() + " against the network";
  }

  private static String answer(Explanation why, Agreement.Answer answer) {
    return switch (answer) {
      case NETWORK -> "Network";
      case CHOSEN -> title(why.settings().labels());
      case UNCHOSEN -> title(why.settings().labels().other());
    };
  }

  private static String against(Agreement.Reference reference) {
    return switch (reference) {
      case NETWORK -> "network";
      case TRUTH -> "truth";
    };
  }

  /** What an output pasted from these labels is called. */
  public static String title(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "CompNN, original labels";
      case SELF -> "CompNN, self-supervised labels";
    };
  }
}
