package org.compnn.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.compose.PastedActivations;
import org.compnn.database.CellStore;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Tally;
import org.compnn.network.Activations;
import org.compnn.network.Crossing;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Tail;
import org.compnn.network.TailState;
import org.compnn.report.Difference;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Section;
import org.compnn.report.Sheet;
import org.compnn.report.Table;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;

/**
 * Non-parametric activations (the paper's figure 3): an internal layer's activations are replaced
 * by those of the matching training cells, and the rest of the network runs on them.
 *
 * @param name the picture's name
 * @param layer the layer replaced
 * @param skips where the other layers that cross the cut came from
 * @param crossing names of these layers
 * @param input the picture as the network saw it
 * @param network the network's own output
 * @param replaced what came out with the replaced activations
 * @param composition the composition of self-supervised labels along the same field
 * @param table how the last two agree with the network
 */
public record ReplacedActivations(
    String name,
    Layer layer,
    Skips skips,
    List<String> crossing,
    Picture input,
    Raster network,
    Raster replaced,
    Raster composition,
    MetricsTable table) {
  /** Where the other layers that cross the cut come from. */
  public enum Skips {
    /** From the query itself. */
    QUERY,
    /** From the training pictures, along the same correspondences. */
    EXEMPLAR,
    /** All zero. */
    ZERO
  }

  /**
   * Replaces a layer's activations and runs the rest.
   *
   * @param options names the layer; it must be indexed
   */
  public static ReplacedActivations of(
      CompNN compnn, String name, Picture picture, ExplainOptions options, Skips skips) {
    CellStore cells = compnn.cells(options);
    Layer layer = compnn.network().layer(cells.layer().name());
    Activations whole = compnn.network().run(picture, List.of(layer));
    Field field =
        compnn.find(
            cells,
            whole.layers().getFirst(),
            new SearchSettings(
                options.hyperpatch(), options.distance(), 1, compnn.selection(options)),
            options.method());
    List<String> others = new ArrayList<>();
    Raster replaced;
    try (Tail tail = compnn.network().tail(layer)) {
      TailState own = tail.state(picture);
      TailState state = own.with(layer, Composition.activations(field, cells, compnn.workers()));
      List<Layer> crossing = new ArrayList<>();
      for (Crossing each : tail.crossing()) {
        each.layer().filter(l -> !l.name().equals(layer.name())).ifPresent(crossing::add);
      }
      crossing.forEach(l -> others.add(GlobalAnswers.shortName(l)));
      List<FeatureMap> present = crossing.stream().map(own::cells).toList();
      List<FeatureMap> pasted =
          switch (skips) {
            case QUERY -> present;
            case ZERO -> present.stream().map(ReplacedActivations::zero).toList();
            case EXEMPLAR ->
                PastedActivations.of(
                    field, cells.layer(), present, e -> skips(compnn, tail, crossing, e));
          };
      for (int i = 0; i < crossing.size(); i++) {
        state = state.with(crossing.get(i), pasted.get(i));
      }
      replaced = tail.run(state).prediction();
    }
    Raster network = whole.prediction();
    Raster composition =
        Composition.paste(
            field,
            cells.layer(),
            options.overlap(),
            options.hyperpatch(),
            compnn.source(Labels.SELF),
            network.height(),
            network.width(),
            compnn.workers());
    List<String> classes = compnn.palette().names();
    MetricsTable table =
        new MetricsTable(
            Tally.of(network, classes).columns(),
            List.of(
                GlobalAnswers.row("replaced activations", "network", network, replaced, classes),
                GlobalAnswers.row("CompNN, self", "network", network, composition, classes)));
    return new ReplacedActivations(
        name, layer, skips, others, whole.input(), network, replaced, composition, table);
  }

  private static FeatureMap zero(FeatureMap map) {
    return new FeatureMap(map.rows(), map.columns(), map.channels(), new float[map.cells().length]);
  }

  private static List<FeatureMap> skips(
      CompNN compnn, Tail tail, List<Layer> crossing, int exemplar) {
    TailState state = tail.state(compnn.database().input(exemplar));
    return crossing.stream().map(state::cells).toList();
  }

  /** The result as a report. */
  public Sheet sheet(CompNN compnn) {
    Map<String, Raster> pictures = new LinkedHashMap<>();
    pictures.put("network", network);
    pictures.put("replaced", replaced);
    pictures.put("composition", composition);
    Figure figure =
        Figure.of(
            List.of(
                FigurePanel.of(input, "Input", name),
                FigurePanel.of(network, "Network", ""),
                FigurePanel.of(
                    replaced,
                    "Rest of the network",
                    "on training activations of " + GlobalAnswers.shortName(layer)),
                FigurePanel.of(composition, "CompNN", "self-supervised labels, same field"),
                FigurePanel.of(
                    Difference.of(network, replaced, compnn.palette()),
                    "Network against replaced",
                    ""),
                FigurePanel.of(
                    Difference.of(network, composition, compnn.palette()),
                    "Network against CompNN",
                    "")),
            3);
    String facts =
        "%s · cut at %s · also crossing: %s, from %s"
            .formatted(
                compnn.network().file().getFileName(),
                GlobalAnswers.shortName(layer),
                crossing.isEmpty() ? "no layer" : String.join(", ", crossing),
                skips.name().toLowerCase(Locale.ROOT));
    Section section =
        Section.of(
                "activations",
                "Non-parametric activations",
                "The layer's activations are pasted from the nearest training cells; the rest of"
                    + " the network runs on them.")
            .with(figure)
            .with(Table.of(table))
            .withPictures(pictures)
            .with(table.json());
    return new Sheet(name, facts, List.of(section), compnn.palette());
  }
}
