package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.graph.GraphWriter.graph;
import static org.compnn.network.graph.GraphWriter.ints;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose shapes nobody knows before they run, and those that never should. */
final class UnknownRanksTest {
  private static final String SCORES = "{\"task\": \"image-segmentation\"}";
  private static final long FOR_EVER = Long.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void whatLiesBehindALoopIsMeasured() {
    try (Network network = open(looped(3), NetworkOptions.defaults())) {
      Layer behind = network.layer("/behind/Conv");
      assertThat(behind.rows()).isEqualTo(16);
      assertThat(behind.columns()).isEqualTo(24);
      assertThat(behind.channels()).isEqualTo(6);
      assertThat(behind.vertical().stride()).isEqualTo(2);
      assertThat(behind.vertical().receptiveField()).isInfinite();
      assertThat(network.layer("penultimate").name()).isEqualTo("/behind/Relu_output_0");
      assertThat(network.run(Picture.black(32, 48), List.of(behind)).layers().getFirst().cells())
          .hasSize(16 * 24 * 6);
    }
  }

  @Test
  void theBranchThatASizeSettlesIsLookedInto() {
    try (Network network = open(branched("Shape"), NetworkOptions.defaults())) {
      assertThat(network.layer("/taken/Conv").vertical().receptiveField()).isEqualTo(5);
      assertThat(network.layer("penultimate").operator()).isEqualTo("Conv");
      assertThat(network.layer("penultimate").cells()).isEqualTo(32 * 48);
      assertThatThrownBy(() -> network.layer("/other/Conv")).isInstanceOf(UserError.class);
    }
  }

  @Test
  void aBranchThatThePictureSettlesIsMeasuredFromOutside() {
    try (Network network = open(branched("ReduceMax"), NetworkOptions.defaults())) {
      assertThatThrownBy(() -> network.layer("/taken/Conv")).isInstanceOf(UserError.class);
      Layer joined = network.layer("/If");
      assertThat(joined.cells()).isEqualTo(32 * 48);
      assertThat(joined.vertical().stride()).isEqualTo(1);
      assertThat(joined.vertical().receptiveField()).isInfinite();
      assertThat(network.layer("penultimate")).isEqualTo(joined);
    }
  }

  @Test
  void aLoopWithoutEndIsEndedInOneLine() {
    NetworkOptions hasty = NetworkOptions.defaults().withTimeout(Duration.ofMillis(300));
    assertThatThrownBy(() -> open(looped(FOR_EVER), hasty).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("one run of the network was ended after 1 s")
        .satisfies(e -> assertThat(((UserError) e).knob()).contains(Knob.NETWORK_TIMEOUT));
  }

  @Test
  void absurdPaddingIsRefusedBeforeItTakesMemory() {
    GraphWriter w = GraphWriter.random(1);
    String input = w.input("input", 1, 3, 32, 48);
    String far = w.conv("far", input, 3, 4, 3, 1, 1 << 30);
    w.named("scores", "Conv", w.convInputs(far, 4, 4, 1), w.conv(1, 1, 0));
    w.output("scores");
    assertThatThrownBy(() -> open(w, NetworkOptions.defaults()).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("/far/Conv_output_0 has 1 x 4 x ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void strideAndDilationBeyondReasonAreOneLineOrALayer() {
    for (long number : new long[] {1L << 20, 1L << 31, 1L << 40, Long.MAX_VALUE}) {
      GraphWriter w = GraphWriter.random(2);
      String input = w.input("input", 1, 3, 32, 48);
      String odd =
          w.node(
              "Conv",
              "odd",
              w.convInputs(input, 3, 4, 1),
              ints("kernel_shape", 1, 1),
              ints("strides", number, number),
              ints("dilations", number, number));
      String back = w.convTranspose("back", odd, 4, 4, 2, 32, 0);
      w.named("scores", "Conv", w.convInputs(back, 4, 4, 1), w.conv(1, 1, 0));
      w.output("scores");
      try (Network network = open(w, NetworkOptions.defaults())) {
        assertThat(network.layer("/odd/Conv").cells()).isEqualTo(1);
      } catch (UserError e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void aShapeThatDependsOnThePictureIsNoLayer() {
    GraphWriter w = GraphWriter.random(3);
    String input = w.input("input", 1, 3, 32, 48);
    String conv = w.conv("first", input, 3, 4, 3, 1);
    String found = w.node("NonZero", "", List.of(w.relu("first", conv)));
    String count = w.node("Size", "", List.of(found));
    String real = w.node("Cast", "", List.of(count), GraphWriter.number("to", 1));
    String sum = w.node("Add", "", List.of(conv, real));
    w.named("scores", "Conv", w.convInputs(sum, 4, 4, 1), w.conv(1, 1, 0));
    w.output("scores");
    try (Network network = open(w, NetworkOptions.defaults())) {
      assertThat(network.layers()).extracting(Layer::operator).doesNotContain("NonZero");
      assertThat(network.layer("penultimate").name()).isEqualTo("/Add_output_0");
      assertThat(network.layer("penultimate").vertical().receptiveField()).isInfinite();
    }
  }

  /** A convolution, then another or the first one's half, as a question about the first says. */
  private static GraphWriter branched(String question) {
    GraphWriter w = GraphWriter.random(9);
    String first = w.conv("first", w.input("input", 1, 3, 32, 48), 3, 4, 3, 1);
    GraphWriter one = GraphWriter.random(10);
    one.output(one.conv("taken", first, 4, 4, 3, 1));
    GraphWriter other = GraphWriter.random(11);
    other.output(other.conv("other", first, 4, 4, 5, 1));
    String asked =
        question.equals("Shape")
            ? w.node("Gather", "", List.of(w.node("Shape", "", List.of(first)), w.scalar(2)))
            : w.node("ReduceMax", "", List.of(first), GraphWriter.number("keepdims", 0));
    String real = w.node("Cast", "", List.of(asked), GraphWriter.number("to", 1));
    String large = w.node("Greater", "", List.of(real, w.constant(new double[] {-1e9})));
    String joined =
        w.node(
            "If",
            "",
            List.of(large),
            graph("then_branch", one.body()),
            graph("else_branch", other.body()));
    w.named("scores", "Conv", w.convInputs(joined, 4, 4, 1), w.conv(1, 1, 0));
    w.output("scores");
    return w;
  }

  /** A convolution of stride 2, a loop over a convolution, and a head behind it. */
  private static GraphWriter looped(long rounds) {
    GraphWriter body = GraphWriter.random(7);
    body.scalarInput("round", DataType.INT64);
    body.scalarInput("going", DataType.BOOL);
    body.input("carried");
    String next = body.relu("", body.conv("", "carried", 6, 6, 3, 1));
    body.named("goes.on", "Identity", List.of("going"));
    body.named("next", "Mul", List.of(next, body.constant(new double[] {0.5}, 1)));
    body.output("goes.on", DataType.BOOL);
    body.output("next");
    GraphWriter w = GraphWriter.random(8);
    String input = w.input("input", 1, 3, 32, 48);
    String before = w.relu("before", w.conv("before", input, 3, 6, 3, 2));
    String times = w.scalar(rounds);
    String looped = w.node("Loop", "", List.of(times, "", before), graph("body", body.body()));
    String behind = w.relu("behind", w.conv("behind", looped, 6, 6, 3, 1));
    w.named("scores", "Conv", w.convInputs(behind, 6, 4, 1), w.conv(1, 1, 0));
    w.output("scores");
    return w;
  }

  private Network open(GraphWriter w, NetworkOptions options) {
    return Network.open(
        SmallNetworks.write(folder, w.model(), "{}", SCORES), options.withThreads(1));
  }

  @Test
  void anOutputThatIsMadeOfItselfIsRefusedInOneLine(@TempDir Path elsewhere) throws IOException {
    GraphWriter graph = GraphWriter.random(0);
    graph.node("Relu", "", List.of(graph.input("pixels", 1, 3, 8, 8)));
    graph.named("logits", "Identity", List.of("logits"));
    graph.output("logits", 1, 3, 8, 8);
    SmallNetworks.write(
        elsewhere, graph.model(), "{\"do_resize\": false}", "{\"task\": \"image-to-image\"}");
    assertThatThrownBy(() -> Network.open(elsewhere, NetworkOptions.defaults()).close())
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("\n");
  }
}
