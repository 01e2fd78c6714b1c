package org.compnn.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.onnx.NodeProto;

/**
 * The filters that make a network's scores or image: the last ones before its output, over whatever
 * only enlarges, turns, scales or adds up what they give.
 */
final class Heads {
  /**
   * A filter.
   *
   * @param read the tensor that it reads
   * @param made the tensor that it makes
   */
  record Head(String read, String made) {}

  private static final Set<String> FILTERS =
      Set.of(
          "Conv",
          "ConvTranspose",
          "ConvInteger",
          "QLinearConv",
          "DeformConv",
          "MatMul",
          "MatMulInteger",
          "QLinearMatMul",
          "Gemm",
          "Einsum");

  /** What joins branches that may each end in a filter. */
  private static final Set<String> JOINING =
      Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "Concat", "Where");

  /** What lies between a filter that makes scores and one that only weighs scores up. */
  private static final Set<String> LINEAR =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Sum",
          "Mean",
          "Concat",
          "Resize",
          "Upsample",
          "DepthToSpace",
          "Pad",
          "Slice",
          "Reshape",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Identity",
          "Cast");

  private final Graph graph;
  private final Trace trace;
  private final Map<String, Place> places;

  Heads(Graph graph, Trace trace, Map<String, Place> places) {
    this.graph = graph;
    this.trace = trace;
    this.places = places;
  }

  /** Whether an operator is a filter. */
  static boolean filters(String operator) {
    return FILTERS.contains(operator);
  }

  /** The filters before an output, in no order; none where there are no such filters. */
  List<Head> of(String output) {
    List<Head> heads = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(output));
    while (!open.isEmpty()) {
      String tensor = open.removeLast();
      Optional<NodeProto> maker = visited.add(tensor) ? graph.maker(tensor) : Optional.empty();
      if (maker.isEmpty()) {
        continue;
      }
      NodeProto node = maker.get();
      if (isStep(node, tensor)) {
        continue;
      }
      List<String> read = varying(node);
      if (FILTERS.contains(node.getOpType())) {
        head(node, read).map(h -> weighing(h, output)).ifPresent(heads::addAll);
      } else if (read.size() == 1 || JOINING.contains(node.getOpType())) {
        open.addAll(read);
      }
    }
    return heads;
  }

  /**
   * The tensors a node reads that depend on the picture, but for those that only say what a
   * quantised number is worth.
   */
  List<String> varying(NodeProto node) {
    return IntStream.range(0, node.getInputCount())
        .filter(i -> trace.varies(node.getInput(i)) && !saysWorth(node, i))
        .mapToObj(node::getInput)
        .toList();
  }

  private static boolean saysWorth(NodeProto node, int input) {
    return switch (node.getOpType()) {
      case "ConvInteger", "MatMulInteger" -> input > 1;
      case "QuantizeLinear", "DequantizeLinear" -> input > 0;
      case "QLinearConv", "QLinearMatMul" -> input != 0 && input != 3;
      default -> false;
    };
  }

  /** Whether a tensor is not what dynamic quantisation gives, but its scale or its zero. */
  private static boolean isStep(NodeProto maker, String tensor) {
    return maker.getOpType().equals("DynamicQuantizeLinear") && !maker.getOutput(0).equals(tensor);
  }

  private Optional<Head> head(NodeProto filter, List<String> read) {
    if (read.size() == 1) {
      return Optional.of(new Head(unpadded(read.getFirst()), filter.getOutput(0)));
    }
    // Weights that depend on the picture, as those of queries do: cells are read, weights are not.
    List<String> cells = read.stream().distinct().filter(places::containsKey).toList();
    if (cells.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(
        further(cells.getFirst()).orElse(new Head(cells.getFirst(), filter.getOutput(0))));
  }

  /** What was padded, if a tensor is that: cells of a border are copies, or nothing at all. */
  private String unpadded(String tensor) {
    Optional<String> within =
        graph
            .maker(tensor)
            .filter(node -> node.getOpType().equals("Pad"))
            .map(this::varying)
            .filter(read -> read.size() == 1 && places.containsKey(read.getFirst()))
            .map(List::getFirst);
    return within.map(this::unpadded).orElse(tensor);
  }

  /** Masks of queries, weighed by the queries' classes: what the masks were made of. */
  private Optional<Head> further(String cells) {
    String tensor = cells;
    while (true) {
      Optional<NodeProto> maker = graph.maker(tensor);
      if (maker.isEmpty()) {
        return Optional.empty();
      }
      List<String> read = varying(maker.get());
      if (FILTERS.contains(maker.get().getOpType())) {
        return read.size() > 1 ? head(maker.get(), read) : Optional.empty();
      }
      if (read.size() != 1) {
        return Optional.empty();
      }
      tensor = read.getFirst();
    }
  }

  /**
   * The filter itself, or those that made the scores that it only weighs up or enlarges: as many
   * channels as the output has, of more channels.
   */
  private List<Head> weighing(Head head, String output) {
    int channels = channels(output).or(() -> channels(head.made())).orElse(-1);
    List<Head> made = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(head.read()));
    while (!open.isEmpty()) {
      String tensor = open.removeLast();
      if (!visited.add(tensor)) {
        continue;
      }
      Optional<NodeProto> maker = graph.maker(tensor);
      List<String> read = maker.map(this::varying).orElse(List.of());
      boolean filter = maker.filter(n -> FILTERS.contains(n.getOpType())).isPresent();
      boolean scores =
          filter
              && read.size() == 1
              && channels(tensor).filter(c -> c == channels).isPresent()
              && channels(read.getFirst()).filter(c -> c > channels).isPresent();
      if (scores) {
        made.addAll(weighing(new Head(read.getFirst(), tensor), output));
      } else if (maker.filter(n -> LINEAR.contains(n.getOpType())).isPresent()) {
        open.addAll(read);
      } else {
        return List.of(head);
      }
    }
    return made.isEmpty() ? List.of(head) : made;
  }

  private Optional<Integer> channels(String tensor) {
    return Optional.ofNullable(places.get(tensor)).map(p -> p.layer().channels());
  }
}
