package org.compnn.network.graph;

import java.util.HashSet;
import java.util.Set;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.NodeProto;

/** Names that nothing in a graph has yet, its subgraphs included. */
final class FreshNames {
  private final Set<String> taken = new HashSet<>();

  FreshNames(GraphProto graph) {
    take(graph);
  }

  private void take(GraphProto graph) {
    graph.getInputList().forEach(i -> taken.add(i.getName()));
    graph.getInitializerList().forEach(t -> taken.add(t.getName()));
    graph.getSparseInitializerList().forEach(t -> taken.add(t.getValues().getName()));
    graph.getNodeList().forEach(this::take);
  }

  private void take(NodeProto node) {
    taken.add(node.getName());
    taken.addAll(node.getInputList());
    taken.addAll(node.getOutputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        take(attribute.getG());
      }
      attribute.getGraphsList().forEach(this::take);
    }
  }

  /** The name itself, or with a number behind it; it is taken from now on. */
  String like(String wanted) {
    String name = wanted;
    for (int i = 1; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
