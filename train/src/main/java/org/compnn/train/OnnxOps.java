package org.compnn.train;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.TensorShapeProto;
import org.compnn.network.onnx.TypeProto;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.train.Parameters.Tensor;

/** Writes a network as an ONNX graph (opset 13) by running it on the names of tensors. */
final class OnnxOps implements Ops<String> {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final Map<String, Tensor> values;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, Integer> uses = new HashMap<>();
  private String scope = "";

  private OnnxOps(Map<String, Tensor> values) {
    this.values = values;
  }

  /**
   * The ONNX file of a network.
   *
   * @param values its trained numbers
   * @param input name of the input
   * @param output name of the output
   * @param rows of the input
   * @param columns of the input
   * @param channels of the output
   */
  static byte[] model(
      Architecture network,
      Map<String, Tensor> values,
      String input,
      String output,
      int rows,
      int columns,
      int channels) {
    OnnxOps ops = new OnnxOps(values);
    String last = network.forward(ops, input);
    ops.rename(last, output);
    ops.graph
        .setName(network.name())
        .addInput(port(input, 3, rows, columns))
        .addOutput(port(output, channels, rows, columns));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("compnn")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(ops.graph)
        .build()
        .toByteArray();
  }

  private void rename(String from, String to) {
    NodeProto.Builder node = graph.getNodeBuilder(graph.getNodeCount() - 1);
    if (!node.getOutput(0).equals(from)) {
      throw new IllegalStateException("a network ends with its last node");
    }
    node.setOutput(0, to);
  }

  @Override
  public String conv(
      String name, String x, int channels, int kernel, int stride, int padding, boolean bias) {
    scope = name;
    NodeProto.Builder node =
        node("Conv", x)
            .addInput(initializer(name + ".weight", tensor(name + ".weight")))
            .addAttribute(ints("kernel_shape", kernel, kernel))
            .addAttribute(ints("strides", stride, stride))
            .addAttribute(ints("pads", padding, padding, padding, padding));
    return withBias(node, name, bias);
  }

  @Override
  public String doubling(String name, String x, int channels, boolean bias) {
    scope = name;
    NodeProto.Builder node =
        node("ConvTranspose", x)
            .addInput(initializer(name + ".weight", transposed(tensor(name + ".weight"))))
            .addAttribute(ints("kernel_shape", 4, 4))
            .addAttribute(ints("strides", 2, 2))
            .addAttribute(ints("pads", 1, 1, 1, 1));
    return withBias(node, name, bias);
  }

  private String withBias(NodeProto.Builder node, String name, boolean bias) {
    if (bias) {
      node.addInput(initializer(name + ".bias", tensor(name + ".bias")));
    }
    return add(node);
  }

  /**
   * The weights of a transposed convolution (input channels, output channels, 4, 4) out of those of
   * its four parts (down, right, output channels; input channels; 2, 2). An even row of the output
   * is the sum of input rows i - 1 and i by kernel rows 3 and 1, an odd one that of i and i + 1 by
   * rows 2 and 0; columns likewise.
   */
  static Tensor transposed(Tensor parts) {
    int out = (int) parts.shape()[0] / 4;
    int in = (int) parts.shape()[1];
    int[][] taps = {{3, 1}, {2, 0}};
    float[] kernel = new float[parts.values().length];
    for (int part = 0; part < 4; part++) {
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          for (int tap = 0; tap < 4; tap++) {
            int row = taps[part / 2][tap / 2];
            int column = taps[part % 2][tap % 2];
            kernel[((i * out + o) * 4 + row) * 4 + column] =
                parts.values()[((part * out + o) * in + i) * 4 + tap];
          }
        }
      }
    }
    return new Tensor(new long[] {in, out, 4, 4}, kernel);
  }

  @Override
  public String norm(String name, String x) {
    NodeProto.Builder node = node("BatchNormalization", x);
    for (String part : List.of(".scale", ".shift", ".mean", ".variance")) {
      node.addInput(initializer(name + part, tensor(name + part)));
    }
    return add(node.addAttribute(number("epsilon", TorchOps.EPSILON)));
  }

  @Override
  public String relu(String x) {
    return add(node("Relu", x));
  }

  @Override
  public String leaky(String x) {
    return add(node("LeakyRelu", x).addAttribute(number("alpha", 0.2f)));
  }

  @Override
  public String tanh(String x) {
    return add(node("Tanh", x));
  }

  @Override
  public String join(String a, String b) {
    return add(node("Concat", a).addInput(b).addAttribute(integer("axis", 1)));
  }

  @Override
  public String dropout(String x) {
    return x;
  }

  @Override
  public Pooled<String> pool(String x) {
    NodeProto.Builder node =
        node("MaxPool", x)
            .addAttribute(ints("kernel_shape", 2, 2))
            .addAttribute(ints("strides", 2, 2));
    String values = add(node);
    String places = values + ".indices";
    graph.getNodeBuilder(graph.getNodeCount() - 1).addOutput(places);
    return new Pooled<>(values, List.of(places));
  }

  @Override
  public String unpool(String x, Pooled<String> from) {
    return add(
        node("MaxUnpool", x)
            .addInput(from.places().getFirst())
            .addAttribute(ints("kernel_shape", 2, 2))
            .addAttribute(ints("strides", 2, 2)));
  }

  @Override
  public String enlarge(String x) {
    String sizes =
        initializer("enlarge.scales", new Tensor(new long[] {4}, new float[] {1, 1, 2, 2}));
    return add(
        node("Resize", x)
            .addInput("")
            .addInput(sizes)
            .addAttribute(text("mode", "nearest"))
            .addAttribute(text("coordinate_transformation_mode", "asymmetric"))
            .addAttribute(text("nearest_mode", "floor")));
  }

  private Tensor tensor(String name) {
    Tensor tensor = values.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no numbers for " + name);
    }
    return tensor;
  }

  private String initializer(String name, Tensor tensor) {
    if (graph.getInitializerList().stream().noneMatch(t -> t.getName().equals(name))) {
      ByteBuffer bytes =
          ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(tensor.values());
      TensorProto.Builder proto =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(TensorProto.DataType.FLOAT.getNumber())
              .setRawData(ByteString.copyFrom(bytes));
      for (long n : tensor.shape()) {
        proto.addDims(n);
      }
      graph.addInitializer(proto);
    }
    return name;
  }

  /** A node that takes the name of the layer it belongs to, so that tensors can be told apart. */
  private NodeProto.Builder node(String operator, String x) {
    String base = "/" + scope + "/" + operator;
    int use = uses.merge(base, 1, Integer::sum);
    String name = use == 1 ? base : base + "_" + (use - 1);
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addInput(x)
        .addOutput(name + "_output_0");
  }

  private String add(NodeProto.Builder node) {
    graph.addNode(node);
    return node.getOutput(0);
  }

  private static ValueInfoProto port(String name, int channels, int rows, int columns) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    for (int n : new int[] {channels, rows, columns}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(n));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  private static AttributeProto.Builder ints(String name, int... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (int v : values) {
      attribute.addInts(v);
    }
    return attribute;
  }

  private static AttributeProto.Builder integer(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static AttributeProto.Builder number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value);
  }

  private static AttributeProto.Builder text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value));
  }
}
