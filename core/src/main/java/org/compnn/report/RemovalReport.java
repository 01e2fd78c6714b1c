package org.compnn.report;

import java.util.List;
import java.util.Locale;
import org.compnn.explain.Explanation;
import org.compnn.measure.Difference;
import org.compnn.study.RemovalCheck;
import org.compnn.viewer.AgreementTable;

/** Draws what is left of an explanation without the exemplars that it cites. */
public final class RemovalReport {
  private RemovalReport() {}

  /** The numbers, a line for each explanation. */
  public static Table table(RemovalCheck check) {
    return new Table(
        List.of(
            "training pictures",
            AgreementTable.mainTitle(check.before()),
            "mean distance",
            "output changed"),
        List.of(
            line("all", check, check.before()),
            line(
                String.format(Locale.ROOT, "without the %d cited most", check.removed()),
                check,
                check.withoutCited()),
            line(
                String.format(Locale.ROOT, "without %d at random", check.removed()),
                check,
                check.withoutRandom())));
  }

  private static List<String> line(String name, RemovalCheck check, Explanation why) {
    return List.of(
        name,
        Table.number(AgreementTable.main(why), 4),
        Table.number(why.field().meanDistance(), 4),
        Table.percent(changed(check, why)));
  }

  private static double changed(RemovalCheck check, Explanation why) {
    return Difference.share(check.before().composition(), why.composition());
  }

  private record Numbers(double meanDistance, double changed) {}

  /** The check as a section of an explanation. */
  public static Section section(RemovalCheck check) {
    return Section.of(
            "removal",
            "Removal of the cited training pictures",
            "Explained again without the %1$d training pictures cited most, and without %1$d random others. If citations matter, distances rise more without those cited."
                .formatted(check.removed()))
        .with(
            Figure.of(
                List.of(
                    FigurePanel.of(check.before().composition(), "CompNN", "all training pictures"),
                    FigurePanel.of(
                        check.withoutCited().composition(), "CompNN", "without those cited most"),
                    FigurePanel.of(
                        check.withoutRandom().composition(), "CompNN", "without random others")),
                3))
        .with(table(check))
        .withJson(
            List.of(check.before(), check.withoutCited(), check.withoutRandom()).stream()
                .map(why -> new Numbers(why.field().meanDistance(), changed(check, why)))
                .toList());
  }
}
