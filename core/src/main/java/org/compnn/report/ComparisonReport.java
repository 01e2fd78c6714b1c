package org.compnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.explain.Explanation;
import org.compnn.files.FileNames;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.study.Comparison;
import org.compnn.viewer.AgreementTable;

/** Draws a picture as several databases or selections explain it, side by side. */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** The numbers, a line for each variant. */
  public static Table table(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison.Variant variant : comparison.variants()) {
      rows.add(
          List.of(
              variant.name(),
              Integer.toString(variant.why().settings().selected()),
              Integer.toString(variant.why().contributions().size()),
              Table.number(AgreementTable.main(variant.why()), 4),
              Table.percent(comparison.changed(variant)),
              cited(variant)));
    }
    return new Table(
        List.of(
            "database",
            "pictures",
            "used",
            AgreementTable.mainTitle(comparison.variants().getFirst().why()),
            "changed",
            "most used"),
        rows);
  }

  private static String cited(Comparison.Variant variant) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < variant.mostUsed().size(); i++) {
      double share = variant.why().contributions().get(i).share();
      named.add("%s (%s)".formatted(variant.mostUsed().get(i), Table.percent(share)));
    }
    return String.join(", ", named);
  }

  private record Numbers(String name, int exemplars, double changed, String mostUsed) {}

  /** The comparison as a report. */
  public static Sheet sheet(Comparison comparison) {
    Explanation first = comparison.variants().getFirst().why();
    Palette palette =
        CommonRange.within(
            first.palette(), comparison.variants().stream().map(Comparison.Variant::why).toList());
    List<FigurePanel> panels = new ArrayList<>();
    List<FigurePanel> changes = new ArrayList<>();
    Map<String, Raster> pictures = new LinkedHashMap<>();
    List<Numbers> numbers = new ArrayList<>();
    panels.add(FigurePanel.of(first.input(), "Input", comparison.name()));
    changes.add(FigurePanel.of(first.network(), "Network", ""));
    for (Comparison.Variant variant : comparison.variants()) {
      Raster output = variant.why().composition();
      int selected = variant.why().settings().selected();
      double changed = comparison.changed(variant);
      panels.add(FigurePanel.of(output, variant.name(), selected + " training pictures"));
      changes.add(
          FigurePanel.of(
              DifferenceMap.of(first.composition(), output, palette),
              "Difference, " + variant.name(),
              Table.percent(changed)));
      pictures.put(FileNames.safe(variant.name()), output);
      numbers.add(new Numbers(variant.name(), selected, changed, cited(variant)));
    }
    panels.addAll(changes);
    Section section =
        Section.of(
                "comparison",
                "Same picture, different training data",
                "Top: the composition from each database. Bottom: where it differs from the first."
                    + " Changed: share of label pixels that differ, or mean difference of colours.")
            .with(Figure.of(panels, comparison.variants().size() + 1))
            .with(table(comparison))
            .withPictures(pictures)
            .withJson(numbers);
    return new Sheet(comparison.name(), first.settings().network(), List.of(section), palette);
  }
}
