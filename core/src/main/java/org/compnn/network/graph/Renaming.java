package org.compnn.network.graph;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.SparseTensorProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.ValueInfoProto;

/**
 * Copies of nodes under other names, as they are needed where the body of a function or of a branch
 * takes the place of what stood for it.
 *
 * @param tensors another name for each tensor; the empty name stays
 * @param nodes another name for each node
 * @param given attributes of the call, by name, for those of the body that refer to them
 */
record Renaming(
    UnaryOperator<String> tensors, UnaryOperator<String> nodes, Map<String, AttributeProto> given) {

  NodeProto node(NodeProto node) {
    NodeProto.Builder copy =
        node.toBuilder()
            .setName(nodes.apply(node.getName()))
            .clearInput()
            .clearOutput()
            .clearAttribute();
    node.getInputList().forEach(t -> copy.addInput(name(t)));
    node.getOutputList().forEach(t -> copy.addOutput(name(t)));
    node.getAttributeList().forEach(a -> attribute(a).ifPresent(copy::addAttribute));
    return copy.build();
  }

  private String name(String tensor) {
    return tensor.isEmpty() ? tensor : tensors.apply(tensor);
  }

  /**
   * An attribute that refers to one that the call does not give, and has no default, is left out.
   */
  private Optional<AttributeProto> attribute(AttributeProto attribute) {
    if (!attribute.getRefAttrName().isEmpty()) {
      // What the call gives lies in the call's own names already.
      return Optional.ofNullable(given.get(attribute.getRefAttrName()))
          .map(g -> g.toBuilder().setName(attribute.getName()).build());
    }
    if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
      return Optional.of(attribute);
    }
    AttributeProto.Builder copy = attribute.toBuilder().clearGraphs();
    if (attribute.hasG()) {
      copy.setG(graph(attribute.getG()));
    }
    attribute.getGraphsList().forEach(g -> copy.addGraphs(graph(g)));
    return Optional.of(copy.build());
  }

  private GraphProto graph(GraphProto graph) {
    GraphProto.Builder copy =
        graph.toBuilder()
            .clearNode()
            .clearInput()
            .clearOutput()
            .clearValueInfo()
            .clearInitializer()
            .clearSparseInitializer();
    graph.getInputList().forEach(i -> copy.addInput(info(i)));
    graph.getOutputList().forEach(o -> copy.addOutput(info(o)));
    graph.getValueInfoList().forEach(v -> copy.addValueInfo(info(v)));
    graph.getInitializerList().forEach(t -> copy.addInitializer(tensor(t)));
    graph.getSparseInitializerList().forEach(t -> copy.addSparseInitializer(sparse(t)));
    graph.getNodeList().forEach(n -> copy.addNode(node(n)));
    return copy.build();
  }

  private ValueInfoProto info(ValueInfoProto info) {
    return info.toBuilder().setName(name(info.getName())).build();
  }

  TensorProto tensor(TensorProto tensor) {
    return tensor.toBuilder().setName(name(tensor.getName())).build();
  }

  SparseTensorProto sparse(SparseTensorProto tensor) {
    return tensor.toBuilder().setValues(tensor(tensor.getValues())).build();
  }
}
