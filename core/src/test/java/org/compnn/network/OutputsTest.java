package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.number;
import static org.compnn.network.graph.GraphWriter.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.ValueMap;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.TensorProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is understood of the ends of networks. Pictures are 8 x 12, the channels red, green, blue.
 */
final class OutputsTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  private final GraphWriter w = GraphWriter.random(1);

  @TempDir Path folder;

  /** Red minus green (0..1 each) at every pixel, as a convolution gives it. */
  private String difference() {
    String input = w.input("pixel_values", 1, 3, 8, 12);
    return w.node("Conv", "head", List.of(input, w.constant(new double[] {1, -1, 0}, 1, 3, 1, 1)));
  }

  /** Red, green and blue, as a convolution gives them. */
  private String colours() {
    String input = w.input("pixel_values", 1, 3, 8, 12);
    return w.node(
        "Conv",
        "head",
        List.of(input, w.constant(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3, 1, 1)));
  }

  private String scaled(String tensor, double factor) {
    return w.node("Mul", "", List.of(tensor, w.constant(new double[] {factor}, 1)));
  }

  private Network open(UnaryOperator<NetworkOptions> options) {
    try {
      Files.write(folder.resolve("model.onnx"), w.model().toByteArray());
      Files.writeString(
          folder.resolve("preprocessor_config.json"),
          """
          {"do_resize": true, "size": {"height": 8, "width": 12}, "resample": 2,
           "do_rescale": true, "rescale_factor": 0.00392156862745098,
           "do_normalize": true, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]}
          """);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Network.open(folder, options.apply(ONE_THREAD));
  }

  private Network open() {
    return open(o -> o);
  }

  /** Red on the left, green on the right, blue in the last column. */
  private static Picture picture() {
    byte[] rgb = new byte[8 * 12 * 3];
    for (int pixel = 0; pixel < 8 * 12; pixel++) {
      int column = pixel % 12;
      rgb[3 * pixel + (column == 11 ? 2 : column < 6 ? 0 : 1)] = (byte) 255;
    }
    return new Picture(8, 12, rgb);
  }

  private static int[] firstRow(Network network) {
    LabelMap labels = (LabelMap) network.run(picture(), List.of()).prediction();
    int[] row = new int[12];
    for (int column = 0; column < 12; column++) {
      row[column] = labels.label(0, column);
    }
    return row;
  }

  private static double threshold(Network network) {
    return ((Output.SigmoidScore) network.output()).threshold();
  }

  private static void asked(Knob knob, Throwable error) {
    assertThat(error).isInstanceOf(UserError.class);
    assertThat(error.getMessage()).doesNotContain("\n");
    assertThat(((UserError) error).knob()).isEqualTo(Optional.of(knob));
  }

  @Test
  void aClippedSigmoidHasItsThresholdInTheMiddle() {
    String score = w.node("Sigmoid", "", List.of(scaled(difference(), 8)));
    String low = w.constant(new double[] {1e-4});
    String high = w.constant(new double[] {1 - 1e-4});
    w.named("out", "Clip", List.of(score, low, high));
    w.output("out", 1, 1, 8, 12);
    try (Network network = open()) {
      assertThat(threshold(network)).isEqualTo(0.5);
      assertThat(network.assumptions()).isEmpty();
      assertThat(firstRow(network)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void theForegroundOfASoftmaxHasItsThresholdInTheMiddle() {
    String shares = w.node("Softmax", "", List.of(scaled(colours(), 8)), number("axis", 1));
    w.named("out", "Slice", List.of(shares, w.whole(1), w.whole(2), w.whole(1)));
    w.output("out", 1, 1, 8, 12);
    try (Network network = open()) {
      assertThat(threshold(network)).isEqualTo(0.5);
      assertThat(firstRow(network)).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0);
    }
  }

  @Test
  void aScoreSpreadOverItsRangeInTheGraphHasItsThresholdInTheMiddle() {
    String score = difference();
    String least = w.node("ReduceMin", "", List.of(score), number("keepdims", 0));
    String most = w.node("ReduceMax", "", List.of(score), number("keepdims", 0));
    String above = w.node("Sub", "", List.of(score, least));
    String range = w.node("Sub", "", List.of(most, least));
    String below = w.node("Add", "", List.of(range, w.constant(new double[] {1e-8}, 1)));
    w.named("out", "Div", List.of(above, below));
    w.output("out", 1, 1, 8, 12);
    try (Network network = open()) {
      assertThat(threshold(network)).isEqualTo(0.5);
    }
  }

  @Test
  void aRawScoreHasItsThresholdAtZeroAndThatIsSaid() {
    w.named("out", "Squeeze", List.of(difference(), w.whole(1)));
    w.output("out", 1, 8, 12);
    try (Network network = open(o -> o.withTask(Task.SEGMENTATION))) {
      assertThat(threshold(network)).isEqualTo(0);
      assertThat(network.assumptions())
          .singleElement()
          .satisfies(a -> assertThat(a.knob()).contains(Knob.THRESHOLD))
          .satisfies(a -> assertThat(a.what()).contains("above 0, since the score is raw"));
      assertThat(firstRow(network)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void aThresholdThatCannotBeToldIsAskedFor() {
    w.named("out", "Relu", List.of(difference()));
    w.output("out", 1, 1, 8, 12);
    assertThatThrownBy(() -> open(o -> o.withTask(Task.SEGMENTATION)))
        .satisfies(e -> asked(Knob.THRESHOLD, e));
    try (Network network = open(o -> o.withTask(Task.SEGMENTATION).withThreshold(0.25))) {
      assertThat(threshold(network)).isEqualTo(0.25);
    }
  }

  @Test
  void threeSharesAreClassScoresAndTwoAsWell() {
    w.named("out", "Softmax", List.of(colours()), number("axis", 1));
    w.output("out", 1, 3, 8, 12);
    try (Network network = open()) {
      assertThat(network.output())
          .isEqualTo(
              new Output.ClassScores(
                  List.of("class 0", "class 1", "class 2"), OptionalInt.empty(), false, true));
      assertThat(firstRow(network)).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2);
    }
  }

  @Test
  void anOutputOfOneChannelThatMayBeAnythingIsAskedFor() {
    w.named("out", "Relu", List.of(difference()));
    w.output("out", 1, 1, 8, 12);
    assertThatThrownBy(this::open)
        .satisfies(e -> asked(Knob.TASK, e))
        .hasMessageContaining("1 channel may be class scores, an image or numbers");
  }

  @Test
  void anArgMaxThatIsEnlargedIsALabelMapOfAsManyClasses() {
    String labels = w.node("ArgMax", "", List.of(colours()), number("axis", 1));
    String real =
        w.node("Cast", "", List.of(labels), number("to", TensorProto.DataType.FLOAT_VALUE));
    w.named(
        "out",
        "Resize",
        List.of(real, "", w.constant(new double[] {1, 1, 2, 2}, 4)),
        text("mode", "nearest"));
    w.output("out", 1, 1, 16, 24);
    try (Network network = open()) {
      assertThat(((Output.Labels) network.output()).classes()).hasSize(3);
      LabelMap labelled = (LabelMap) network.run(picture(), List.of()).prediction();
      assertThat(labelled.height()).isEqualTo(16);
      assertThat(labelled.label(0, 0)).isEqualTo(0);
      assertThat(labelled.label(0, 13)).isEqualTo(1);
      assertThat(labelled.label(15, 23)).isEqualTo(2);
    }
  }

  @Test
  void anArgMaxCastToBytesWithoutChannelsGoesBackToItsScores() {
    String labels =
        w.node("ArgMax", "", List.of(colours()), number("axis", 1), number("keepdims", 0));
    w.named("out", "Cast", List.of(labels), number("to", TensorProto.DataType.UINT8_VALUE));
    w.output("out", TensorProto.DataType.UINT8, 1, 8, 12);
    try (Network network = open()) {
      assertThat(network.output()).isInstanceOf(Output.ClassScores.class);
      assertThat(firstRow(network)).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2);
    }
  }

  @Test
  void wholeNumbersThatNoArgMaxMakesAreALabelMapWhoseClassesAreAskedFor() {
    String zero = w.constant(new double[] {0.5}, 1);
    String above = w.node("Greater", "", List.of(difference(), zero));
    w.named("out", "Cast", List.of(above), number("to", TensorProto.DataType.INT32_VALUE));
    w.output("out", TensorProto.DataType.INT32, 1, 1, 8, 12);
    assertThatThrownBy(this::open).satisfies(e -> asked(Knob.CLASSES, e));
    try (Network network = open(o -> o.withClasses(List.of("rest", "red")))) {
      assertThat(network.output())
          .isEqualTo(new Output.Labels(List.of("rest", "red"), OptionalInt.empty()));
      assertThat(firstRow(network)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
      assertThat(network.output().task()).isEqualTo(Task.SEGMENTATION);
    }
  }

  @Test
  void aClassBeyondThoseNamedIsRefused() {
    w.named(
        "out",
        "Cast",
        List.of(scaled(w.node("Abs", "", List.of(difference())), 7)),
        number("to", TensorProto.DataType.INT64_VALUE));
    w.output("out", TensorProto.DataType.INT64, 1, 1, 8, 12);
    try (Network network = open(o -> o.withClasses(List.of("a", "b")))) {
      assertThatThrownBy(() -> network.run(picture(), List.of()))
          .satisfies(e -> asked(Knob.CLASSES, e))
          .hasMessageContaining("class 7 where only 2 classes are named");
    }
  }

  @Test
  void depthWithoutChannelsIsNumbers() {
    w.named("predicted_depth", "Squeeze", List.of(scaled(colours(), 1), w.whole(0)));
    w.output("predicted_depth", 3, 8, 12);
    try (Network network = open()) {
      assertThat(network.output()).isEqualTo(new Output.Values(3, 1));
      assertThat(network.assumptions().getFirst().what()).contains("predicted_depth");
      ValueMap values = (ValueMap) network.run(picture(), List.of()).prediction();
      assertThat(values.value(0, 0, 0)).isEqualTo(1);
      assertThat(values.value(7, 6, 1)).isEqualTo(1);
      assertThat(values.value(7, 11, 2)).isEqualTo(1);
      assertThat(values.value(7, 11, 0)).isEqualTo(0);
    }
  }

  @Test
  void anOutputOfRowsAndColumnsAloneIsRead() {
    w.named("depth", "Squeeze", List.of(difference(), w.whole(0, 1)));
    w.output("depth", 8, 12);
    try (Network network = open(o -> o.withTask(Task.REGRESSION))) {
      ValueMap values = (ValueMap) network.run(picture(), List.of()).prediction();
      assertThat(values.channels()).isEqualTo(1);
      assertThat(values.value(3, 0, 0)).isEqualTo(1);
      assertThat(values.value(3, 7, 0)).isEqualTo(-1);
    }
  }

  @Test
  void whatHuggingFaceSaysOfTheArchitectureSaysTheTask() throws IOException {
    Files.writeString(
        folder.resolve("config.json"), "{\"architectures\": [\"DPTForDepthEstimation\"]}");
    w.named("out", "Relu", List.of(difference()));
    w.output("out", 1, 1, 8, 12);
    try (Network network = open()) {
      assertThat(network.output().task()).isEqualTo(Task.REGRESSION);
    }
  }

  @Test
  void aRegressionOpensAgainAsItWas() throws IOException {
    Files.writeString(
        folder.resolve("config.json"), "{\"task\": \"depth-estimation\", \"target_scale\": 0.001}");
    w.named("out", "Relu", List.of(difference()));
    w.output("out", 1, 1, 8, 12);
    try (Network network = open()) {
      network.copyTo(folder.resolve("copy"), "model.onnx");
      try (Network again = Network.open(folder.resolve("copy"), ONE_THREAD)) {
        assertThat(again.output()).isEqualTo(new Output.Values(1, 0.001));
      }
    }
  }

  @Test
  void ofSeveralOutputsOfOneSizeTheFirstIsTakenAndThatIsSaid() {
    String score = difference();
    w.named("d0", "Sigmoid", List.of(score));
    w.named("d1", "Sigmoid", List.of(scaled(score, 2)));
    w.named("small", "MaxPool", List.of(score), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    w.output("small", 1, 1, 4, 6);
    w.output("d0", 1, 1, 8, 12);
    w.output("d1", 1, 1, 8, 12);
    try (Network network = open()) {
      assertThat(network.outputName()).isEqualTo("d0");
      assertThat(network.assumptions())
          .singleElement()
          .satisfies(a -> assertThat(a.knob()).contains(Knob.OUTPUT))
          .satisfies(
              a ->
                  assertThat(a.what())
                      .isEqualTo(
                          "d0 is the output, not small or d1, since it is the first of the"
                              + " largest"));
    }
    try (Network network = open(o -> o.withOutput("d1"))) {
      assertThat(network.outputName()).isEqualTo("d1");
      assertThat(network.assumptions()).isEmpty();
    }
  }

  @Test
  void severalOutputsOfOneSizeButOtherChannelsAreAskedFor() {
    String score = difference();
    w.named("alpha", "Sigmoid", List.of(score));
    w.named("colour", "Concat", List.of(score, score, score), number("axis", 1));
    w.output("alpha", 1, 1, 8, 12);
    w.output("colour", 1, 3, 8, 12);
    assertThatThrownBy(this::open).satisfies(e -> asked(Knob.OUTPUT, e));
  }

  @Test
  void anImageThatIsCutOffInTheGraphHasThatRange() {
    String low = w.constant(new double[] {0});
    String high = w.constant(new double[] {255});
    w.named("out", "Clip", List.of(scaled(colours(), 255), low, high));
    w.output("out", 1, 3, 8, 12);
    try (Network network = open(o -> o.withTask(Task.IMAGE))) {
      assertThat(network.output()).isEqualTo(new Output.Image(new Range(0, 255)));
      assertThat(network.assumptions().getFirst().knob()).contains(Knob.RANGE);
    }
  }
}
