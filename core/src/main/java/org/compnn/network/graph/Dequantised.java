package org.compnn.network.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;

/**
 * Makes real numbers of what quantised operators give, in a copy in memory, so that they can be
 * looked at: behind each such operator they are dequantised, and quantised again for what reads
 * them. That gives the same whole numbers.
 */
public final class Dequantised {
  /** What is added to the name of a quantised tensor. */
  private static final String REAL = ":real";

  /** Where operators are told the scale of what they give; the zero comes after it. */
  private static final Map<String, Integer> SCALES =
      Map.of(
          "QLinearConv", 6,
          "QLinearMatMul", 6,
          "QLinearAdd", 6,
          "QLinearMul", 6,
          "QLinearConcat", 0);

  private Dequantised() {}

  /** Whether an operator gives quantised numbers that are made real here. */
  public static boolean quantised(String operator) {
    return SCALES.containsKey(operator);
  }

  /** The model with these numbers; none where it has no such operators. */
  public static Optional<ModelProto> of(ModelProto model) {
    if (model.getGraph().getNodeList().stream().noneMatch(n -> quantised(n.getOpType()))) {
      return Optional.empty();
    }
    FreshNames names = new FreshNames(model.getGraph());
    Map<String, String> again = new HashMap<>();
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    for (NodeProto node : model.getGraph().getNodeList()) {
      NodeProto.Builder copy = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        copy.setInput(i, again.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      graph.addNode(copy);
      Integer scale = SCALES.get(node.getOpType());
      if (scale != null && node.getInputCount() > scale + 1) {
        String whole = node.getOutput(0);
        List<String> worth = List.of(node.getInput(scale), node.getInput(scale + 1));
        String real = names.like(whole + REAL);
        String back = names.like(whole + ":again");
        graph.addNode(
            step("DequantizeLinear", names.like(node.getName() + REAL), whole, worth, real));
        graph.addNode(step("QuantizeLinear", back, real, worth, back));
        again.put(whole, back);
      }
    }
    return Optional.of(model.toBuilder().setGraph(graph).build());
  }

  private static NodeProto step(
      String operator, String name, String from, List<String> worth, String to) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addInput(from)
        .addAllInput(worth)
        .addOutput(to)
        .build();
  }
}
