package org.compnn.network.geometry;

import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.text;

import java.nio.file.Path;
import java.util.List;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.AttributeProto;

/** A network that grows node by node; the last tensor, its channels. */
final class Growth {
  static final int HEIGHT = 48;
  static final int WIDTH = 56;

  private static final String AS_IT_IS =
      """
      {"rescale_factor": 0.00392156862745098, "do_normalize": false}
      """;

  private static final String SCORES = "{\"task\": \"image-segmentation\"}";

  final GraphWriter w;
  String tensor;
  int channels = 3;

  Growth(long seed) {
    w = GraphWriter.positive(seed);
    tensor = w.input("input", 1, 3, HEIGHT, WIDTH);
  }

  Growth conv(int kernel, int stride, int pad) {
    tensor = w.conv("", tensor, channels, 4, kernel, stride, pad);
    channels = 4;
    return this;
  }

  Growth then(String op, AttributeProto... attributes) {
    tensor = w.node(op, "", List.of(tensor), attributes);
    return this;
  }

  Growth spread(int kernel, int stride, int pad) {
    tensor = w.convTranspose("", tensor, channels, 4, kernel, stride, pad);
    channels = 4;
    return this;
  }

  Growth filter(String op, int kernel, AttributeProto... attributes) {
    tensor = w.node(op, "", w.convInputs(tensor, channels, 4, kernel), attributes);
    channels = 4;
    return this;
  }

  Growth opset(int version) {
    w.opset(version);
    return this;
  }

  Growth resize(double scale, AttributeProto... attributes) {
    String scales = w.constant(new double[] {1, 1, scale, scale}, 4);
    tensor = w.node("Resize", "", List.of(tensor, "", scales), attributes);
    return this;
  }

  Growth channels(int count) {
    channels = count;
    return this;
  }

  Growth transposedTo(int rows, int columns) {
    List<String> inputs = List.of(tensor, w.weight(0.1, channels, 4, 5, 5));
    tensor =
        w.node(
            "ConvTranspose",
            "",
            inputs,
            ints("kernel_shape", 5, 5),
            ints("strides", 2, 2),
            ints("output_shape", rows, columns));
    channels = 4;
    return this;
  }

  Growth padded(String mode, int rows, int columns) {
    String pads = w.whole(0, 0, rows, columns, 0, 0, rows, columns);
    tensor = w.node("Pad", "", List.of(tensor, pads), text("mode", mode));
    return this;
  }

  Growth cropped(int start, int end, int step) {
    tensor =
        w.node(
            "Slice",
            "",
            List.of(
                tensor,
                w.whole(start, start),
                w.whole(end, end),
                w.whole(2, 3),
                w.whole(step, step)));
    return this;
  }

  Growth pooledAndBack() {
    conv(3, 1, 1);
    List<String> pooled =
        w.two("MaxPool", "", List.of(tensor), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    String filtered = w.conv("", pooled.getFirst(), 4, 4, 3, 1);
    tensor =
        w.node(
            "MaxUnpool",
            "",
            List.of(filtered, pooled.getLast()),
            ints("kernel_shape", 2, 2),
            ints("strides", 2, 2));
    return conv(3, 1, 1);
  }

  Growth skipped() {
    conv(4, 2, 1);
    String skip = tensor;
    conv(4, 2, 1).spread(4, 2, 1);
    tensor = w.concat("", tensor, skip);
    channels = 8;
    return conv(3, 1, 1);
  }

  Growth summed() {
    conv(3, 2, 1);
    String branch = tensor;
    conv(5, 1, 2);
    tensor = w.node("Add", "", List.of(branch, tensor));
    return this;
  }

  Growth shuffled() {
    conv(3, 2, 1);
    String apart = w.node("Reshape", "", List.of(tensor, w.whole(1, 2, 2, 24, 28)));
    String turned = w.node("Transpose", "", List.of(apart), ints("perm", 0, 2, 1, 3, 4));
    tensor = w.node("Reshape", "", List.of(turned, w.whole(1, 4, 24, 28)));
    return conv(3, 1, 1);
  }

  Growth turned() {
    conv(3, 2, 1);
    String last = w.node("Transpose", "", List.of(tensor), ints("perm", 0, 2, 3, 1));
    String mixed = w.node("MatMul", "", List.of(last, w.weight(0.5, 4, 4)));
    tensor = w.node("Transpose", "", List.of(mixed), ints("perm", 0, 3, 1, 2));
    return conv(3, 1, 1);
  }

  Path write(Path folder) {
    // A filter of one tap at the end gives every case an output of its own.
    String out = w.conv("", tensor, channels, 5, 1, 1);
    w.named("scores", "Identity", List.of(out));
    w.output("scores");
    return SmallNetworks.write(folder, w.model(), AS_IT_IS, SCORES);
  }
}
