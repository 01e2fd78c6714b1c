package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.geometry.CellGrid;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Dequantised;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Nonlinearities;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;
import org.compnn.problem.Knob;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;

/** The layers of a network, found by name. Immutable. */
final class Layers {
  /** Operators whose results are worth a name in a list; others only move numbers about. */
  private static final Set<String> LISTED =
      Set.of(
          "Conv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "LpPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "MaxUnpool",
          "Resize",
          "Upsample",
          "DepthToSpace",
          "SpaceToDepth",
          "Concat",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LayerNormalization",
          "LRN",
          "Softmax",
          "MatMul",
          "Gemm",
          "Einsum",
          "Loop",
          "If",
          "Scan");

  private static final Set<String> JOINING =
      Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean");

  private final Path file;
  private final Map<String, Place> places;
  private final Map<String, String> byAlias = new HashMap<>();
  private final List<Layer> listed;

  private Layers(Path file, Map<String, Place> places, Set<String> listed) {
    this.file = file;
    this.places = places;
    places
        .values()
        .forEach(p -> p.layer().aliases().forEach(a -> byAlias.put(a, p.layer().name())));
    this.listed =
        places.values().stream().map(Place::layer).filter(l -> listed.contains(l.name())).toList();
  }

  /**
   * Finds the layers between a network's input and its output.
   *
   * @param input the input's tensor
   * @param output the output's
   */
  static Layers of(OnnxFile file, Tensors tensors, Trace trace, String input, String output) {
    Graph graph = file.graph();
    Map<String, Place> bare = new LinkedHashMap<>();
    long batch = tensors.type(input).map(t -> t.dim(0)).orElse(1L);
    BitSet needed = graph.needed(List.of(output), Set.of(input));
    Set<String> listed = new HashSet<>();
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      NodeProto node = graph.nodes().get(i);
      for (String tensor : node.getOutputList()) {
        Optional<TensorType> type = tensors.type(tensor);
        if (type.filter(TensorType::floating).isPresent()) {
          trace
              .grid(tensor)
              .flatMap(g -> place(tensor, node, type.get(), g, batch))
              .or(() -> folded(tensor, node, type.get(), trace, batch))
              .ifPresent(p -> bare.put(tensor, p));
        }
      }
      if (bare.containsKey(node.getOutput(0)) && worthListing(node, graph, trace)) {
        listed.add(node.getOutput(0));
      }
    }
    Landmarks landmarks = new Landmarks(graph, trace, bare, listed, output);
    Map<String, String> special = new LinkedHashMap<>();
    landmarks.bottleneck().ifPresent(t -> special.put("bottleneck", t));
    landmarks.penultimate().ifPresent(t -> special.put("penultimate", t));
    Map<String, List<String>> names =
        LayerNames.of(graph, new ArrayList<>(bare.keySet()), special, ModuleNames.of(graph, trace));
    Map<String, Place> places = new LinkedHashMap<>();
    bare.forEach(
        (tensor, p) -> {
          Layer l = p.layer();
          Layer named =
              new Layer(
                  tensor,
                  l.operator(),
                  names.getOrDefault(tensor, List.of()),
                  l.channels(),
                  l.vertical(),
                  l.horizontal());
          places.put(tensor, new Place(named, p.type(), p.channelsLast(), p.order()));
        });
    return new Layers(file.path(), places, listed);
  }

  private static Optional<Place> place(
      String tensor, NodeProto node, TensorType type, CellGrid grid, long batch) {
    boolean last = grid.rowAxis() == 1 && grid.columnAxis() == 2;
    boolean first = grid.rowAxis() == 2 && grid.columnAxis() == 3;
    if (type.rank() != 4 || type.dim(0) != batch || !(last || first)) {
      return Optional.empty();
    }
    int rows = grid.vertical().cells();
    int columns = grid.horizontal().cells();
    int channels = Math.toIntExact(type.dim(last ? 3 : 1));
    if ((long) rows * columns * channels > Integer.MAX_VALUE - 16 || type.count() == 0) {
      return Optional.empty();
    }
    Layer layer =
        new Layer(
            tensor, node.getOpType(), List.of(), channels, grid.vertical(), grid.horizontal());
    return Optional.of(new Place(layer, type, last, Optional.empty()));
  }

  /** Tokens, windows and whatever else holds each cell once. */
  private static Optional<Place> folded(
      String tensor, NodeProto node, TensorType type, Trace trace, long batch) {
    if (batch != 1 || type.count() == 0) {
      return Optional.empty();
    }
    return trace
        .folded(tensor)
        .map(
            cells ->
                new Place(
                    new Layer(
                        tensor,
                        node.getOpType(),
                        List.of(),
                        cells.order().channels(),
                        cells.vertical(),
                        cells.horizontal()),
                    type,
                    false,
                    Optional.of(cells.order())));
  }

  private static boolean worthListing(NodeProto node, Graph graph, Trace trace) {
    if (node.getOpType().equals("DequantizeLinear")) {
      return graph
          .maker(node.getInput(0))
          .filter(n -> Dequantised.quantised(n.getOpType()))
          .isPresent();
    }
    if (LISTED.contains(node.getOpType()) || Nonlinearities.contains(node.getOpType())) {
      return true;
    }
    long varying = node.getInputList().stream().filter(trace::varies).count();
    return JOINING.contains(node.getOpType()) && varying > 1;
  }

  List<Layer> listed() {
    return listed;
  }

  Optional<Place> place(String tensor) {
    return Optional.ofNullable(places.get(tensor));
  }

  /** The layer of that name or alias. */
  Place find(String name) {
    Place exact = places.get(byAlias.getOrDefault(name, name));
    if (exact != null) {
      return exact;
    }
    Place named = places.get(name);
    if (named != null) {
      return named;
    }
    List<String> same = byAlias.keySet().stream().filter(a -> a.equalsIgnoreCase(name)).toList();
    Place only = same.size() == 1 ? places.get(byAlias.get(same.getFirst())) : null;
    if (only != null) {
      return only;
    }
    List<String> names = new ArrayList<>();
    for (Layer layer : listed) {
      List<String> aliases = layer.aliases();
      names.add(aliases.isEmpty() ? layer.name() : aliases.getLast());
      aliases.stream().filter(a -> Landmarks.NAMES.contains(a)).forEach(names::add);
    }
    throw UserError.about(
        Knob.LIST_LAYERS,
        "%s: no layer '%s'; %s"
            .formatted(file, name, Nearest.line(name, names, "the network has none")));
  }
}
