package org.compnn.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Tally;
import org.compnn.network.Layer;
import org.compnn.study.ReplacedActivations;
import org.compnn.viewer.MetricsView;

/** Draws what the rest of a network makes of training activations. */
public final class ActivationsReport {
  private ActivationsReport() {}

  /** How the two outputs agree with the network. */
  public static MetricsTable table(ReplacedActivations found, Palette palette) {
    Raster network = found.network();
    List<String> classes = palette.names();
    return new MetricsTable(
        Tally.of(network, classes).columns(),
        List.of(
            MetricsTable.Row.of(
                "replaced activations", "network", network, found.replaced(), classes),
            MetricsTable.Row.of("CompNN, self", "network", network, found.composition(), classes)));
  }

  /**
   * The result as a report.
   *
   * @param network the network's name
   */
  public static Sheet sheet(ReplacedActivations found, String network, Palette classes) {
    Palette palette =
        CommonRange.within(classes, found.network(), found.replaced(), found.composition());
    Map<String, Raster> pictures = new LinkedHashMap<>();
    pictures.put("network", found.network());
    pictures.put("replaced", found.replaced());
    pictures.put("composition", found.composition());
    String layer = found.layer().shortName();
    Figure figure =
        Figure.of(
            List.of(
                FigurePanel.of(found.input(), "Input", found.name()),
                FigurePanel.of(found.network(), "Network", ""),
                FigurePanel.of(
                    found.replaced(), "Network, replaced activations", "of layer " + layer),
                FigurePanel.of(
                    found.composition(), "CompNN", "network's own predictions, same field"),
                FigurePanel.of(
                    DifferenceMap.of(found.network(), found.replaced(), palette),
                    "Difference, replaced activations",
                    "from the network"),
                FigurePanel.of(
                    DifferenceMap.of(found.network(), found.composition(), palette),
                    "Difference, CompNN",
                    "from the network")),
            3);
    String crossing =
        found.crossing().isEmpty()
            ? "no other layer crosses the cut"
            : "other layers across the cut: %s, %s"
                .formatted(
                    found.crossing().stream()
                        .map(Layer::shortName)
                        .collect(Collectors.joining(", ")),
                    source(found.skips()));
    String facts = "%s · cut at %s · %s".formatted(network, layer, crossing);
    MetricsTable table = table(found, palette);
    Section section =
        Section.of(
                "activations",
                "Replaced activations",
                "The layer's activations are replaced with those of the nearest training cells,"
                    + " and the rest of the network runs on them.")
            .with(figure)
            .with(Table.of(table))
            .withPictures(pictures)
            .withJson(MetricsView.of(table));
    return new Sheet(found.name(), facts, List.of(section), palette);
  }

  private static String source(ReplacedActivations.Skips skips) {
    return switch (skips) {
      case QUERY -> "from the query";
      case EXEMPLAR -> "from the training pictures";
      case ZERO -> "set to 0";
    };
  }
}
