package org.compnn.network.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;

/** Nodes in the order in which they can run, as ONNX wants it and not all tools write it. */
final class NodeOrder {
  private NodeOrder() {}

  /** The same model with each node behind those that it reads from; as it is where it is so. */
  static ModelProto sorted(ModelProto model) {
    GraphProto graph = model.getGraph();
    if (isSorted(graph)) {
      return model;
    }
    List<NodeProto> nodes = graph.getNodeList();
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String tensor : nodes.get(i).getOutputList()) {
        makers.putIfAbsent(tensor, i);
      }
    }
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(_ -> readers.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      for (String tensor : Graph.reads(nodes.get(i))) {
        Integer maker = makers.get(tensor);
        if (maker != null) {
          readers.get(maker).add(i);
          waiting[i]++;
        }
      }
    }
    // The first that can run goes first, so that what is in order stays in order.
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    GraphProto.Builder copy = graph.toBuilder().clearNode();
    while (!ready.isEmpty()) {
      int next = ready.poll();
      copy.addNode(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    // Nodes that wait for each other are left to ONNX Runtime to refuse.
    return copy.getNodeCount() == nodes.size() ? model.toBuilder().setGraph(copy).build() : model;
  }

  private static boolean isSorted(GraphProto graph) {
    Set<String> later = new HashSet<>();
    graph.getNodeList().forEach(n -> later.addAll(n.getOutputList()));
    later.remove("");
    for (NodeProto node : graph.getNodeList()) {
      for (String tensor : Graph.reads(node)) {
        if (later.contains(tensor)) {
          return false;
        }
      }
      later.removeAll(node.getOutputList());
    }
    return true;
  }
}
