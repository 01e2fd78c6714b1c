package org.compnn.network.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.TensorShapeProto;
import org.compnn.network.onnx.TypeProto;
import org.compnn.network.onnx.ValueInfoProto;

/** Writes small ONNX graphs with seeded weights, node by node. */
public final class GraphWriter {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
  private final Map<String, Integer> names = new HashMap<>();
  private final DoubleSupplier weights;
  private int opset = 17;

  private GraphWriter(DoubleSupplier weights) {
    this.weights = weights;
  }

  /** Weights around 0, as in a network just initialised. */
  public static GraphWriter random(long seed) {
    Random random = new Random(seed);
    return new GraphWriter(random::nextGaussian);
  }

  /** Weights above 0, so that no two influences cancel. */
  public static GraphWriter positive(long seed) {
    Random random = new Random(seed);
    return new GraphWriter(() -> 0.5 + random.nextDouble());
  }

  public GraphWriter opset(int version) {
    this.opset = version;
    return this;
  }

  /** A dimension of -1 is free; without dimensions, even their number is left open. */
  public String input(String name, long... dims) {
    return input(name, TensorProto.DataType.FLOAT, dims);
  }

  public String input(String name, TensorProto.DataType type, long... dims) {
    graph.addInput(info(name, type, dims));
    return name;
  }

  /** An input of one number, without axes, as loops count their rounds. */
  public String scalarInput(String name, TensorProto.DataType type) {
    ValueInfoProto.Builder info = info(name, type).toBuilder();
    info.getTypeBuilder().getTensorTypeBuilder().setShape(TensorShapeProto.getDefaultInstance());
    graph.addInput(info);
    return name;
  }

  public void output(String name, long... dims) {
    graph.addOutput(info(name, TensorProto.DataType.FLOAT, dims));
  }

  public void output(String name, TensorProto.DataType type, long... dims) {
    graph.addOutput(info(name, type, dims));
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, long... dims) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < dims.length; i++) {
      shape.addDim(
          dims[i] < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam(name + i)
              : TensorShapeProto.Dimension.newBuilder().setDimValue(dims[i]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(dims.length == 0 ? tensor : tensor.setShape(shape)))
        .build();
  }

  /** A node with one output, named as PyTorch names them: {@code /block/Op_output_0}. */
  public String node(String op, String block, List<String> inputs, AttributeProto... attributes) {
    String output = name(op, block) + "_output_0";
    add(op, output.substring(0, output.length() - 9), inputs, List.of(output), attributes);
    return output;
  }

  /** A node whose single output has the given name. */
  public String named(String output, String op, List<String> inputs, AttributeProto... attributes) {
    add(op, name(op, ""), inputs, List.of(output), attributes);
    return output;
  }

  /** A node whose two outputs are {@code ..._output_0} and {@code ..._output_1}. */
  public List<String> two(
      String op, String block, List<String> inputs, AttributeProto... attributes) {
    String name = name(op, block);
    List<String> outputs = List.of(name + "_output_0", name + "_output_1");
    add(op, name, inputs, outputs, attributes);
    return outputs;
  }

  private String name(String op, String block) {
    String name = (block.isEmpty() ? "/" : "/" + block + "/") + op;
    int uses = names.merge(name, 1, Integer::sum);
    return uses == 1 ? name : name + "_" + (uses - 1);
  }

  private void add(
      String op,
      String name,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(op)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  /** A node as it is. */
  public void add(NodeProto node) {
    graph.addNode(node);
  }

  /** A convolution with bias, padded so that stride 1 keeps the size. */
  public String conv(
      String block, String in, int inChannels, int outChannels, int kernel, int stride) {
    return conv(block, in, inChannels, outChannels, kernel, stride, (kernel - 1) / 2);
  }

  public String conv(
      String block, String in, int inChannels, int outChannels, int kernel, int stride, int pad) {
    return node(
        "Conv", block, convInputs(in, inChannels, outChannels, kernel), conv(kernel, stride, pad));
  }

  /** The inputs of a convolution: its picture, weights and bias. */
  public List<String> convInputs(String in, int inChannels, int outChannels, int kernel) {
    double scale = 1 / Math.sqrt((double) inChannels * kernel * kernel);
    return List.of(
        in, weight(scale, outChannels, inChannels, kernel, kernel), weight(0.1, outChannels));
  }

  /** The attributes of a convolution. */
  public AttributeProto[] conv(int kernel, int stride, int pad) {
    return new AttributeProto[] {
      ints("kernel_shape", kernel, kernel),
      ints("strides", stride, stride),
      ints("pads", pad, pad, pad, pad)
    };
  }

  public String convTranspose(
      String block, String in, int inChannels, int outChannels, int kernel, int stride, int pad) {
    double scale = stride / Math.sqrt((double) inChannels * kernel * kernel);
    return node(
        "ConvTranspose",
        block,
        List.of(
            in, weight(scale, inChannels, outChannels, kernel, kernel), weight(0.1, outChannels)),
        conv(kernel, stride, pad));
  }

  public String batchNormalization(String block, String in, int channels) {
    return node(
        "BatchNormalization",
        block,
        List.of(
            in,
            values(1, channels, 0.3),
            weight(0.1, channels),
            weight(0.1, channels),
            values(1, channels, 0.3)));
  }

  private String values(double base, int count, double spread) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = base + spread * Math.abs(weights.getAsDouble());
    }
    return constant(numbers, count);
  }

  public String maxPool(String block, String in, int size) {
    return node(
        "MaxPool",
        block,
        List.of(in),
        ints("kernel_shape", size, size),
        ints("strides", size, size));
  }

  /** Rows and columns twice as many, each repeated. */
  public String twice(String block, String in) {
    return node(
        "Resize",
        block,
        List.of(in, "", constant(new double[] {1, 1, 2, 2}, 4)),
        text("mode", "nearest"),
        text("coordinate_transformation_mode", "asymmetric"),
        text("nearest_mode", "floor"));
  }

  public String relu(String block, String in) {
    return node("Relu", block, List.of(in));
  }

  public String concat(String block, String... in) {
    return node("Concat", block, List.of(in), number("axis", 1));
  }

  /** A float tensor of seeded weights. */
  public String weight(double scale, int... dims) {
    int count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = weights.getAsDouble() * scale;
    }
    return constant(numbers, dims);
  }

  public String constant(double[] numbers, int... dims) {
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      raw.putFloat((float) number);
    }
    return initializer(TensorProto.DataType.FLOAT, raw.flip(), dims);
  }

  /** A vector of int64. */
  public String whole(long... numbers) {
    ByteBuffer raw = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      raw.putLong(number);
    }
    return initializer(TensorProto.DataType.INT64, raw.flip(), numbers.length);
  }

  /** One int64 without axes. */
  public String scalar(long number) {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
    return initializer(TensorProto.DataType.INT64, raw.flip());
  }

  private String initializer(TensorProto.DataType type, ByteBuffer raw, int... dims) {
    String name = "weight_" + graph.getInitializerCount();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw));
    for (int dim : dims) {
      tensor.addDims(dim);
    }
    graph.addInitializer(tensor);
    return name;
  }

  public static AttributeProto ints(String name, long... numbers) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long number : numbers) {
      attribute.addInts(number);
    }
    return attribute.build();
  }

  public static AttributeProto number(String name, long number) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(number)
        .build();
  }

  public static AttributeProto text(String name, String text) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(text))
        .build();
  }

  public static AttributeProto graph(String name, GraphProto graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  public static AttributeProto real(String name, double number) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) number)
        .build();
  }

  /** What has been written so far as the body of a loop or a branch. */
  public GraphProto body() {
    return graph.build();
  }

  public ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("compnn tests")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .setGraph(graph)
        .build();
  }
}
