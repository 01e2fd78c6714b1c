package org.compnn.network.graph;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.FunctionProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.problem.UserError;

/**
 * Puts the bodies of a model's own functions in the places where they are called, so that what lies
 * inside has names. The result computes the same; tensors and nodes of a body are named after the
 * call ({@code block1/conv}).
 *
 * <p>A function written in another version of an operator set than the model stays a call, which
 * ONNX Runtime understands: its nodes could mean something else outside of it.
 */
final class Functions {
  private record Key(String domain, String name, String overload) {
    static Key of(NodeProto call) {
      return new Key(plain(call.getDomain()), call.getOpType(), call.getOverload());
    }
  }

  private final Path file;
  private final int mostNodes;
  private final Map<Key, FunctionProto> functions = new LinkedHashMap<>();
  private final Map<String, Long> versions = new LinkedHashMap<>();
  private final Set<FunctionProto> kept = new HashSet<>();
  private final Deque<Key> open = new ArrayDeque<>();
  private final FreshNames names;
  private int made;

  private Functions(Path file, ModelProto model, int mostNodes) {
    this.file = file;
    this.mostNodes = mostNodes;
    this.names = new FreshNames(model.getGraph());
    for (FunctionProto function : model.getFunctionsList()) {
      functions.put(
          new Key(plain(function.getDomain()), function.getName(), function.getOverload()),
          function);
    }
    model.getOpsetImportList().forEach(s -> versions.put(plain(s.getDomain()), s.getVersion()));
  }

  private static String plain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  /**
   * The model without calls of its own functions, where that can be.
   *
   * @throws UserError where a function calls itself, or more nodes would come of it than allowed
   */
  static ModelProto inlined(Path file, ModelProto model, int mostNodes) {
    if (model.getFunctionsCount() == 0) {
      return model;
    }
    Functions functions = new Functions(file, model, mostNodes);
    GraphProto graph = functions.graph(model.getGraph());
    ModelProto.Builder copy = model.toBuilder().setGraph(graph).clearFunctions().clearOpsetImport();
    functions.keepWhatIsCalled();
    model.getFunctionsList().stream().filter(functions.kept::contains).forEach(copy::addFunctions);
    functions.versions.forEach(
        (domain, version) ->
            copy.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    return copy.build();
  }

  /** What a function that stays calls has to stay too. */
  private void keepWhatIsCalled() {
    List<FunctionProto> open = new ArrayList<>(kept);
    while (!open.isEmpty()) {
      for (NodeProto node : open.removeLast().getNodeList()) {
        if (!node.getDomain().isEmpty()) {
          functions.values().stream().filter(kept::add).forEach(open::add);
        }
      }
    }
  }

  private GraphProto graph(GraphProto graph) {
    GraphProto.Builder copy = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(n -> expand(n).forEach(copy::addNode));
    return copy.build();
  }

  private List<NodeProto> expand(NodeProto node) {
    Key key = Key.of(node);
    FunctionProto function = functions.get(key);
    if (function != null && sameVersions(function)) {
      return body(node, key, function);
    }
    if (function != null) {
      kept.add(function);
    }
    made++;
    if (made > mostNodes) {
      throw new UserError(
          "%s: expected at most %d operators, found more in its functions; is it a network for pixels?"
              .formatted(file, mostNodes));
    }
    return List.of(withinSubgraphs(node));
  }

  private NodeProto withinSubgraphs(NodeProto node) {
    if (node.getAttributeList().stream().noneMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
      return node;
    }
    NodeProto.Builder copy = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      AttributeProto.Builder changed = attribute.toBuilder().clearGraphs();
      if (attribute.hasG()) {
        changed.setG(graph(attribute.getG()));
      }
      attribute.getGraphsList().forEach(g -> changed.addGraphs(graph(g)));
      copy.addAttribute(changed);
    }
    return copy.build();
  }

  /** Whether the function's operators mean the same outside of it; its own sets are added. */
  private boolean sameVersions(FunctionProto function) {
    for (OperatorSetIdProto set : function.getOpsetImportList()) {
      Long version = versions.get(plain(set.getDomain()));
      if (version != null && version != set.getVersion()) {
        return false;
      }
    }
    function
        .getOpsetImportList()
        .forEach(s -> versions.putIfAbsent(plain(s.getDomain()), s.getVersion()));
    return true;
  }

  private List<NodeProto> body(NodeProto call, Key key, FunctionProto function) {
    if (open.contains(key)) {
      throw new UserError(
          "%s: its function %s calls itself, which ONNX forbids; export the network again"
              .formatted(file, function.getName()));
    }
    String prefix =
        !call.getName().isEmpty()
            ? call.getName()
            : call.getOutputList().stream()
                .filter(t -> !t.isEmpty())
                .findFirst()
                .orElse(function.getName());
    Map<String, String> tensors = new HashMap<>();
    List<NodeProto> passed = new ArrayList<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      tensors.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < function.getOutputCount(); i++) {
      String formal = function.getOutput(i);
      String actual = i < call.getOutputCount() ? call.getOutput(i) : "";
      if (!actual.isEmpty()) {
        String inside = tensors.putIfAbsent(formal, actual);
        if (inside != null) {
          passed.add(identity(inside, actual));
        }
      }
    }
    Renaming renaming =
        new Renaming(
            t -> tensors.computeIfAbsent(t, n -> names.like(prefix + "/" + n)),
            n -> n.isEmpty() ? n : names.like(prefix + "/" + n),
            attributes(call, function));
    List<NodeProto> nodes = new ArrayList<>();
    open.push(key);
    function.getNodeList().forEach(n -> nodes.addAll(expand(renaming.node(n))));
    open.pop();
    nodes.addAll(passed);
    return nodes;
  }

  private static Map<String, AttributeProto> attributes(NodeProto call, FunctionProto function) {
    Map<String, AttributeProto> given = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> given.put(a.getName(), a));
    call.getAttributeList().forEach(a -> given.put(a.getName(), a));
    return given;
  }

  private NodeProto identity(String from, String to) {
    return NodeProto.newBuilder()
        .setOpType("Identity")
        .setName(names.like(to + "/Identity"))
        .addInput(from)
        .addOutput(to)
        .build();
  }
}
