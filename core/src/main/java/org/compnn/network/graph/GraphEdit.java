package org.compnn.network.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.TensorShapeProto;
import org.compnn.network.onnx.TypeProto;
import org.compnn.network.onnx.ValueInfoProto;

/**
 * Cuts a model down to what leads from some tensors to others. The model itself stays as it is;
 * everything here is a copy in memory that shares the weights.
 */
public final class GraphEdit {
  /** From this version on, initializers need not be listed among the inputs. */
  private static final long IR_WITHOUT_LISTED_INITIALIZERS = 4;

  private GraphEdit() {}

  /** A model from {@code inputs} to {@code outputs} that speaks float32 and int64 only. */
  public static ModelProto between(Graph graph, List<Port> inputs, List<Port> outputs) {
    Set<String> given = new LinkedHashSet<>();
    List<ValueInfoProto> in = new ArrayList<>();
    List<NodeProto> before = new ArrayList<>();
    for (Port port : inputs) {
      given.add(port.tensor());
      in.add(info(port.inputName(), port.passes(), port.type().shape()));
      if (port.cast()) {
        before.add(cast(port.inputName(), port.tensor(), port.type().element()));
      }
    }
    List<ValueInfoProto> out = new ArrayList<>();
    List<NodeProto> after = new ArrayList<>();
    for (Port port : outputs) {
      String name = sessionOutput(port, given);
      out.add(info(name, port.passes(), port.type().shape()));
      if (!name.equals(port.tensor())) {
        after.add(cast(port.tensor(), name, port.passes()));
      }
    }
    return edit(graph, given, outputs.stream().map(Port::tensor).toList(), in, before, out, after);
  }

  /** The name that an output has in the session; a tensor that is also an input needs another. */
  public static String sessionOutput(Port port, Set<String> given) {
    return given.contains(port.tensor()) ? "compnn:out:" + port.tensor() : port.outputName();
  }

  /**
   * A model from one input of a known type to tensors whose types are still to be learnt.
   *
   * @param known types of other tensors that help to work out the rest
   */
  public static ModelProto exposing(
      Graph graph, Port input, List<String> tensors, Map<String, TensorType> known) {
    ModelProto model = exposing(graph, input, tensors);
    if (known.isEmpty()) {
      return model;
    }
    ModelProto.Builder told = model.toBuilder();
    known.forEach(
        (tensor, type) -> {
          if (!tensors.contains(tensor)) {
            told.getGraphBuilder().addValueInfo(info(tensor, type.element(), type.shape()));
          }
        });
    for (int i = 0; i < tensors.size(); i++) {
      TensorType type = known.get(tensors.get(i));
      if (type != null) {
        told.getGraphBuilder().setOutput(i, info(tensors.get(i), type.element(), type.shape()));
      }
    }
    return told.build();
  }

  private static ModelProto exposing(Graph graph, Port input, List<String> tensors) {
    return edit(
        graph,
        Set.of(input.tensor()),
        tensors,
        List.of(info(input.tensor(), input.type().element(), input.type().shape())),
        List.of(),
        tensors.stream().map(t -> ValueInfoProto.newBuilder().setName(t).build()).toList(),
        List.of());
  }

  private static ModelProto edit(
      Graph graph,
      Set<String> given,
      List<String> wanted,
      List<ValueInfoProto> inputs,
      List<NodeProto> before,
      List<ValueInfoProto> outputs,
      List<NodeProto> after) {
    BitSet needed = graph.needed(wanted, given);
    GraphProto whole = graph.model().getGraph();
    // Clearing and not building anew keeps what this build does not know of.
    GraphProto.Builder part =
        whole.toBuilder()
            .clearNode()
            .clearInitializer()
            .clearSparseInitializer()
            .clearInput()
            .clearOutput()
            .clearValueInfo();
    part.addAllInput(inputs).addAllNode(before).addAllOutput(outputs);
    Set<String> read = new HashSet<>(wanted);
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      part.addNode(graph.nodes().get(i));
      read.addAll(graph.reads(i));
    }
    part.addAllNode(after);
    whole.getInitializerList().stream()
        .filter(t -> read.contains(t.getName()) && !given.contains(t.getName()))
        .forEach(part::addInitializer);
    whole.getSparseInitializerList().stream()
        .filter(t -> read.contains(t.getValues().getName()))
        .forEach(part::addSparseInitializer);
    ModelProto model = graph.model();
    return model.toBuilder()
        .setGraph(part)
        .setIrVersion(Math.max(model.getIrVersion(), IR_WITHOUT_LISTED_INITIALIZERS))
        .build();
  }

  private static ValueInfoProto info(String name, DataType element, List<Long> shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long dim : shape) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(element.getNumber()).setShape(dims);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto cast(String from, String to, DataType element) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName("compnn:" + from + ":" + to)
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(element.getNumber()))
        .build();
  }
}
