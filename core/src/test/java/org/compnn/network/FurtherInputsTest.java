package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.NetworkTest.noise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.ValueMap;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that read more than one picture of 1 or 3 channels. */
final class FurtherInputsTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);
  private static final String IMAGE = "{\"output_range\": [0, 1]}";
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  @TempDir Path folder;

  /** 8 x 8; gives picture x (1 - mask) + 2 x mask of LaMa's kind. */
  private Path masked(DataType maskType, boolean maskLast) {
    GraphWriter w = GraphWriter.random(1);
    String picture = w.input("image", 1, 3, 8, 8);
    String mask =
        maskLast ? w.input("mask", maskType, 1, 8, 8, 1) : w.input("mask", maskType, 1, 1, 8, 8);
    String real =
        maskType == DataType.FLOAT
            ? mask
            : w.node("Cast", "m", List.of(mask), GraphWriter.number("to", DataType.FLOAT_VALUE));
    String plane =
        maskLast
            ? w.node("Transpose", "m", List.of(real), GraphWriter.ints("perm", 0, 3, 1, 2))
            : real;
    String rest = w.node("Sub", "", List.of(w.constant(new double[] {1}, 1), plane));
    String kept = w.node("Mul", "", List.of(picture, rest));
    String filled = w.node("Mul", "", List.of(plane, w.constant(new double[] {2}, 1)));
    w.named("out", "Add", List.of(kept, filled));
    w.output("out", 1, 3, 8, 8);
    return SmallNetworks.write(folder.resolve(maskType + "" + maskLast), w.model(), "{}", IMAGE);
  }

  private static LabelMap halfMasked() {
    byte[] classes = new byte[64];
    for (int p = 0; p < 64; p++) {
      classes[p] = (byte) (p % 8 < 4 ? 0 : 200);
    }
    return new LabelMap(8, 8, classes);
  }

  @Test
  void aMaskIsReadBesideThePictureInWhateverKindItsInputIs() {
    Picture picture = noise(3, 8, 8);
    for (DataType type : List.of(DataType.FLOAT, DataType.BOOL, DataType.INT64, DataType.UINT8)) {
      for (boolean last : new boolean[] {false, true}) {
        try (Network network = Network.open(masked(type, last), ONE_THREAD)) {
          assertThat(network.inputs())
              .containsExactly(
                  new InputPart("image", InputPart.Kind.PICTURE, 3),
                  new InputPart("mask", InputPart.Kind.MASK, 1));
          assertThat(network.adjustments()).contains("mask: a mask, 1 where it is above 0, else 0");
          Activations found =
              network.run(Sample.of(picture).with(Map.of("mask", halfMasked())), network.layers());
          assertThat(found.input()).isSameAs(picture);
          for (int i = 0; i < 192; i++) {
            float own = (picture.rgb()[i] & 0xff) / 255f;
            assertThat(found.output().cells()[i]).isCloseTo(i / 3 % 8 < 4 ? own : 2, ROUNDING);
          }
        }
      }
    }
  }

  @Test
  void aMissingInputIsNamed() {
    try (Network network = Network.open(masked(DataType.FLOAT, false), ONE_THREAD)) {
      assertThatThrownBy(() -> network.run(noise(3, 8, 8), List.of()))
          .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.knob()).contains(Knob.INPUT))
          .hasMessageEndingWith(
              "the network also reads mask, which is not there; give it a picture of its own");
    }
  }

  @Test
  void aSecondPictureIsScaledLikeTheFirst() {
    GraphWriter w = GraphWriter.random(1);
    String before = w.input("before", 1, 3, -1, -1);
    String after = w.input("after", 1, 3, -1, -1);
    w.named("change", "Sub", List.of(after, before));
    w.output("change", 1, 3, -1, -1);
    SmallNetworks.write(
        folder, w.model(), "{\"image_mean\": [0.5, 0.25, 0], \"image_std\": [0.5, 1, 2]}", IMAGE);
    Picture first = noise(3, 6, 10);
    Picture second = noise(4, 12, 20);
    try (Network network = Network.open(folder, ONE_THREAD.withSize(12, 20))) {
      Activations found =
          network.run(Sample.of(second).with(Map.of("after", second)), network.layers());
      assertThat(found.output().cells()).containsOnly(0);
      float[] change =
          network
              .run(Sample.of(second).with(Map.of("after", noise(5, 12, 20))), List.of())
              .output()
              .cells();
      double expected = ((noise(5, 12, 20).rgb()[5] & 0xff) - (second.rgb()[5] & 0xff)) / 255.0 / 2;
      assertThat(change[5]).isCloseTo((float) expected, ROUNDING);
      // Another size is laid over the same pixels.
      network.run(Sample.of(first).with(Map.of("after", second)), List.of());
    }
  }

  @Test
  void furtherInputsArePaddedAndTiledWithThePicture() throws IOException {
    GraphWriter w = GraphWriter.random(1);
    String picture = w.input("image", 1, 3, 16, 16);
    String mask = w.input("mask", 1, 1, 16, 16);
    w.named("out", "Add", List.of(picture, mask));
    w.output("out", 1, 3, 16, 16);
    SmallNetworks.write(folder, w.model(), "{}", IMAGE);
    Picture large = noise(3, 20, 41);
    byte[] classes = new byte[20 * 41];
    classes[13 * 41 + 30] = 7;
    Sample sample = Sample.of(large).with(Map.of("mask", new LabelMap(20, 41, classes)));
    NetworkOptions tiles = ONE_THREAD.withSize(20, 41).withTiling(new Tiling(new Size(16, 16), 4));
    try (Network network = Network.open(folder, tiles)) {
      float[] out = network.run(sample, List.of()).output().cells();
      for (int i = 0; i < out.length; i++) {
        float own = (large.rgb()[i] & 0xff) / 255f;
        assertThat(out[i]).isCloseTo(i / 3 == 13 * 41 + 30 ? own + 1 : own, ROUNDING);
      }
    }
  }

  @Test
  void bandsAreReadAsStoredScaledAndNormalisedAndShownByTheFirstThree() {
    GraphWriter w = GraphWriter.random(1);
    String bands = w.input("bands", 1, 4, 5, 6);
    w.named("out", "Conv", List.of(bands, w.constant(new double[] {0, 0, 0, 1}, 1, 4, 1, 1)));
    w.output("out", 1, 1, 5, 6);
    SmallNetworks.write(
        folder,
        w.model(),
        "{\"rescale_factor\": 0.0001, \"image_mean\": [0, 0, 0, 0.5], \"image_std\": [1, 1, 1, 2]}",
        "{\"task\": \"image-segmentation\", \"threshold\": 0}");
    float[] values = new float[5 * 6 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * i;
    }
    values[7] = Float.NaN;
    try (Network network = Network.open(folder, ONE_THREAD.withScale(0.0001))) {
      Sample sample = Sample.of(new ValueMap(5, 6, 4, values));
      Activations found = network.run(sample, List.of());
      for (int p = 0; p < 30; p++) {
        float expected = p == 1 ? 0 : (float) ((100 * (p * 4 + 3) * 0.0001 - 0.5) / 2);
        assertThat(found.output().cells()[p]).isCloseTo(expected, ROUNDING);
      }
      assertThat(found.input().pixel(0, 0)).isEqualTo(0);
      assertThat(found.input().pixel(4, 5)).isEqualTo(0xffffff);
      assertThat(network.adjustments().getFirst())
          .startsWith("bands: 4 channels, values as stored times 1.0E-4");
      assertThatThrownBy(() -> network.run(noise(1, 5, 6), List.of()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("reads 4 channels, a picture has 3");
      assertThatThrownBy(
              () -> network.run(Sample.of(new ValueMap(5, 6, 2, new float[60])), List.of()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected 4 channels for bands, found 2");
    }
  }

  @Test
  void channelsAreFoundLastWhereTheyAreFewerThanRows() {
    GraphWriter w = GraphWriter.random(1);
    String bands = w.input("bands", 1, 16, 24, 5);
    String first = w.node("Transpose", "", List.of(bands), GraphWriter.ints("perm", 0, 3, 1, 2));
    w.named("out", "Conv", w.convInputs(first, 5, 2, 1));
    w.output("out", 1, 2, 16, 24);
    SmallNetworks.write(folder, w.model(), "{}", "{}");
    try (Network network = Network.open(folder, ONE_THREAD)) {
      assertThat(network.inputs())
          .containsExactly(new InputPart("bands", InputPart.Kind.VALUES, 5));
      assertThat(network.inputWidth()).isEqualTo(24);
    }
  }

  @Test
  void anInputThatIsNoPictureTakesANumberThatTheCopyRemembers() throws IOException {
    GraphWriter w = GraphWriter.random(1);
    String picture = w.input("image", 1, 3, 8, 8);
    String step = w.input("timestep", DataType.INT64, -1);
    String real =
        w.node("Cast", "t", List.of(step), GraphWriter.number("to", DataType.FLOAT_VALUE));
    w.named("out", "Mul", List.of(picture, real));
    w.output("out", 1, 3, 8, 8);
    SmallNetworks.write(folder, w.model(), "{}", IMAGE);
    assertThatThrownBy(() -> Network.open(folder, ONE_THREAD))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.knob()).contains(Knob.INPUT))
        .hasMessageContaining(
            "the input timestep is no picture; say the number that it always holds, or export the"
                + " network without it (inputs: image (float [1, 3, 8, 8]), timestep (int64"
                + " [free]))");
    Picture seen = noise(2, 8, 8);
    Path copy = folder.resolve("copy");
    try (Network network = Network.open(folder, ONE_THREAD.withInputs(Map.of("timestep", 3.0)))) {
      network.copyTo(copy, "network.onnx");
    }
    assertThat(Files.readString(copy.resolve("preprocessor_config.json"))).contains("timestep");
    try (Network network = Network.open(copy, ONE_THREAD)) {
      float[] out = network.run(seen, List.of()).output().cells();
      assertThat(out[10]).isCloseTo(3 * (seen.rgb()[10] & 0xff) / 255f, ROUNDING);
    }
    assertThatThrownBy(
            () -> Network.open(folder, ONE_THREAD.withInputs(Map.of("timestep", 1.0, "x", 2.0))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found no 'x' among image");
  }

  @Test
  void aTailGoesOnFromTheJoinedInputs() {
    Picture picture = noise(3, 8, 8);
    try (Network network = Network.open(masked(DataType.FLOAT, false), ONE_THREAD);
        Tail tail = network.tail(network.layer("/Mul_output_0"))) {
      Sample sample = Sample.of(picture).with(Map.of("mask", halfMasked()));
      assertThat(tail.run(tail.state(sample)).output().cells())
          .containsExactly(network.run(sample, List.of()).output().cells());
    }
  }
}
