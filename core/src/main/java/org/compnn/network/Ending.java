package org.compnn.network;

import java.util.Optional;
import java.util.Set;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.onnx.NodeProto;

/**
 * What the last operators of a network say of its output's numbers.
 *
 * @param kind what they are
 * @param clipped between which numbers they are cut off, where they are
 */
record Ending(Kind kind, Optional<Range> clipped) {
  /** What numbers are. */
  enum Kind {
    /** Indices of classes, by an arg max. */
    INDICES,
    /** Shares of classes, which sum up to 1: 0..1. */
    SHARES,
    /** Of a sigmoid, or spread over 0..1 by their least and greatest. */
    PROBABILITIES,
    /** Of a hyperbolic tangent: -1..1. */
    SIGNED,
    /** Of a convolution or another linear operator: any. */
    RAW,
    /** Any others. */
    OTHER
  }

  /** Operators that leave numbers, or most of them, what they are. */
  private static final Set<String> MOVING =
      Set.of(
          "Cast",
          "Clip",
          "Transpose",
          "Identity",
          "Squeeze",
          "Unsqueeze",
          "Reshape",
          "Flatten",
          "Slice",
          "Gather",
          "Split",
          "Resize",
          "Upsample",
          "Crop",
          "CenterCropPad",
          "Dropout",
          "QuantizeLinear",
          "DequantizeLinear");

  static Ending of(Graph graph, String tensor) {
    Optional<Range> clipped = Optional.empty();
    Optional<NodeProto> maker = graph.maker(tensor);
    while (maker.filter(Ending::moves).isPresent()) {
      NodeProto node = maker.get();
      if (clipped.isEmpty() && node.getOpType().equals("Clip")) {
        clipped = bounds(graph, node);
      }
      maker = graph.maker(node.getInput(0));
    }
    return new Ending(maker.map(node -> kind(graph, node)).orElse(Kind.OTHER), clipped);
  }

  /** The arg max that a tensor of indices comes of. */
  static Optional<NodeProto> argMax(Graph graph, String tensor) {
    Optional<NodeProto> maker = graph.maker(tensor);
    while (maker.filter(Ending::moves).isPresent()) {
      maker = graph.maker(maker.get().getInput(0));
    }
    return maker.filter(node -> node.getOpType().equals("ArgMax"));
  }

  private static boolean moves(NodeProto node) {
    return MOVING.contains(node.getOpType()) && node.getInputCount() > 0;
  }

  private static Kind kind(Graph graph, NodeProto node) {
    return switch (node.getOpType()) {
      case "ArgMax" -> Kind.INDICES;
      case "Softmax" -> Kind.SHARES;
      case "Sigmoid", "HardSigmoid", "QLinearSigmoid" -> Kind.PROBABILITIES;
      case "Tanh" -> Kind.SIGNED;
      case "Conv",
          "ConvTranspose",
          "Gemm",
          "MatMul",
          "Einsum",
          "BatchNormalization",
          "QLinearConv",
          "QLinearMatMul",
          "QLinearAdd",
          "FusedConv",
          "Add",
          "Sum",
          "Sub" ->
          Kind.RAW;
      case "Mul" -> ofWhole(graph, node) ? Kind.RAW : Kind.OTHER;
      case "Div" -> spread(graph, node) ? Kind.PROBABILITIES : Kind.OTHER;
      default -> Kind.OTHER;
    };
  }

  /** A product of whole numbers that is scaled back, as dynamic quantisation writes it. */
  private static boolean ofWhole(Graph graph, NodeProto mul) {
    return graph
        .maker(mul.getInput(0))
        .filter(n -> n.getOpType().equals("Cast"))
        .flatMap(n -> graph.maker(n.getInput(0)))
        .filter(n -> n.getOpType().endsWith("Integer"))
        .isPresent();
  }

  /** Whether it is (x - least) / (greatest - least), perhaps with a little added below. */
  private static boolean spread(Graph graph, NodeProto div) {
    Optional<NodeProto> above = graph.maker(div.getInput(0));
    Optional<NodeProto> below = graph.maker(div.getInput(1));
    while (below
        .filter(n -> Set.of("Add", "Clip", "Max", "Cast").contains(n.getOpType()))
        .isPresent()) {
      below = graph.maker(below.get().getInput(0));
    }
    return above.filter(n -> isSub(n) && made(graph, n.getInput(1), "ReduceMin")).isPresent()
        && below
            .filter(
                n ->
                    isSub(n)
                        && made(graph, n.getInput(0), "ReduceMax")
                        && made(graph, n.getInput(1), "ReduceMin"))
            .isPresent();
  }

  private static boolean isSub(NodeProto node) {
    return node.getOpType().equals("Sub");
  }

  private static boolean made(Graph graph, String tensor, String operator) {
    return graph.maker(tensor).filter(n -> n.getOpType().equals(operator)).isPresent();
  }

  private static Optional<Range> bounds(Graph graph, NodeProto clip) {
    Optional<double[]> low = bound(graph, clip, 1, "min");
    Optional<double[]> high = bound(graph, clip, 2, "max");
    return low.isPresent()
            && high.isPresent()
            && low.get().length == 1
            && high.get().length == 1
            && low.get()[0] < high.get()[0]
        ? Optional.of(new Range(low.get()[0], high.get()[0]))
        : Optional.empty();
  }

  private static Optional<double[]> bound(Graph graph, NodeProto clip, int input, String name) {
    if (clip.getInputCount() > input && !clip.getInput(input).isEmpty()) {
      return graph.numbers(clip.getInput(input));
    }
    return Attributes.real(clip, name).map(v -> new double[] {v});
  }
}
