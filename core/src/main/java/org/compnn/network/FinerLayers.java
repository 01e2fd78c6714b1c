package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.geometry.CellGrid;
import org.compnn.network.geometry.Geometry;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Layers brought to the grid of the output, in the way that the network and what follows it in use
 * bring its scores there: by each Resize between the layer and the output that begins at the grid
 * reached so far, and bilinearly between the centres of cells for the rest. A linear head gives the
 * same scores for cells made finer as the network gives.
 */
final class FinerLayers {
  /** What a user adds to the name of a layer. */
  private static final String SUFFIX = "@output";

  private final Path file;
  private final Graph graph;
  private final Tensors tensors;
  private final Trace trace;
  private final SpatialOutput output;
  private final Canvas canvas;
  private final Size shown;

  /**
   * For one network.
   *
   * @param shown the size of the output as it is shown
   */
  FinerLayers(
      OnnxFile file,
      Tensors tensors,
      Trace trace,
      SpatialOutput output,
      Canvas canvas,
      Size shown) {
    this.file = file.path();
    this.graph = file.graph();
    this.tensors = tensors;
    this.trace = trace;
    this.output = output;
    this.canvas = canvas;
    this.shown = shown;
  }

  /** The name of the layer that is meant to be made finer, where one is. */
  static Optional<String> base(String name) {
    return name.length() > SUFFIX.length() && name.endsWith(SUFFIX)
        ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /**
   * A layer made finer.
   *
   * @throws UserError where it is as fine as the output already, does not lie over the same part of
   *     the picture, or would not fit into memory
   */
  FinerLayer of(Place place) {
    Layer layer = place.layer();
    Layer whole = canvas.shown(layer).orElseThrow(() -> apart(layer));
    if (whole.rows() > shown.height()
        || whole.columns() > shown.width()
        || (whole.rows() == shown.height() && whole.columns() == shown.width())) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%s has %dx%d cells already, and the output %s; name the layer without %s",
              layer.name(),
              whole.rows(),
              whole.columns(),
              shown,
              SUFFIX));
    }
    if ((long) shown.height() * shown.width() * layer.channels() > Integer.MAX_VALUE - 16) {
      throw refused(
          String.format(
              Locale.ROOT,
              "%s%s would have %s cells of %d numbers, more than fit; choose a layer of fewer"
                  + " channels",
              layer.name(),
              SUFFIX,
              shown,
              layer.channels()));
    }
    List<FinerLayer.Step> steps = steps(layer);
    Layer inWindow = layer;
    for (FinerLayer.Step step : steps) {
      inWindow =
          inWindow.over(
              step.down().of(inWindow.vertical()), step.across().of(inWindow.horizontal()));
    }
    Layer joined = canvas.shown(inWindow).orElseThrow(() -> apart(layer));
    Layer finer =
        new Layer(
            layer.name() + SUFFIX,
            "Resize",
            layer.aliases().stream().map(a -> a + SUFFIX).toList(),
            layer.channels(),
            enlarged(joined.vertical(), shown.height()),
            enlarged(joined.horizontal(), shown.width()));
    return new FinerLayer(finer, place, steps, shown);
  }

  private static Geometry enlarged(Geometry of, int cells) {
    return of.cells() == cells ? of : Interpolation.linear(of.cells(), cells).of(of);
  }

  private List<FinerLayer.Step> steps(Layer layer) {
    List<FinerLayer.Step> steps = new ArrayList<>();
    Size goal = new Size(output.rows(), output.columns());
    Size reached = new Size(layer.rows(), layer.columns());
    if (!finer(reached, goal)) {
      return steps;
    }
    trace.grid(output.tensor()).ifPresent(g -> compare(layer, g));
    BitSet between = graph.dependents(List.of(layer.name()));
    between.and(graph.needed(List.of(output.tensor()), Set.of()));
    Optional<FinerLayer.Step> next = next(between, reached, goal);
    while (next.isPresent()) {
      steps.add(next.get());
      reached = next.get().size();
      next = next(between, reached, goal);
    }
    if (!reached.equals(goal)) {
      steps.add(
          new FinerLayer.Step(
              Interpolation.linear(reached.height(), goal.height()),
              Interpolation.linear(reached.width(), goal.width())));
    }
    return steps;
  }

  /** The last enlargement in the network that begins at a grid and does not go beyond another. */
  private Optional<FinerLayer.Step> next(BitSet between, Size from, Size goal) {
    for (int i = between.length() - 1; i >= 0; i = between.previousSetBit(i - 1)) {
      NodeProto node = graph.nodes().get(i);
      if (!node.getOpType().equals("Resize") && !node.getOpType().equals("Upsample")) {
        continue;
      }
      Optional<CellGrid> before = trace.grid(node.getInput(0));
      Optional<CellGrid> after = trace.grid(node.getOutput(0));
      if (before.isPresent() && after.isPresent() && size(before.get()).equals(from)) {
        Size to = size(after.get());
        if (finer(from, to) && (to.equals(goal) || finer(to, goal))) {
          return Optional.of(step(node, after.get(), from, to));
        }
      }
    }
    return Optional.empty();
  }

  private FinerLayer.Step step(NodeProto node, CellGrid grid, Size from, Size to) {
    Upsampling own = Upsampling.of(node, graph, tensors);
    Optional<Interpolation> down = own.along(grid.rowAxis(), from.height(), to.height());
    Optional<Interpolation> across = own.along(grid.columnAxis(), from.width(), to.width());
    if (down.isEmpty() || across.isEmpty()) {
      throw refused(
          "%s cuts off a part of what it enlarges, which cannot be done for a layer; name the layer without %s"
              .formatted(node.getOutput(0), SUFFIX));
    }
    return new FinerLayer.Step(down.get(), across.get());
  }

  private static Size size(CellGrid grid) {
    return new Size(grid.vertical().cells(), grid.horizontal().cells());
  }

  private static boolean finer(Size from, Size to) {
    return from.height() <= to.height() && from.width() <= to.width() && !from.equals(to);
  }

  /** Cells are spread over the output's grid, which must lie where they do, to within a cell. */
  private void compare(Layer layer, CellGrid grid) {
    if (!together(layer.vertical(), grid.vertical())
        || !together(layer.horizontal(), grid.horizontal())) {
      throw refused(
          "the cells of %s lie over another part of the picture than the output, whose edges are cut off; name the layer without %s"
              .formatted(layer.name(), SUFFIX));
    }
  }

  private static boolean together(Geometry layer, Geometry of) {
    double start = layer.origin() - layer.stride() / 2 - of.origin() + of.stride() / 2;
    double end = start + layer.cells() * layer.stride() - of.cells() * of.stride();
    return Math.abs(start) <= layer.stride() && Math.abs(end) <= layer.stride();
  }

  private UserError apart(Layer layer) {
    return UserError.about(
            Knob.TILE,
            "%s: the cells of %s (%dx%d) do not lie on one grid over tiles of %s; choose another layer, larger tiles or a smaller overlap"
                .formatted(file, layer.name(), layer.rows(), layer.columns(), canvas.window()))
        .and(Knob.TILE_OVERLAP);
  }

  private UserError refused(String why) {
    return UserError.about(Knob.LIST_LAYERS, file + ": " + why);
  }
}
