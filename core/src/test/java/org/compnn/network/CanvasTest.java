package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.NetworkTest.noise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CanvasTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  @TempDir Path folder;

  private static Picture padded(Picture picture, int height, int width, Padding padding) {
    byte[] rgb = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (padding == Padding.EDGE || (y < picture.height() && x < picture.width())) {
          int pixel =
              picture.pixel(Math.min(y, picture.height() - 1), Math.min(x, picture.width() - 1));
          for (int c = 0; c < 3; c++) {
            rgb[(y * width + x) * 3 + c] = (byte) (pixel >> (16 - 8 * c));
          }
        }
      }
    }
    return new Picture(height, width, rgb);
  }

  private static void isPartOf(FeatureMap whole, FeatureMap part, float within) {
    assertThat(part.channels()).isEqualTo(whole.channels());
    for (int row = 0; row < part.rows(); row++) {
      for (int column = 0; column < part.columns(); column++) {
        for (int c = 0; c < part.channels(); c++) {
          assertThat(part.cells()[(row * part.columns() + column) * part.channels() + c])
              .as("row %d, column %d", row, column)
              .isCloseTo(
                  whole.cells()[(row * whole.columns() + column) * whole.channels() + c],
                  Offset.offset(within));
        }
      }
    }
  }

  @Test
  void aSizeThatANetworkDoesNotTakeIsPaddedAndThePaddingCutOffAgain() {
    SmallNetworks.freeSize(folder, 1);
    Picture picture = noise(2, 30, 45);
    for (Padding padding : Padding.values()) {
      try (Network odd = Network.open(folder, ONE_THREAD.withSize(30, 45).withPadding(padding));
          Network even = Network.open(folder, ONE_THREAD.withSize(32, 48))) {
        Activations of = odd.run(picture, odd.layers());
        Activations whole = even.run(padded(picture, 32, 48, padding), even.layers());
        assertThat(of.input()).isSameAs(picture);
        assertThat(odd.inputHeight() + "x" + odd.inputWidth()).isEqualTo("30x45");
        assertThat(odd.outputHeight() + "x" + odd.outputWidth()).isEqualTo("30x45");
        assertThat(of.prediction().height() + "x" + of.prediction().width()).isEqualTo("30x45");
        isPartOf(whole.output(), of.output(), 0);
        Layer bottleneck = odd.layer("bottleneck");
        assertThat(bottleneck.rows() + "x" + bottleneck.columns()).isEqualTo("8x12");
        assertThat(odd.layer("penultimate").columns()).isEqualTo(45);
        for (int i = 0; i < odd.layers().size(); i++) {
          assertThat(of.layers().get(i).rows()).isEqualTo(odd.layers().get(i).rows());
          isPartOf(whole.layers().get(i), of.layers().get(i), 0);
        }
        assertThat(odd.adjustments())
            .containsExactly(
                "30x45 does not fit; the network runs at 32x48, the padding (%s) is cut off"
                    .formatted(padding));
        assertThat(even.adjustments()).isEmpty();
      }
    }
  }

  @Test
  void headAndTailGiveTheSameOnAPaddedPicture() {
    SmallNetworks.freeSize(folder, 1);
    Picture picture = noise(2, 30, 45);
    try (Network network = Network.open(folder, ONE_THREAD.withSize(30, 45))) {
      FeatureMap expected = network.run(picture, List.of()).output();
      for (Layer layer : network.layers()) {
        try (Tail tail = network.tail(layer)) {
          TailState state = tail.state(picture);
          FeatureMap cells = state.cells(network.layer(layer.name()));
          assertThat(cells.rows()).isEqualTo(layer.rows());
          isPartOf(expected, tail.run(state.with(layer, cells)).output(), 1e-6f);
        }
      }
    }
  }

  @Test
  void aCopyOfAPaddedNetworkOpensWithTheSameWindow() throws IOException {
    SmallNetworks.freeSize(folder, 1);
    Picture picture = noise(2, 30, 45);
    Path copy = folder.resolve("copy");
    FeatureMap before;
    try (Network network =
        Network.open(folder, ONE_THREAD.withSize(30, 45).withPadding(Padding.ZERO))) {
      before = network.run(picture, List.of()).output();
      network.copyTo(copy, "network.onnx");
    }
    assertThat(Files.readString(copy.resolve("preprocessor_config.json")))
        .containsPattern("\"window\" : \\{\\s*\"height\" : 32,\\s*\"width\" : 48")
        .contains("zero");
    try (Network network = Network.open(copy, ONE_THREAD)) {
      isPartOf(before, network.run(picture, List.of()).output(), 0);
    }
    try (Network network = Network.open(copy, ONE_THREAD.withSize(50, 48))) {
      assertThat(network.adjustments().getFirst()).contains("runs at 52x48");
    }
  }

  @Test
  void aNetworkThatRunsAtNoSizeNearIsAnsweredWithTheMultiplesTried() {
    GraphWriter w = GraphWriter.random(1);
    String input = w.input("x", 1, 3, -1, -1);
    // 5 rows and columns only.
    w.named("y", "Add", List.of(input, w.weight(1, 1, 3, 5, 5)));
    w.output("y", 1, 3, -1, -1);
    SmallNetworks.write(folder, w.model(), "{}", "{\"output_range\": [0, 1]}");
    assertThatThrownBy(() -> Network.open(folder, ONE_THREAD.withSize(13, 19)))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.knob()).contains(Knob.SIZE))
        .hasMessageEndingWith(
            "the network runs neither at 13x19 nor at the next multiples of 2 to 256 in rows and"
                + " columns (up to 256x256); choose a size that it takes");
  }

  @Test
  void aFixedNetworkAskedForAnotherSizeSaysWhatItTakes() {
    SmallNetworks.segmentation(folder, 1);
    assertThatThrownBy(() -> Network.open(folder, ONE_THREAD.withSize(64, 96)))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.knobs()).contains(Knob.SIZE, Knob.TILE))
        .hasMessageContaining("fixed input size 32x48, found 64x96");
  }

  @Test
  void overlappingTilesOfAConvolutionalNetworkGiveWhatTheWholeWould() {
    SmallNetworks.freeSize(folder, 1);
    Picture picture = noise(2, 148, 176);
    Tiling tiling = new Tiling(new Size(80, 64), 44);
    try (Network whole = Network.open(folder, ONE_THREAD.withSize(148, 176));
        Network tiled = Network.open(folder, ONE_THREAD.withSize(148, 176).withTiling(tiling))) {
      assertThat(whole.layers()).allMatch(l -> l.vertical().receptiveField() <= 44);
      assertThat(tiled.layers()).isEqualTo(whole.layers());
      Activations expected = whole.run(picture, whole.layers());
      Activations found = tiled.run(picture, tiled.layers());
      assertThat(found.output().rows()).isEqualTo(148);
      isPartOf(expected.output(), found.output(), 1e-5f);
      for (int i = 0; i < whole.layers().size(); i++) {
        assertThat(found.layers().get(i).columns()).isEqualTo(whole.layers().get(i).columns());
        isPartOf(expected.layers().get(i), found.layers().get(i), 1e-5f);
      }
    }
  }

  @Test
  void aNetworkOfFixedSizeTakesALargerPictureInTilesOfItsOwn() throws IOException {
    SmallNetworks.segmentation(folder.resolve("fixed"), 1);
    SmallNetworks.freeSize(folder.resolve("free"), 1);
    Tiling tiling = new Tiling(new Size(32, 48), 24);
    Picture picture = noise(2, 70, 101);
    try (Network fixed =
            Network.open(folder.resolve("fixed"), ONE_THREAD.withSize(70, 101).withTiling(tiling));
        Network free =
            Network.open(folder.resolve("free"), ONE_THREAD.withSize(70, 101).withTiling(tiling))) {
      Activations activations = fixed.run(picture, fixed.layersNamed("penultimate"));
      assertThat(activations.output().rows() + "x" + activations.output().columns())
          .isEqualTo("70x101");
      assertThat(activations.layers().getFirst().columns()).isEqualTo(101);
      assertThat(activations.output().cells())
          .containsExactly(free.run(picture, List.of()).output().cells());
      assertThat(fixed.adjustments().getFirst())
          .startsWith("70x101: run in ")
          .contains("tiles of 32x48");
      assertThatThrownBy(() -> fixed.tail(fixed.layer("penultimate")))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("runs in tiles of 32x48");
      Map<String, byte[]> files = fixed.configuration();
      assertThat(new String(files.get("preprocessor_config.json"), StandardCharsets.UTF_8))
          .containsPattern("\"overlap\" : 24");
    }
    assertThatThrownBy(
            () ->
                Network.open(
                    folder.resolve("fixed"),
                    ONE_THREAD.withSize(70, 101).withTiling(new Tiling(new Size(64, 64), 8))))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.knob()).contains(Knob.TILE))
        .hasMessageContaining("expected tiles of the network's fixed input size 32x48");
  }

  @Test
  void aSinglePictureIsRepeatedForANetworkOfFixedBatch() {
    GraphWriter one = GraphWriter.random(1);
    one.named("y", "Tanh", List.of(one.conv("a", one.input("x", 1, 3, 16, 16), 3, 3, 3, 1)));
    one.output("y", 1, 3, 16, 16);
    GraphWriter four = GraphWriter.random(1);
    four.named("y", "Tanh", List.of(four.conv("a", four.input("x", 4, 3, 16, 16), 3, 3, 3, 1)));
    four.output("y", 4, 3, 16, 16);
    SmallNetworks.write(folder.resolve("one"), one.model(), "{}", "{}");
    SmallNetworks.write(folder.resolve("four"), four.model(), "{}", "{}");
    Picture picture = noise(2, 16, 16);
    try (Network expected = Network.open(folder.resolve("one"), ONE_THREAD);
        Network network = Network.open(folder.resolve("four"), ONE_THREAD)) {
      Activations first = expected.run(picture, expected.layers());
      Activations found = network.run(picture, network.layers());
      assertThat(network.layers()).isEqualTo(expected.layers());
      assertThat(found.output().cells()).containsExactly(first.output().cells());
      assertThat(found.layers().getFirst().cells())
          .containsExactly(first.layers().getFirst().cells());
      assertThat(network.adjustments().getFirst()).contains("takes 4 pictures at once");
      try (Tail tail = network.tail(network.layers().getFirst())) {
        assertThat(tail.run(tail.state(picture)).output().cells())
            .containsExactly(first.output().cells());
      }
    }
  }
}
