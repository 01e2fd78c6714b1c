package org.compnn.study;

import java.util.ArrayList;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.compose.Coherence;
import org.compnn.database.CellStore;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Raster;
import org.compnn.network.Layer;

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
  }

  /**
   * Explains a picture by several layers with one run of the network.
   *
   * @param layers indexed layers by name or alias; all indexed ones where empty
   * @throws org.compnn.problem.UserError if one is not indexed
   */
  public static Series of(CompNN compnn, Query query, List<String> layers, Options options) {
    List<CellStore> stores =
        new ArrayList<>(
            layers.isEmpty()
                ? compnn.database().layers()
                : layers.stream().map(compnn.database()::cells).distinct().toList());
    List<String> order = compnn.network().layers().stream().map(Layer::name).toList();
    stores.sort((a, b) -> order.indexOf(a.layer().name()) - order.indexOf(b.layer().name()));
    Run run = compnn.run(query, stores);
    List<Step> steps = new ArrayList<>();
    for (CellStore store : stores) {
      Explanation why = run.explain(options.layer(store.layer().name()));
      steps.add(new Step(store.layer(), why, Coherence.of(why.field())));
    }
    return new Series(query.name(), steps);
  }
}
