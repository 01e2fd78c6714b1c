package org.compnn.network.geometry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/**
 * Follows the picture through a graph, operator by operator, and keeps for each tensor which input
 * pixels its cells see. Where an operator is unknown or mixes places, everything is seen.
 *
 * <p>Normalisation over space (instance, group, layer norm) counts as seeing only its own cell, as
 * is the custom for receptive fields: its mean and deviation do depend on all pixels.
 */
@SuppressWarnings("exports") // Called within the module only; other modules want its geometry.
public final class Trace {
  private static final Set<String> SAME_PLACE =
      Set.of(
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LayerNormalization",
          "RMSNormalization",
          "MeanVarianceNormalization",
          "LRN",
          "Dropout",
          "DynamicQuantizeLinear",
          "LpNormalization");

  /** Inputs that are parameters and must be known as numbers, by operator: from which index on. */
  private static final Map<String, Integer> PARAMETERS =
      Map.ofEntries(
          Map.entry("Slice", 1),
          Map.entry("Pad", 1),
          Map.entry("Resize", 1),
          Map.entry("Upsample", 1),
          Map.entry("Squeeze", 1),
          Map.entry("Unsqueeze", 1),
          Map.entry("ReduceMean", 1),
          Map.entry("ReduceMax", 1),
          Map.entry("ReduceSum", 1),
          Map.entry("ReduceL2", 1),
          Map.entry("ReduceSumSquare", 1),
          Map.entry("Gather", 1),
          Map.entry("Tile", 1));

  /** Operators whose insides are not looked into, or that look where the picture says. */
  private static final Set<String> OPAQUE =
      Set.of("Loop", "If", "Scan", "GridSample", "DeformConv", "DFT", "STFT");

  /** Sides beyond this many cells are no picture's. */
  private static final long MOST_CELLS = 1 << 20;

  private final Graph graph;
  private final Tensors tensors;
  private final Port input;
  private final int rowAxis;
  private final Set<String> varying;
  private final Map<String, Sees> seen = new HashMap<>();

  private Trace(Graph graph, Tensors tensors, Port input, int rowAxis) {
    this.graph = graph;
    this.tensors = tensors;
    this.input = input;
    this.rowAxis = rowAxis;
    this.varying = graph.varying(input.tensor());
  }

  /** The tensors whose numbers say where operators look, whether or not the file holds them. */
  public static Set<String> parameters(Graph graph) {
    Set<String> parameters = new TreeSet<>();
    for (NodeProto node : graph.nodes()) {
      int from = PARAMETERS.getOrDefault(node.getOpType(), Integer.MAX_VALUE);
      node.getInputList().stream().skip(from).filter(t -> !t.isEmpty()).forEach(parameters::add);
    }
    return parameters;
  }

  /**
   * Follows the picture from the input.
   *
   * @param tensors what the tensors are that depend on it, and the numbers of the {@link
   *     #parameters}
   * @param channelsLast whether the input is (batch, rows, columns, channels)
   */
  public static Trace of(Graph graph, Tensors tensors, Port input, boolean channelsLast) {
    int rowAxis = channelsLast ? 1 : 2;
    Trace trace = new Trace(graph, tensors, input, rowAxis);
    trace.seen.put(input.tensor(), new Grid(rowAxis, rowAxis + 1, Sight.pixels(), Sight.pixels()));
    for (int i = 0; i < graph.nodes().size(); i++) {
      trace.visit(i);
    }
    return trace;
  }

  /** Whether a tensor depends on the picture. */
  public boolean varies(String tensor) {
    return varying.contains(tensor);
  }

  /** How a tensor's cells lie over the picture, where they do. */
  public Optional<CellGrid> grid(String tensor) {
    if (!(sees(tensor) instanceof Grid grid)) {
      return Optional.empty();
    }
    return type(tensor)
        .map(
            t ->
                new CellGrid(
                    grid.rowAxis(),
                    grid.columnAxis(),
                    grid.vertical().geometry(Math.toIntExact(t.dim(grid.rowAxis()))),
                    grid.horizontal().geometry(Math.toIntExact(t.dim(grid.columnAxis())))));
  }

  /** The same for cells that lie in a tensor in whatever way, as tokens or windows do. */
  public Optional<FoldedCells> folded(String tensor) {
    Optional<Tokens> tokens = type(tensor).flatMap(t -> TokenOperator.of(sees(tensor), t));
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Layout layout = tokens.get().layout();
    return CellOrder.of(layout)
        .map(
            order ->
                new FoldedCells(
                    order,
                    tokens.get().vertical().geometry(Math.toIntExact(layout.rows())),
                    tokens.get().horizontal().geometry(Math.toIntExact(layout.columns()))));
  }

  private void visit(int index) {
    NodeProto node = graph.nodes().get(index);
    if (node.getOutputList().stream().noneMatch(varying::contains)) {
      return;
    }
    enter(node);
    for (int i = 0; i < node.getOutputCount(); i++) {
      Sees sees = node.getInputCount() == 0 ? new Everything() : after(node, i);
      record(node, i, sees instanceof Everything ? opaque(index, i) : sees);
    }
  }

  /** Where a tensor has lost its grid and a convolution follows, it must have one again. */
  private void enter(NodeProto node) {
    switch (node.getOpType()) {
      case "Conv",
          "ConvInteger",
          "QLinearConv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "Resize",
          "Upsample" -> {
        String tensor = node.getInput(0);
        Optional<TensorType> type = type(tensor).filter(t -> t.rank() == 4);
        if (type.isPresent()
            && (sees(tensor) instanceof Everything || sees(tensor) instanceof Tokens)) {
          seen.put(tensor, blurred(type.get()));
        }
      }
      default -> {}
    }
  }

  /**
   * What comes out of a loop or of an operator that nothing is known of: a picture's shape is taken
   * for a picture that sees everything.
   */
  private Sees opaque(int index, int output) {
    NodeProto node = graph.nodes().get(index);
    boolean known = node.getDomain().isEmpty() && !OPAQUE.contains(node.getOpType());
    Optional<TensorType> type =
        type(node.getOutput(output)).filter(t -> t.rank() == 4 && t.floating());
    boolean last =
        graph.reads(index).stream().anyMatch(t -> sees(t) instanceof Grid g && g.rowAxis() == 1);
    return known || last || type.isEmpty() || type.get().dim(0) != input.type().dim(0)
        ? new Everything()
        : blurred(type.get());
  }

  /** A grid over the whole picture whose cells see everything. */
  private Grid blurred(TensorType type) {
    return new Grid(
        2,
        3,
        Sight.spread(input.type().dim(rowAxis), type.dim(2)),
        Sight.spread(input.type().dim(rowAxis + 1), type.dim(3)));
  }

  private Sees after(NodeProto node, int output) {
    String op = node.getOpType();
    if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
      return new Everything();
    }
    Sees first = sees(node.getInput(0));
    if (SAME_PLACE.contains(op)) {
      return first;
    }
    if (Elementwise.contains(op)) {
      return new Elementwise(node, this::sees, this::type).sees();
    }
    Optional<Sees> rolled = new Roll(graph, tensors, node, this::sees).sees();
    if (rolled.isPresent()) {
      return rolled.get();
    }
    if (Contraction.contains(op)) {
      return new Contraction(node, tensors, this::sees, this::type).sees();
    }
    Optional<Tokens> tokens = anyTokens(node);
    if (tokens.isPresent() && (first instanceof Tokens || op.equals("Concat"))) {
      return new TokenOperator(graph, tensors, node, tokens.get(), this::sees).sees(output);
    }
    return switch (first) {
      case Grid grid ->
          SpatialOperator.contains(op)
              ? new SpatialOperator(graph, tensors, node, grid, this::sees).sees()
              : new Rearrangement(graph, tensors, node, grid, this::sees).sees();
      case Nothing _, Everything _, Tokens _ ->
          op.equals("Concat")
              ? new Rearrangement(graph, tensors, node, anyGrid(node), this::sees).sees()
              : new Everything();
    };
  }

  private Optional<Tokens> anyTokens(NodeProto node) {
    for (String tensor : node.getInputList()) {
      if (sees(tensor) instanceof Tokens tokens) {
        return Optional.of(tokens);
      }
    }
    return Optional.empty();
  }

  /** The first operand that is a grid, for operators whose operands are alike. */
  private Grid anyGrid(NodeProto node) {
    for (String tensor : node.getInputList()) {
      if (sees(tensor) instanceof Grid grid) {
        return grid;
      }
    }
    return new Grid(-1, -1, Sight.pixels(), Sight.pixels());
  }

  private void record(NodeProto node, int output, Sees sees) {
    String tensor = node.getOutput(output);
    if (!tensor.isEmpty()) {
      seen.put(tensor, checked(tensor, sees));
    }
  }

  /** A grid needs a tensor that has its axes. */
  private Sees checked(String tensor, Sees sees) {
    if (sees instanceof Grid grid) {
      Optional<TensorType> type = type(tensor);
      int last = Math.max(grid.rowAxis(), grid.columnAxis());
      if (type.isEmpty()
          || Math.min(grid.rowAxis(), grid.columnAxis()) < 0
          || last >= type.get().rank()
          || type.get().dim(grid.rowAxis()) > MOST_CELLS
          || type.get().dim(grid.columnAxis()) > MOST_CELLS) {
        return new Everything();
      }
    }
    if (sees instanceof Tokens tokens) {
      return type(tensor).filter(tokens.layout()::fits).isPresent() ? tokens : new Everything();
    }
    return sees;
  }

  private Sees sees(String tensor) {
    Sees known = seen.get(tensor);
    return known == null ? new Nothing() : known;
  }

  private Optional<TensorType> type(String tensor) {
    return tensor.equals(input.tensor()) ? Optional.of(input.type()) : tensors.type(tensor);
  }
}
