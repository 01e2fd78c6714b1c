package org.compnn.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.measure.Estimate;
import org.compnn.report.Difference;
import org.compnn.report.Explanation;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Gallery;
import org.compnn.report.Section;
import org.compnn.report.Sheet;
import org.compnn.report.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The same picture explained by several databases or selections of one: what changes with the data
 * (the paper's figure 9).
 *
 * @param name the picture's name
 * @param variants one for each, the first is what the others are compared with
 */
public record Comparison(String name, List<Variant> variants) {
  private static final int CITED = 3;

  /**
   * One database or selection.
   *
   * @param name what it is called
   * @param why the explanation by it
   * @param mostUsed ids of the exemplars that give most, those that give most first
   */
  public record Variant(String name, Explanation why, List<String> mostUsed) {
    public Variant {
      mostUsed = List.copyOf(mostUsed);
    }

    /** A variant that outlives its database. */
    public static Variant of(String name, Explanation why, Gallery gallery) {
      return new Variant(
          name,
          why,
          why.contributions().stream().limit(CITED).map(c -> gallery.id(c.exemplar())).toList());
    }
  }

  public Comparison {
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to compare");
    }
  }

  private double changed(Variant variant) {
    return Difference.share(variants.getFirst().why().composition(), variant.why().composition());
  }

  private static String cited(Variant variant) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < variant.mostUsed().size(); i++) {
      double share = variant.why().contributions().get(i).share();
      named.add("%s (%s)".formatted(variant.mostUsed().get(i), Table.percent(share)));
    }
    return String.join(", ", named);
  }

  /** The numbers, a line for each variant. */
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : variants) {
      Estimate agreement =
          variant.why().agreement().against("network").rows().getFirst().values().getFirst();
      rows.add(
          List.of(
              variant.name(),
              Integer.toString(variant.why().settings().selected()),
              Integer.toString(variant.why().contributions().size()),
              Table.number(agreement.value(), 4),
              Table.percent(changed(variant)),
              cited(variant)));
    }
    String agreement =
        variants.getFirst().why().agreement().columns().getFirst().title() + " against the network";
    return new Table(
        List.of("database", "exemplars", "used", agreement, "changed", "most used"), rows);
  }

  /** The comparison as a report. */
  public Sheet sheet() {
    Explanation first = variants.getFirst().why();
    Palette palette = first.palette();
    List<FigurePanel> panels = new ArrayList<>();
    List<FigurePanel> changes = new ArrayList<>();
    Map<String, Raster> pictures = new LinkedHashMap<>();
    panels.add(FigurePanel.of(first.input(), "Input", name));
    changes.add(FigurePanel.of(first.network(), "Network", ""));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Variant variant : variants) {
      Raster output = variant.why().composition();
      panels.add(
          FigurePanel.of(
              output, variant.name(), variant.why().settings().selected() + " exemplars"));
      changes.add(
          FigurePanel.of(
              Difference.of(first.composition(), output, palette),
              "Changed, " + variant.name(),
              Table.percent(changed(variant))));
      pictures.put(variant.name().replaceAll("[^A-Za-z0-9]+", "-"), output);
      json.addObject()
          .put("name", variant.name())
          .put("exemplars", variant.why().settings().selected())
          .put("changed", changed(variant))
          .put("most_used", cited(variant));
    }
    panels.addAll(changes);
    Section section =
        Section.of(
                "comparison",
                "The same picture, other training data",
                "Above the composition from each database, below where it differs from the first"
                    + " one. 'changed' is the share of label pixels, or the mean difference of"
                    + " colours.")
            .with(Figure.of(panels, variants.size() + 1))
            .with(table())
            .withPictures(pictures)
            .with(json);
    return new Sheet(name, first.settings().network(), List.of(section), palette);
  }
}
