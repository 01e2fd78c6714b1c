package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.number;
import static org.compnn.network.graph.GraphWriter.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers brought to the grid of the output. Pictures are 32 x 48, cells 4 x 6, the head linear. */
final class FinerLayersTest {
  private static final int WIDTH = 8;
  private static final int CLASSES = 5;
  private static final String SCORES = "{\"task\": \"image-segmentation\"}";
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  @TempDir private Path folder;

  private final GraphWriter w = GraphWriter.random(5);
  private final double[] head = new Random(6).doubles(CLASSES * WIDTH, -1, 1).toArray();

  @ParameterizedTest
  @CsvSource({
    "linear, half_pixel",
    "linear, pytorch_half_pixel",
    "linear, align_corners",
    "linear, asymmetric",
    "cubic, half_pixel",
    "cubic, align_corners"
  })
  void aLinearHeadOverFinerCellsGivesTheScoresOfTheNetwork(String mode, String positions) {
    String scores = headed(cells(32, 48));
    enlarged("scores", scores, 8, mode, positions);
    w.output("scores", 1, CLASSES, 32, 48);
    try (Network network = open(ONE_THREAD)) {
      scoresAreThoseOf(network, "penultimate@output", 2e-5f);
    }
  }

  @Test
  void theyPassThroughEachEnlargementOfTheNetworkInTurn() {
    String half = enlarged("half", headed(cells(32, 48)), 4, "linear", "align_corners");
    enlarged("scores", half, 2, "linear", "half_pixel");
    w.output("scores", 1, CLASSES, 32, 48);
    try (Network network = open(ONE_THREAD)) {
      scoresAreThoseOf(network, "penultimate@output", 2e-5f);
    }
  }

  @Test
  void anOutputCoarserThanThePictureIsMadeFinerAsItIsShown() {
    String half = enlarged("scores", headed(cells(32, 48)), 2, "linear", "align_corners");
    w.output(half, 1, CLASSES, 8, 12);
    try (Network network = open(ONE_THREAD)) {
      scoresAreThoseOf(network, "penultimate@output", 2e-5f);
      assertThat(network.layer("penultimate@output").rows()).isEqualTo(32);
    }
    try (Network network = open(ONE_THREAD.withOutputSize(OutputSize.NETWORK))) {
      scoresAreThoseOf(network, "penultimate@output", 2e-5f);
      assertThat(network.layer("penultimate@output").rows()).isEqualTo(8);
    }
  }

  @Test
  void tokensAreMadeFinerWithoutTheirClassToken() {
    String turned = w.node("Transpose", "", List.of(flat(cells(32, 48))), ints("perm", 0, 2, 1));
    String tokens =
        w.named("tokens", "Concat", List.of(w.weight(1, 1, 1, WIDTH), turned), number("axis", 1));
    String own = w.node("Slice", "", List.of(tokens, w.whole(1), w.whole(25), w.whole(1)));
    double[] turnedHead = new double[head.length];
    for (int i = 0; i < head.length; i++) {
      turnedHead[i % WIDTH * CLASSES + i / WIDTH] = head[i];
    }
    String weights = w.constant(turnedHead, WIDTH, CLASSES);
    String made = w.node("MatMul", "head", List.of(own, weights));
    String last = w.node("Transpose", "", List.of(made), ints("perm", 0, 2, 1));
    String grid = w.node("Reshape", "", List.of(last, w.whole(1, CLASSES, 4, 6)));
    enlarged("scores", grid, 8, "linear", "half_pixel");
    w.output("scores", 1, CLASSES, 32, 48);
    try (Network network = open(ONE_THREAD)) {
      scoresAreThoseOf(network, "tokens@output", 2e-5f);
    }
  }

  @Test
  void theyHaveTheOutputsGridAndSeeWhatTheirNeighboursSee() {
    enlarged("scores", headed(cells(32, 48)), 8, "linear", "half_pixel");
    w.output("scores", 1, CLASSES, 32, 48);
    try (Network network = open(ONE_THREAD)) {
      Layer coarse = network.layer("penultimate");
      Layer finer = network.layer("penultimate@output");
      assertThat(finer.name()).isEqualTo(coarse.name() + "@output");
      assertThat(finer.shortName()).isEqualTo("penultimate@output");
      assertThat(network.layersNamed(finer.name())).containsExactly(finer);
      assertThat(finer.channels()).isEqualTo(WIDTH);
      assertThat(finer.vertical().stride()).isEqualTo(1);
      assertThat(finer.horizontal().origin()).isEqualTo(0.5);
      Picture dark = Picture.black(32, 48);
      Picture lit = Picture.black(32, 48);
      lit.rgb()[(17 * 48 + 21) * 3] = (byte) 255;
      float[] before = cells(network, dark, finer);
      float[] after = cells(network, lit, finer);
      int changed = 0;
      for (int cell = 0; cell < finer.cells(); cell++) {
        int from = cell * WIDTH;
        if (!Arrays.equals(before, from, from + WIDTH, after, from, from + WIDTH)) {
          changed++;
          assertThat(Math.abs(cell / 48 - 17)).isLessThanOrEqualTo(11);
          assertThat(Math.abs(cell % 48 - 21)).isLessThanOrEqualTo(11);
        }
      }
      // The cell itself and half of each neighbour.
      assertThat(changed).isEqualTo(16 * 16);
    }
  }

  @Test
  void tilesAreJoinedToOneGrid() {
    enlarged("scores", headed(cells(-1, -1)), 8, "linear", "half_pixel");
    w.output("scores", 1, CLASSES, -1, -1);
    float[] whole;
    try (Network network = open(ONE_THREAD.withSize(32, 48))) {
      whole = cells(network, noise(), network.layer("penultimate@output"));
    }
    Tiling tiles = new Tiling(new Size(32, 32), 16);
    try (Network network = open(ONE_THREAD.withSize(32, 48).withTiling(tiles))) {
      Layer layer = network.layer("penultimate@output");
      assertThat(layer.columns()).isEqualTo(48);
      assertThat(cells(network, noise(), layer)).containsExactly(whole, Offset.offset(1e-5f));
    }
  }

  @Test
  void whatIsAsFineAsTheOutputIsRefused() {
    Path model = SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(model, ONE_THREAD)) {
      assertThatThrownBy(() -> network.layer("penultimate@output"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("has 32x48 cells already, and the output 32x48")
          .hasMessageNotContaining("\n");
      assertThat(network.layer("bottleneck@output").rows()).isEqualTo(32);
      assertThatThrownBy(() -> network.layer("botleneck@output"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("the closest are 'bottleneck'");
    }
  }

  @Test
  void anOutputWithItsEdgesCutOffLiesElsewhere() {
    String cells = cells(32, 48);
    String scores = enlarged("wide", headed(cells), 8, "linear", "half_pixel");
    List<String> cut = List.of(scores, w.whole(12, 12), w.whole(32, 48), w.whole(2, 3));
    w.named("scores", "Slice", cut);
    w.output("scores", 1, CLASSES, 20, 36);
    try (Network network = open(ONE_THREAD)) {
      assertThatThrownBy(() -> network.layer("penultimate@output"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("lie over another part of the picture");
    }
  }

  @Test
  void aNetworkIsNotCutBetweenItsCells() {
    Path model = SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(model, ONE_THREAD)) {
      Layer layer = network.layer("bottleneck@output");
      assertThatThrownBy(() -> network.tail(layer))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("cannot be put back; cut at " + network.layer("bottleneck").name());
    }
  }

  private String cells(int height, int width) {
    String input = w.input("picture", 1, 3, height, width);
    return w.relu("cells", w.conv("cells", input, 3, WIDTH, 8, 8, 0));
  }

  private String flat(String cells) {
    return w.node("Reshape", "", List.of(cells, w.whole(1, WIDTH, 24)));
  }

  private String headed(String cells) {
    String weights = w.constant(head, CLASSES, WIDTH, 1, 1);
    return w.node("Conv", "head", List.of(cells, weights));
  }

  private String enlarged(String name, String scores, int times, String mode, String positions) {
    String scales = w.constant(new double[] {1, 1, times, times}, 4);
    AttributeProto where = text("coordinate_transformation_mode", positions);
    return w.named(name, "Resize", List.of(scores, "", scales), text("mode", mode), where);
  }

  private Network open(NetworkOptions options) {
    Path model = SmallNetworks.write(folder, w.model(), "{}", SCORES);
    return Network.open(model, options);
  }

  private void scoresAreThoseOf(Network network, String name, float tolerance) {
    Activations seen = network.run(noise(), List.of(network.layer(name)));
    FeatureMap cells = seen.layers().getFirst();
    FeatureMap output = seen.output();
    assertThat(cells.rows()).isEqualTo(output.rows());
    assertThat(cells.columns()).isEqualTo(output.columns());
    float[] scores = new float[output.cells().length];
    for (int i = 0; i < scores.length; i++) {
      for (int c = 0; c < WIDTH; c++) {
        scores[i] += (float) head[i % CLASSES * WIDTH + c] * cells.cells()[i / CLASSES * WIDTH + c];
      }
    }
    assertThat(scores).containsExactly(output.cells(), Offset.offset(tolerance));
  }

  private static float[] cells(Network network, Picture picture, Layer layer) {
    return network.run(picture, List.of(layer)).layers().getFirst().cells();
  }

  private static Picture noise() {
    Picture picture = Picture.black(32, 48);
    new Random(3).nextBytes(picture.rgb());
    return picture;
  }
}
