package org.compnn.network.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.NodeProto;

/**
 * Puts the branch that is taken in the place of an {@code If}. Exporters write such nodes for
 * questions about shapes, whose answer is settled as soon as the input's size is.
 */
public final class Branches {
  private Branches() {}

  /** The conditions of a graph's branches, without those of branches within branches. */
  public static Set<String> conditions(Graph graph) {
    Set<String> conditions = new HashSet<>();
    for (NodeProto node : graph.nodes()) {
      if (branching(node)) {
        conditions.add(node.getInput(0));
      }
    }
    return conditions;
  }

  private static boolean branching(NodeProto node) {
    return node.getOpType().equals("If")
        && (node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx"))
        && node.getInputCount() == 1;
  }

  /** A graph that computes the same where these conditions are as said. */
  public static Graph taken(Graph graph, Map<String, Boolean> conditions) {
    GraphProto whole = graph.model().getGraph();
    Map<NodeProto, GraphProto> chosen = new LinkedHashMap<>();
    GraphProto.Builder rest = whole.toBuilder().clearNode();
    for (NodeProto node : whole.getNodeList()) {
      Optional<GraphProto> branch = branch(node, conditions);
      if (branch.isPresent()) {
        chosen.put(node, branch.get());
        // Its inputs and outputs keep their names.
        rest.addNode(node.toBuilder().clearAttribute());
      } else {
        rest.addNode(node);
      }
    }
    FreshNames names = new FreshNames(rest.build());
    GraphProto.Builder copy = whole.toBuilder().clearNode();
    for (NodeProto node : whole.getNodeList()) {
      GraphProto branch = chosen.get(node);
      if (branch == null) {
        copy.addNode(node);
      } else {
        replace(node, branch, names, copy);
      }
    }
    return new Graph(graph.model().toBuilder().setGraph(copy).build());
  }

  private static Optional<GraphProto> branch(NodeProto node, Map<String, Boolean> conditions) {
    if (!branching(node) || !conditions.containsKey(node.getInput(0))) {
      return Optional.empty();
    }
    String name = conditions.get(node.getInput(0)) ? "then_branch" : "else_branch";
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name) && a.hasG())
        .map(AttributeProto::getG)
        .filter(g -> g.getOutputCount() >= node.getOutputCount())
        .findFirst();
  }

  private static void replace(
      NodeProto node, GraphProto branch, FreshNames names, GraphProto.Builder into) {
    Set<String> made = new HashSet<>();
    branch.getNodeList().forEach(n -> made.addAll(n.getOutputList()));
    Set<String> own = new HashSet<>(made);
    branch.getInitializerList().forEach(t -> own.add(t.getName()));
    branch.getSparseInitializerList().forEach(t -> own.add(t.getValues().getName()));
    Map<String, String> tensors = new HashMap<>();
    Map<String, String> passed = new LinkedHashMap<>();
    for (int i = 0; i < node.getOutputCount(); i++) {
      String inside = branch.getOutput(i).getName();
      if (!node.getOutput(i).isEmpty()
          && (!made.contains(inside) || tensors.putIfAbsent(inside, node.getOutput(i)) != null)) {
        passed.put(node.getOutput(i), inside);
      }
    }
    for (String tensor : List.copyOf(own)) {
      tensors.computeIfAbsent(tensor, names::like);
    }
    Renaming renaming =
        new Renaming(
            t -> tensors.getOrDefault(t, t), n -> n.isEmpty() ? n : names.like(n), Map.of());
    branch.getInitializerList().forEach(t -> into.addInitializer(renaming.tensor(t)));
    branch.getSparseInitializerList().forEach(t -> into.addSparseInitializer(renaming.sparse(t)));
    branch.getNodeList().forEach(n -> into.addNode(renaming.node(n)));
    passed.forEach(
        (out, inside) ->
            into.addNode(
                NodeProto.newBuilder()
                    .setOpType("Identity")
                    .setName(names.like(out + "/Identity"))
                    .addInput(tensors.getOrDefault(inside, inside))
                    .addOutput(out)));
  }
}
