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

  /** What the numbers say, in a sentence, and what they do not. */
  public static String sentence(RemovalCheck check) {
    double cited = check.changedCited();
    double random = check.changedRandom();
    String found =
        cited > random
            ? random > 0
                ? String.format(
                    Locale.ROOT, "%.1f times as much as without random ones", cited / random)
                : "nothing changes without random ones"
            : "no more than without random ones, so the citations say little here";
    return String.format(
        Locale.ROOT,
        "Without the %d training pictures cited most, %s of the output changes: %s."
            + " This is matched again, not trained again.",
        check.removed(),
        Table.percent(cited),
        found);
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
            "Explained again without the %1$d training pictures cited most, and without %1$d random others. If citations matter, distances rise more without those cited. %2$s"
                .formatted(check.removed(), sentence(check)))
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
