package org.compnn.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.compose.Coherence;
import org.compnn.database.CellStore;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.Estimate;
import org.compnn.network.Activations;
import org.compnn.network.Layer;
import org.compnn.report.Explanation;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Section;
import org.compnn.report.Sheet;
import org.compnn.report.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The composition of one picture matched at one layer after the other, as in the paper's figure 4.
 *
 * @param name the picture's name
 * @param steps a step for each layer, from input to output
 */
public record Series(String name, List<Step> steps) {
  public Series {
    steps = List.copyOf(steps);
  }

  /**
   * The composition matched at one layer.
   *
   * @param layer the layer
   * @param why the explanation by it
   * @param coherence how large the pasted pieces are, in its cells
   */
  public record Step(Layer layer, Explanation why, Coherence coherence) {
    /** Pixels of the output that a pasted piece covers on average. */
    public double meanPixels() {
      Raster output = why.composition();
      return coherence.meanCells() * output.height() * output.width() / layer.cells();
    }

    /** Mean distance of the best matches per number compared, so that layers can be compared. */
    public double meanDistance() {
      int p = why.settings().hyperpatch();
      return why.field().meanDistance() / ((double) p * p * layer.channels());
    }

    /** The first metric of the composition against the network's own output. */
    public Estimate agreement() {
      return why.agreement().against("network").rows().getFirst().values().getFirst();
    }
  }

  /**
   * Explains a picture by several layers with one run of the network.
   *
   * @param layers indexed layers by name or alias; all indexed ones where empty
   * @throws org.compnn.problem.UserError if one is not indexed
   */
  public static Series of(
      CompNN compnn, String name, Picture picture, List<String> layers, ExplainOptions options) {
    List<CellStore> stores =
        new ArrayList<>(
            layers.isEmpty()
                ? compnn.database().layers()
                : layers.stream().map(compnn.database()::cells).distinct().toList());
    List<String> order = compnn.network().layers().stream().map(Layer::name).toList();
    stores.sort((a, b) -> order.indexOf(a.layer().name()) - order.indexOf(b.layer().name()));
    long begin = System.nanoTime();
    Activations activations =
        compnn
            .network()
            .run(
                picture,
                stores.stream().map(s -> compnn.network().layer(s.layer().name())).toList());
    double milliseconds = (System.nanoTime() - begin) / 1e6;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < stores.size(); i++) {
      Layer layer = stores.get(i).layer();
      Explanation why =
          compnn.explain(
              GlobalAnswers.shortName(layer),
              activations,
              activations.layers().get(i),
              Optional.empty(),
              options.withLayer(layer.name()),
              milliseconds);
      steps.add(new Step(layer, why, Coherence.of(why.field())));
    }
    return new Series(name, steps);
  }

  /** The numbers, a line for each layer. */
  public Table table() {
    String agreement =
        steps.getFirst().why().agreement().columns().getFirst().title() + " against the network";
    List<List<String>> rows =
        steps.stream()
            .map(
                step ->
                    List.of(
                        GlobalAnswers.shortName(step.layer()),
                        step.layer().rows() + " x " + step.layer().columns(),
                        Table.number(step.agreement().value(), 4),
                        Table.number(step.meanDistance(), 4),
                        Integer.toString(step.why().contributions().size()),
                        Table.number(step.coherence().meanCells(), 2),
                        Table.number(step.meanPixels(), 1)))
            .toList();
    return new Table(
        List.of(
            "layer",
            "cells",
            agreement,
            "mean distance a number",
            "exemplars used",
            "cells a pasted region",
            "pixels a pasted region"),
        rows);
  }

  /** The series as a report. */
  public Sheet sheet() {
    Explanation first = steps.getFirst().why();
    List<FigurePanel> strip = new ArrayList<>();
    Map<String, Raster> pictures = new LinkedHashMap<>();
    strip.add(FigurePanel.of(first.input(), "Input", name));
    for (Step step : steps) {
      strip.add(panel(step, step.why().composition()));
      pictures.put(step.why().name().replaceAll("[^A-Za-z0-9]+", "-"), step.why().composition());
    }
    strip.add(FigurePanel.of(first.network(), "Network", ""));
    strip.add(FigurePanel.of(first.input(), "Input", "and the same in correspondences"));
    for (Step step : steps) {
      Raster output = step.why().composition();
      strip.add(
          panel(
              step,
              step.why()
                  .correspondences()
                  .draw(step.why().field(), output.height(), output.width())));
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Step step : steps) {
      json.addObject()
          .put("layer", step.layer().name())
          .put("agreement", step.agreement().value())
          .put("mean_distance", step.meanDistance())
          .put("exemplars", step.why().contributions().size())
          .put("mean_region_cells", step.coherence().meanCells())
          .put("mean_region_pixels", step.meanPixels());
    }
    Section section =
        Section.of(
                "series",
                "The composition at each layer",
                "Matched at one layer after the other. Above the compositions, below which training"
                    + " picture each pixel came from. A pasted region is a connected set of cells"
                    + " that keep their places to each other.")
            .with(new Figure(strip, steps.size() + 2, 200))
            .with(table())
            .withPictures(pictures)
            .with(json);
    return new Sheet(
        name,
        "%s · %d layers · %d training pictures"
            .formatted(first.settings().network(), steps.size(), first.settings().selected()),
        List.of(section),
        first.palette());
  }

  private static FigurePanel panel(Step step, Raster raster) {
    return FigurePanel.of(
        raster,
        GlobalAnswers.shortName(step.layer()),
        "%s, %d exemplars"
            .formatted(
                Table.number(step.agreement().value(), 3), step.why().contributions().size()));
  }
}
