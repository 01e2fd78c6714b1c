package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named layers of a network that is quantised while it runs. */
final class QuantisedLandmarksTest {
  @TempDir private Path folder;

  private final GraphWriter w = GraphWriter.random(4);

  @Test
  void theHeadReadsTheLastLayerAndNotWhatItsScaleComesFrom() {
    String input = w.input("picture", 1, 3, 8, 12);
    String first = w.relu("first", w.conv("first", input, 3, 6, 4, 2, 1));
    String wide = w.convTranspose("wide", first, 6, 4, 2, 2, 0);
    String last = w.relu("last", convolved("middle", wide, 4, 5));
    w.named("scores", "Identity", List.of(convolved("head", last, 5, 7)));
    w.output("scores", 1, 7, 8, 12);
    String segmentation = "{\"task\": \"image-segmentation\"}";
    Path model = SmallNetworks.write(folder, w.model(), "{}", segmentation);
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      assertThat(network.layer("penultimate").name()).isEqualTo(last);
      assertThat(network.layer("bottleneck").rows()).isEqualTo(4);
    }
  }

  @Test
  void whatQuantisedOperatorsGiveIsALayerInRealNumbers() {
    String input = w.input("picture", 1, 3, 8, 12);
    String step = w.constant(new double[] {0.02}, 1);
    String scale = w.node("Squeeze", "", List.of(step));
    String one = w.node("Cast", "", List.of(scale), GraphWriter.number("to", 1));
    NodeProto zero =
        NodeProto.newBuilder()
            .setOpType("Cast")
            .setName("zero")
            .addInput(w.node("Mul", "", List.of(one, w.constant(new double[] {0}))))
            .addOutput("zero")
            .addAttribute(GraphWriter.number("to", 2))
            .build();
    w.add(zero);
    String whole = w.node("QuantizeLinear", "", List.of(input, one, "zero"));
    String first = quantised(whole, one, 3, 6);
    String last = quantised(first, one, 6, 5);
    String head = quantised(last, one, 5, 7);
    w.named("scores", "DequantizeLinear", List.of(head, one, "zero"));
    w.output("scores", 1, 7, 8, 12);
    String segmentation = "{\"task\": \"image-segmentation\"}";
    Path model = SmallNetworks.write(folder, w.model(), "{}", segmentation);
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      Layer penultimate = network.layer("penultimate");
      assertThat(penultimate.name()).isEqualTo(last + ":real");
      assertThat(penultimate.channels()).isEqualTo(5);
      assertThat(network.layers()).extracting(Layer::name).contains(first + ":real");
      Picture picture = Picture.black(8, 12);
      new Random(2).nextBytes(picture.rgb());
      Activations seen = network.run(picture, List.of(penultimate));
      for (float number : seen.layers().getFirst().cells()) {
        assertThat(number / 0.02f).isCloseTo(Math.round(number / 0.02f), within(1e-3f));
      }
    }
  }

  private String quantised(String whole, String step, int channels, int made) {
    String name = "q" + made;
    quantised(name, w.weight(1, made, channels, 1, 1));
    return w.node(
        "QLinearConv",
        name,
        List.of(whole, step, "zero", name + ".q", name + ".scale", name + ".zero", step, "zero"));
  }

  /** As ONNX Runtime's dynamic quantisation writes a convolution. */
  private String convolved(String name, String from, int channels, int made) {
    quantised(name + ".x", from);
    quantised(name + ".w", w.weight(1, made, channels, 1, 1));
    String scale = w.node("Mul", name, List.of(name + ".x.scale", name + ".w.scale"));
    List<String> parts = List.of(name + ".x.q", name + ".w.q", name + ".x.zero", name + ".w.zero");
    String whole = w.node("ConvInteger", name, parts);
    String real = w.node("Cast", name, List.of(whole), GraphWriter.number("to", 1));
    return w.node("Mul", name, List.of(real, scale));
  }

  private void quantised(String name, String from) {
    w.add(
        NodeProto.newBuilder()
            .setOpType("DynamicQuantizeLinear")
            .setName(name)
            .addInput(from)
            .addAllOutput(List.of(name + ".q", name + ".scale", name + ".zero"))
            .build());
  }
}
