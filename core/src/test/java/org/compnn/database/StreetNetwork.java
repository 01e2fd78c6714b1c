package org.compnn.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.network.graph.GraphWriter;

/**
 * A small encoder and decoder with random weights, as an ONNX file: 32 x 48 pictures, a bottleneck
 * of 4 x 6 cells of 7 channels, a penultimate layer of 32 x 48 cells of 6 channels, three classes.
 * Channel 1 of the penultimate layer is always 7.5.
 */
final class StreetNetwork {
  private final Random random = new Random(7);
  private final GraphWriter graph = GraphWriter.random(7).opset(13);

  private StreetNetwork() {}

  static Path write(Path file) {
    StreetNetwork network = new StreetNetwork();
    network.graph.input("pixels", 1, 3, 32, 48);
    network.layer("Conv", "pixels", "/enc/1", List.of(5, 3, 3, 3), 2, 1);
    network.graph.named("/enc/1/relu", "Relu", List.of("/enc/1"));
    network.layer("Conv", "/enc/1/relu", "/enc/2", List.of(7, 5, 4, 4), 4, 0);
    network.layer("ConvTranspose", "/enc/2", "/dec/2", List.of(7, 5, 4, 4), 4, 0);
    network.layer("ConvTranspose", "/dec/2", "/dec/1", List.of(5, 6, 2, 2), 2, 0);
    network.layer("Conv", "/dec/1", "logits", List.of(3, 6, 1, 1), 1, 0);
    network.graph.output("logits", 1, 3, 32, 48);
    try {
      Files.write(file, network.graph.model().toByteArray());
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
    double[] weights = new double[shape.stream().reduce(1, (a, b) -> a * b)];
    int perOutput = shape.get(2) * shape.get(3);
    for (int i = 0; i < weights.length; i++) {
      boolean still = constant && transposed && i / perOutput % outputs == 1;
      weights[i] = still ? 0 : (float) random.nextGaussian() * 0.3f;
    }
    double[] bias = new double[outputs];
    if (constant) {
      bias[1] = 7.5;
    }
    String kernel = graph.constant(weights, shape.stream().mapToInt(Integer::intValue).toArray());
    graph.named(
        to,
        operator,
        List.of(from, kernel, graph.constant(bias, outputs)),
        graph.conv(shape.get(2), stride, pad));
  }
}
