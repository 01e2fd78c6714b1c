package org.compnn.study;

import java.util.ArrayList;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.compose.PastedActivations;
import org.compnn.database.CellStore;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.Crossing;
import org.compnn.network.FeatureMap;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.Tail;
import org.compnn.network.TailState;
import org.compnn.search.Field;

/**
 * Non-parametric activations (the paper's figure 3): an internal layer's activations are replaced
 * by those of the matching training cells, and the rest of the network runs on them.
 *
 * @param name the picture's name
 * @param layer the layer replaced
 * @param skips where the other layers that cross the cut came from
 * @param crossing these layers
 * @param input the picture as the network saw it
 * @param network the network's own output
 * @param replaced what came out with the replaced activations
 * @param composition the composition of self-supervised labels along the same field
 */
public record ReplacedActivations(
    String name,
    Layer layer,
    Skips skips,
    List<Layer> crossing,
    Picture input,
    Raster network,
    Raster replaced,
    Raster composition) {
  /** Where the other layers that cross the cut come from. */
  public enum Skips {
    /** From the query itself. */
    QUERY,
    /** From the training pictures, along the same correspondences. */
    EXEMPLAR,
    /** All zero. */
    ZERO
  }

  public ReplacedActivations {
    crossing = List.copyOf(crossing);
  }

  /**
   * Replaces a layer's activations and runs the rest.
   *
   * @param options names the layer; it must be indexed
   */
  public static ReplacedActivations of(CompNN compnn, Query query, Options options, Skips skips) {
    CellStore cells = compnn.cells(options);
    Layer layer = compnn.network().layer(cells.layer().name());
    // A layer that the network cannot be cut at is refused before the search.
    try (Tail tail = compnn.network().tail(layer)) {
      Run run = compnn.run(query, List.of(cells));
      Field field = run.match(options.topK(1)).field();
      List<Layer> crossing = new ArrayList<>();
      TailState own = tail.state(query.sample());
      // What sees padding alone matches nothing, and stays as it is.
      FeatureMap found = Composition.activations(field, cells, compnn.workers());
      TailState state = own.with(layer, own.frame().merged(found, own.cells(layer)));
      for (Crossing each : tail.crossing()) {
        each.layer().filter(l -> !l.name().equals(layer.name())).ifPresent(crossing::add);
      }
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
      Raster replaced = tail.run(state).prediction();
      Raster composition =
          Composition.paste(
              field,
              cells.layer(),
              options.overlap(),
              options.hyperpatch(),
              compnn.source(Labels.SELF),
              run.output().height(),
              run.output().width(),
              compnn.workers());
      return new ReplacedActivations(
          query.name(), layer, skips, crossing, run.input(), run.output(), replaced, composition);
    }
  }

  private static FeatureMap zero(FeatureMap map) {
    return new FeatureMap(map.rows(), map.columns(), map.channels(), new float[map.cells().length]);
  }

  private static List<FeatureMap> skips(
      CompNN compnn, Tail tail, List<Layer> crossing, int exemplar) {
    Picture input = compnn.database().input(exemplar);
    PictureSize size = new PictureSize(input.height(), input.width());
    TailState state =
        tail.state(
            input, compnn.database().frame(exemplar).orElseGet(() -> Frame.whole(size, size)));
    return crossing.stream().map(state::cells).toList();
  }
}
