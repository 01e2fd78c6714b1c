package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.network.graph.GraphWriter.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairedOutputsTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  /** Logits of three classes and of nothing, for each of two queries. */
  private static final double[] LOGITS = {5, 0, 0, 1, 0, 0, 4, 0};

  private final GraphWriter w = GraphWriter.random(1);

  @TempDir Path folder;

  private Network open(NetworkOptions options) throws IOException {
    Files.write(folder.resolve("model.onnx"), w.model().toByteArray());
    return Network.open(folder, options);
  }

  /** Logits that depend on the picture for ONNX Runtime, but are the same for all. */
  private String constant(String input, double[] numbers, int... dims) {
    String mean = w.node("GlobalAveragePool", "", List.of(input));
    String single = w.node("ReduceMean", "", List.of(mean), number("keepdims", 0));
    String nothing = w.node("Mul", "", List.of(single, w.constant(new double[] {0}, 1)));
    return w.node("Add", "", List.of(nothing, w.constant(numbers, dims)));
  }

  /** Two queries: one masks what is red, the other what is green, at half the size. */
  private void queriesAndMasks() {
    String input = w.input("pixel_values", 1, 3, 8, 12);
    w.named("class_queries_logits", "Identity", List.of(constant(input, LOGITS, 1, 2, 4)));
    String small = w.maxPool("", input, 2);
    w.named(
        "masks_queries_logits",
        "Conv",
        List.of(
            small,
            w.constant(new double[] {10, 0, 0, 0, 10, 0}, 2, 3, 1, 1),
            w.constant(new double[] {-5, -5}, 2)));
    w.output("class_queries_logits", 1, 2, 4);
    w.output("masks_queries_logits", 1, 2, 4, 6);
  }

  private static Picture picture() {
    byte[] rgb = new byte[8 * 12 * 3];
    for (int pixel = 0; pixel < 8 * 12; pixel++) {
      rgb[3 * pixel + (pixel % 12 < 6 ? 0 : 1)] = (byte) 255;
    }
    return new Picture(8, 12, rgb);
  }

  private static double share(int query, int label) {
    double sum = 0;
    for (int c = 0; c < 4; c++) {
      sum += Math.exp(LOGITS[4 * query + c]);
    }
    return Math.exp(LOGITS[4 * query + label]) / sum;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  void queriesAndMasksAreScoresOfClasses() throws IOException {
    queriesAndMasks();
    try (Network network = open(ONE_THREAD.withClasses(List.of("a", "b", "c")))) {
      Activations made = network.run(picture(), List.of());
      LabelMap labels = (LabelMap) made.prediction();
      assertThat(List.of(labels.height(), labels.width())).containsExactly(8, 12);
      assertThat(labels.label(3, 0)).isEqualTo(0);
      assertThat(labels.label(3, 11)).isEqualTo(2);
      for (int label = 0; label < 3; label++) {
        double expected = share(0, label) * sigmoid(5) + share(1, label) * sigmoid(-5);
        assertThat((double) made.output().cells()[label]).isCloseTo(expected, within(1e-5));
      }
      assertThat(network.assumptions().toString()).contains("queries and masks");
    }
  }

  @Test
  void aCopyCombinesThemAgain() throws IOException {
    queriesAndMasks();
    try (Network network = open(ONE_THREAD)) {
      network.copyTo(folder.resolve("copy"), "model.onnx");
      try (Network again = Network.open(folder.resolve("copy"), ONE_THREAD)) {
        assertThat(again.run(picture(), List.of()).output().cells())
            .containsExactly(network.run(picture(), List.of()).output().cells());
      }
    }
  }

  @Test
  void prototypesAndCoefficientsAreRefusedAsWhatTheyAre() {
    String input = w.input("images", 1, 3, 8, 12);
    w.named("output1", "Identity", List.of(w.conv("p", input, 3, 32, 1, 2)));
    w.named("output0", "Reshape", List.of(w.conv("c", input, 3, 40, 1, 1), w.whole(1, 40, 96)));
    w.output("output0", 1, 40, 96);
    w.output("output1", 1, 32, 4, 6);

    assertThatThrownBy(() -> open(ONE_THREAD))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("prototypes of masks (output1), as YOLO's segmentation gives them")
        .satisfies(e -> assertThat(((UserError) e).knob()).contains(Knob.OUTPUT));
  }
}
