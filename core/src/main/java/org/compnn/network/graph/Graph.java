package org.compnn.network.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.network.onnx.TensorProto;

/** Who makes and who reads each tensor of an ONNX graph. Immutable. */
public final class Graph {
  private final ModelProto model;
  private final List<NodeProto> nodes;
  private final List<Set<String>> reads = new ArrayList<>();
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, List<Integer>> consumers = new HashMap<>();
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Set<String> sparse = new HashSet<>();

  Graph(ModelProto model) {
    this.model = model;
    this.nodes = model.getGraph().getNodeList();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      initializers.put(tensor.getName(), tensor);
    }
    model.getGraph().getSparseInitializerList().forEach(s -> sparse.add(s.getValues().getName()));
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> read = reads(nodes.get(i));
      reads.add(read);
      for (String tensor : read) {
        consumers.computeIfAbsent(tensor, _ -> new ArrayList<>()).add(i);
      }
      for (String tensor : nodes.get(i).getOutputList()) {
        if (!tensor.isEmpty()) {
          producers.putIfAbsent(tensor, i);
        }
      }
    }
  }

  public ModelProto model() {
    return model;
  }

  public List<NodeProto> nodes() {
    return nodes;
  }

  /** All tensors that a node reads, those that its subgraphs capture included. */
  public Set<String> reads(int node) {
    return reads.get(node);
  }

  /** The node that makes a tensor, or -1 where none does. */
  public int producer(String tensor) {
    return producers.getOrDefault(tensor, -1);
  }

  public Optional<NodeProto> maker(String tensor) {
    int producer = producer(tensor);
    return producer < 0 ? Optional.empty() : Optional.of(nodes.get(producer));
  }

  /** The nodes that read a tensor, in graph order. */
  List<Integer> consumers(String tensor) {
    return consumers.getOrDefault(tensor, List.of());
  }

  public boolean isInitializer(String tensor) {
    return initializers.containsKey(tensor) || sparse.contains(tensor);
  }

  /** A tensor that is written in the file: an initializer or the value of a Constant node. */
  public Optional<TensorProto> written(String tensor) {
    TensorProto initializer = initializers.get(tensor);
    if (initializer != null) {
      return Optional.of(initializer);
    }
    return maker(tensor)
        .filter(n -> n.getOpType().equals("Constant"))
        .flatMap(n -> Attributes.tensor(n, "value"));
  }

  /** The numbers of a small tensor that is written in the file, flat. */
  public Optional<double[]> numbers(String tensor) {
    return Written.numbers(this, tensor);
  }

  /** The version of ONNX's own operators that the model is written in. */
  public long opset() {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        return set.getVersion();
      }
    }
    return 1;
  }

  /**
   * The nodes that a set of tensors needs.
   *
   * @param wanted the tensors
   * @param given tensors that are there already, and what makes them is not needed
   */
  public BitSet needed(Collection<String> wanted, Set<String> given) {
    BitSet needed = new BitSet(nodes.size());
    List<String> open = new ArrayList<>(wanted);
    while (!open.isEmpty()) {
      String tensor = open.removeLast();
      int producer = given.contains(tensor) ? -1 : producer(tensor);
      if (producer >= 0 && !needed.get(producer)) {
        needed.set(producer);
        open.addAll(reads.get(producer));
      }
    }
    return needed;
  }

  /** The nodes that depend on one of the tensors, in whatever way. */
  public BitSet dependents(Collection<String> tensors) {
    BitSet dependents = new BitSet(nodes.size());
    List<String> open = new ArrayList<>(tensors);
    while (!open.isEmpty()) {
      for (int consumer : consumers(open.removeLast())) {
        if (!dependents.get(consumer)) {
          dependents.set(consumer);
          open.addAll(nodes.get(consumer).getOutputList());
        }
      }
    }
    return dependents;
  }

  /**
   * The tensors whose numbers depend on an input's numbers, and not on its shape alone, itself
   * included.
   */
  public Set<String> varying(String input) {
    return Varying.of(this, input);
  }

  /** The tensors that some nodes make, in graph order. */
  public Set<String> outputs(BitSet of) {
    Set<String> outputs = new LinkedHashSet<>();
    of.stream()
        .forEach(
            i ->
                nodes.get(i).getOutputList().stream()
                    .filter(t -> !t.isEmpty())
                    .forEach(outputs::add));
    return outputs;
  }

  /**
   * The tensors that cross a cut behind a tensor: it and all else that what lies behind reads from
   * what lies before, itself first. What does not depend on the input stays behind the cut and need
   * not cross.
   */
  public List<String> crossing(String at, String input, String output) {
    Set<String> varying = outputs(dependents(List.of(input)));
    varying.add(input);
    BitSet behind = dependents(List.of(at));
    behind.and(needed(List.of(output), Set.of()));
    Set<String> inside = outputs(behind);
    Set<String> crossing = new LinkedHashSet<>(Set.of(at));
    behind.stream()
        .forEach(
            i ->
                reads.get(i).stream()
                    .filter(t -> varying.contains(t) && !inside.contains(t))
                    .forEach(crossing::add));
    return List.copyOf(crossing);
  }

  static Set<String> reads(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>();
    for (String input : node.getInputList()) {
      if (!input.isEmpty()) {
        reads.add(input);
      }
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        reads.addAll(captured(attribute.getG()));
      }
      attribute.getGraphsList().forEach(g -> reads.addAll(captured(g)));
    }
    return reads;
  }

  private static Set<String> captured(GraphProto graph) {
    Set<String> own = new HashSet<>();
    graph.getInputList().forEach(i -> own.add(i.getName()));
    graph.getInitializerList().forEach(i -> own.add(i.getName()));
    Set<String> captured = new LinkedHashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      captured.addAll(reads(node));
    }
    graph.getOutputList().forEach(o -> captured.add(o.getName()));
    graph.getNodeList().forEach(n -> own.addAll(n.getOutputList()));
    captured.removeAll(own);
    return captured;
  }
}
