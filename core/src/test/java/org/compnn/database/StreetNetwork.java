package org.compnn.database;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.GraphProto;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.OperatorSetIdProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.network.onnx.TensorShapeProto;
import org.compnn.network.onnx.TypeProto;
import org.compnn.network.onnx.ValueInfoProto;

/**
 * A small encoder and decoder with random weights, as an ONNX file: 32 x 48 pictures, a bottleneck
 * of 4 x 6 cells of 7 channels, a penultimate layer of 32 x 48 cells of 6 channels, three classes.
 * Channel 1 of the penultimate layer is always 7.5.
 */
final class StreetNetwork {
  private final Random random = new Random(7);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("street");

  private StreetNetwork() {}

  static Path write(Path file) {
    StreetNetwork network = new StreetNetwork();
    network.graph.addInput(image("pixels", 3));
    network.layer("Conv", "pixels", "/enc/1", List.of(5, 3, 3, 3), 2, 1);
    network.graph.addNode(node("Relu", "/enc/1/relu").addInput("/enc/1"));
    network.layer("Conv", "/enc/1/relu", "/enc/2", List.of(7, 5, 4, 4), 4, 0);
    network.layer("ConvTranspose", "/enc/2", "/dec/2", List.of(7, 5, 4, 4), 4, 0);
    network.layer("ConvTranspose", "/dec/2", "/dec/1", List.of(5, 6, 2, 2), 2, 0);
    network.layer("Conv", "/dec/1", "logits", List.of(3, 6, 1, 1), 1, 0);
    network.graph.addOutput(image("logits", 3));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
            .setGraph(network.graph)
            .build();
    try {
      Files.write(file, model.toByteArray());
      Files.writeString(
          file.resolveSibling("config.json"),
          """
          {"task": "image-segmentation", "id2label": {"0": "Sky", "1": "Road", "2": "Car"}}
          """);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void layer(
      String operator, String from, String to, List<Integer> shape, int stride, int pad) {
    boolean transposed = operator.equals("ConvTranspose");
    int outputs = shape.get(transposed ? 1 : 0);
    boolean constant = to.equals("/dec/1");
    float[] weights = new float[shape.stream().reduce(1, (a, b) -> a * b)];
    int perOutput = shape.get(2) * shape.get(3);
    for (int i = 0; i < weights.length; i++) {
      boolean still = constant && transposed && i / perOutput % outputs == 1;
      weights[i] = still ? 0 : (float) random.nextGaussian() * 0.3f;
    }
    float[] bias = new float[outputs];
    if (constant) {
      bias[1] = 7.5f;
    }
    graph.addInitializer(tensor(to + "/weight", shape, weights));
    graph.addInitializer(tensor(to + "/bias", List.of(outputs), bias));
    graph.addNode(
        node(operator, to)
            .addInput(from)
            .addInput(to + "/weight")
            .addInput(to + "/bias")
            .addAttribute(ints("strides", stride, stride))
            .addAttribute(ints("kernel_shape", shape.get(2), shape.get(3)))
            .addAttribute(ints("pads", pad, pad, pad, pad)));
  }

  private static NodeProto.Builder node(String operator, String output) {
    return NodeProto.newBuilder().setOpType(operator).setName("node" + output).addOutput(output);
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static TensorProto tensor(String name, List<Integer> shape, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }

  private static ValueInfoProto image(String name, int channels) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis : new int[] {1, channels, 32, 48}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(axis));
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
}
