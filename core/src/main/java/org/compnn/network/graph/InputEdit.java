package org.compnn.network.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.TensorShapeProto.Dimension;
import org.compnn.network.onnx.TypeProto;
import org.compnn.network.onnx.ValueInfoProto;

/**
 * Makes of a model with several inputs one with a single input, in a copy in memory: inputs that
 * are always the same number become weights, and inputs over the same pixels become channels of
 * one.
 */
public final class InputEdit {
  /** The tensor that holds the channels of all inputs. */
  public static final String JOINED = "compnn:inputs";

  /** From this version on a slice is told by inputs, before by attributes. */
  private static final long SLICE_BY_INPUTS = 10;

  private InputEdit() {}

  /**
   * An input of rows and columns of pixels.
   *
   * @param tensor its name
   * @param element the kind of its numbers
   * @param channelsLast (batch, rows, columns, channels) and not (batch, channels, rows, columns)
   * @param channels numbers a pixel
   */
  public record Planes(String tensor, DataType element, boolean channelsLast, int channels) {}

  /** The model with inputs that hold one number everywhere, by name; free sizes of them are 1. */
  public static ModelProto settled(ModelProto model, Map<String, Double> numbers) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInput();
    for (ValueInfoProto input : model.getGraph().getInputList()) {
      Double number = numbers.get(input.getName());
      if (number == null) {
        graph.addInput(input);
      } else {
        graph.addInitializer(filled(input, number));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static TensorProto filled(ValueInfoProto input, double number) {
    DataType element = DataType.forNumber(input.getType().getTensorType().getElemType());
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(input.getName()).setDataType(element.getNumber());
    int count = 1;
    for (Dimension dim : input.getType().getTensorType().getShape().getDimList()) {
      long size = Math.max(1, dim.getDimValue());
      tensor.addDims(size);
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(8, count));
    raw.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (element) {
        case FLOAT -> raw.putFloat((float) number);
        case DOUBLE -> raw.putDouble(number);
        case FLOAT16 -> raw.putShort(Float.floatToFloat16((float) number));
        case INT64 -> raw.putLong((long) number);
        case INT32 -> raw.putInt((int) number);
        case BOOL -> raw.put((byte) (number != 0 ? 1 : 0));
        case UINT8, INT8 -> raw.put((byte) number);
        default -> throw new IllegalArgumentException("an input of " + element);
      }
    }
    return tensor.setRawData(ByteString.copyFrom(raw.flip())).build();
  }

  /** Whether an input of this kind can be settled. */
  public static boolean canSettle(DataType element) {
    return switch (element) {
      case FLOAT, DOUBLE, FLOAT16, INT64, INT32, BOOL, UINT8, INT8 -> true;
      default -> false;
    };
  }

  /**
   * The model with its inputs joined to {@link #JOINED}: (batch, channels, rows, columns) of
   * float32, the channels one input after the other.
   *
   * @param like an input whose batch, rows and columns it has; of rank 4
   */
  public static ModelProto joined(ModelProto model, List<Planes> parts, Planes like) {
    GraphProto before = model.getGraph();
    ValueInfoProto shape =
        before.getInputList().stream()
            .filter(i -> i.getName().equals(like.tensor()))
            .findFirst()
            .orElseThrow();
    List<Dimension> dims = shape.getType().getTensorType().getShape().getDimList();
    int channels = parts.stream().mapToInt(Planes::channels).sum();
    int row = like.channelsLast() ? 1 : 2;
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
    type.getShapeBuilder()
        .addDim(dims.getFirst())
        .addDim(Dimension.newBuilder().setDimValue(channels))
        .addDim(dims.get(row))
        .addDim(dims.get(row + 1));
    GraphProto.Builder graph = before.toBuilder().clearInput().clearNode();
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(JOINED)
            .setType(TypeProto.newBuilder().setTensorType(type)));
    before.getInputList().stream()
        .filter(i -> parts.stream().noneMatch(p -> p.tensor().equals(i.getName())))
        .forEach(graph::addInput);
    int from = 0;
    for (Planes part : parts) {
      take(model, part, from, graph);
      from += part.channels();
    }
    graph.addAllNode(before.getNodeList());
    return model.toBuilder().setGraph(graph).build();
  }

  private static void take(ModelProto model, Planes part, int from, GraphProto.Builder graph) {
    List<String> steps = new ArrayList<>();
    steps.add("Slice");
    if (part.channelsLast()) {
      steps.add("Transpose");
    }
    if (part.element() != DataType.FLOAT) {
      steps.add("Cast");
    }
    String tensor = JOINED;
    for (int i = 0; i < steps.size(); i++) {
      String made =
          i == steps.size() - 1 ? part.tensor() : "compnn:" + steps.get(i) + ":" + part.tensor();
      NodeProto.Builder node =
          NodeProto.newBuilder()
              .setOpType(steps.get(i))
              .setName("compnn:" + steps.get(i) + ":of:" + part.tensor())
              .addInput(tensor)
              .addOutput(made);
      switch (steps.get(i)) {
        case "Slice" -> slice(model, part, from, node, graph);
        case "Transpose" -> node.addAttribute(ints("perm", 0, 2, 3, 1));
        default ->
            node.addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(part.element().getNumber()));
      }
      graph.addNode(node);
      tensor = made;
    }
  }

  private static void slice(
      ModelProto model, Planes part, int from, NodeProto.Builder node, GraphProto.Builder graph) {
    long to = (long) from + part.channels();
    if (opset(model) < SLICE_BY_INPUTS) {
      node.addAttribute(ints("axes", 1));
      node.addAttribute(ints("starts", from));
      node.addAttribute(ints("ends", to));
      return;
    }
    long[] numbers = {from, to, 1};
    String[] names = {"starts", "ends", "axes"};
    for (int i = 0; i < names.length; i++) {
      String name = "compnn:" + names[i] + ":" + part.tensor();
      node.addInput(name);
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(DataType.INT64.getNumber())
              .addDims(1)
              .addInt64Data(numbers[i]));
    }
  }

  private static long opset(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(SLICE_BY_INPUTS);
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
