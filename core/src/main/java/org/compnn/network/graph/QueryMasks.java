package org.compnn.network.graph;

import java.util.List;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.ValueInfoProto;

/**
 * Makes scores of classes of what networks of queries and masks give, in a copy in memory: the sum
 * over all queries of the softmax of their classes, the last (nothing) left out, times the sigmoid
 * of their masks, after "Per-Pixel Classification is Not All You Need for Semantic Segmentation"
 * (arXiv 2107.06278), and as Hugging Face's MaskFormer does after the network.
 */
public final class QueryMasks {
  /** The graph's output that holds the scores: (batch, classes, rows, columns). */
  public static final String SCORES = "compnn:scores";

  private QueryMasks() {}

  /**
   * The model with these scores as its only output.
   *
   * @param classes a tensor of logits: (batch, queries, classes and one more)
   * @param classShape its shape
   * @param masks a tensor of logits: (batch, queries, rows, columns)
   * @param maskShape its shape
   */
  public static ModelProto combined(
      ModelProto model, String classes, List<Long> classShape, String masks, List<Long> maskShape) {
    long batch = maskShape.get(0);
    long queries = maskShape.get(1);
    long known = classShape.get(2) - 1;
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    String shares = add(graph, "Softmax", List.of(classes), number("axis", 2));
    String first = vector(graph, "first", 0);
    String last = vector(graph, "last", known);
    String axis = vector(graph, "axis", 2);
    String somethings = add(graph, "Slice", List.of(shares, first, last, axis));
    String byClass = add(graph, "Transpose", List.of(somethings), ints("perm", 0, 2, 1));
    String present = add(graph, "Sigmoid", List.of(masks));
    String flat = vector(graph, "flat", batch, queries, -1);
    String lines = add(graph, "Reshape", List.of(present, flat));
    String sums = add(graph, "MatMul", List.of(byClass, lines));
    String whole = vector(graph, "whole", batch, known, maskShape.get(2), maskShape.get(3));
    graph.addNode(node("Reshape", List.of(sums, whole), SCORES));
    graph.addOutput(ValueInfoProto.newBuilder().setName(SCORES));
    return model.toBuilder().setGraph(graph).build();
  }

  private static String add(
      GraphProto.Builder graph, String operator, List<String> inputs, AttributeProto... how) {
    String output = "compnn:scores:" + operator;
    graph.addNode(node(operator, inputs, output, how));
    return output;
  }

  private static NodeProto node(
      String operator, List<String> inputs, String output, AttributeProto... how) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName("node:" + output)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(how))
        .build();
  }

  private static String vector(GraphProto.Builder graph, String name, long... numbers) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("compnn:scores:" + name)
            .setDataType(DataType.INT64.getNumber())
            .addDims(numbers.length);
    for (long number : numbers) {
      tensor.addInt64Data(number);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private static AttributeProto number(String name, long number) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(number)
        .build();
  }

  private static AttributeProto ints(String name, long... numbers) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long number : numbers) {
      attribute.addInts(number);
    }
    return attribute.build();
  }
}
