package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  @TempDir Path folder;

  static Picture noise(long seed, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(height, width, rgb);
  }

  /**
   * The file itself, without folding operators into the weights of others, run by ONNX Runtime
   * without any of our code: channels, rows, columns.
   */
  private static float[] plain(Path model, float[] input, long... shape) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions unfoldedOptions = new OrtSession.SessionOptions();
        OrtSession session = unfolded(environment, model, unfoldedOptions);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] numbers = new float[out.remaining()];
      out.get(numbers);
      return numbers;
    }
  }

  private static OrtSession unfolded(
      OrtEnvironment environment, Path model, OrtSession.SessionOptions options)
      throws OrtException {
    options.addConfigEntry(
        "optimization.disable_specified_optimizers",
        "ConvBNFusion;ConvMulFusion;ConvAddFusion;MatMul_BatchNormalization_Fusion");
    return environment.createSession(model.toString(), options);
  }

  private static float[] normalised(Picture picture, boolean channelsLast) {
    int pixels = picture.height() * picture.width();
    float[] numbers = new float[3 * pixels];
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < 3; c++) {
        double value = (picture.rgb()[p * 3 + c] & 0xff) / 255.0;
        numbers[channelsLast ? p * 3 + c : c * pixels + p] = (float) ((value - 0.5) / 0.25);
      }
    }
    return numbers;
  }

  @Test
  void theOutputIsThatOfTheFileRunByItself() throws OrtException {
    Path model = SmallNetworks.segmentation(folder, 1);
    Picture picture = noise(2, 32, 48);
    float[] expected = plain(model.resolve("model.onnx"), normalised(picture, false), 1, 3, 32, 48);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      Activations activations = network.run(picture, List.of());
      FeatureMap raw = activations.output();
      LabelMap labels = (LabelMap) activations.prediction();
      assertThat(raw.channels()).isEqualTo(4);
      for (int p = 0; p < 32 * 48; p++) {
        int best = 0;
        for (int c = 0; c < 4; c++) {
          assertThat(raw.cells()[p * 4 + c]).isEqualTo(expected[c * 32 * 48 + p]);
          if (expected[c * 32 * 48 + p] > expected[best * 32 * 48 + p]) {
            best = c;
          }
        }
        assertThat(labels.label(p / 48, p % 48)).isEqualTo(best);
      }
      assertThat(activations.input()).isSameAs(picture);
    }
  }

  @Test
  void theOutputIsWithinRoundingOfWhatAUsersOwnSessionGives() throws OrtException {
    Path model = SmallNetworks.segmentation(folder, 1);
    Picture picture = noise(2, 32, 48);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (Network network = Network.open(folder, ONE_THREAD);
        OrtSession session = environment.createSession(model.resolve("model.onnx").toString());
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(normalised(picture, false)),
                new long[] {1, 3, 32, 48});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      FloatBuffer stock = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] ours = network.run(picture, List.of()).output().cells();
      for (int p = 0; p < 32 * 48; p++) {
        for (int c = 0; c < 4; c++) {
          assertThat(ours[p * 4 + c])
              .isCloseTo(stock.get(c * 32 * 48 + p), org.assertj.core.data.Offset.offset(5e-6f));
        }
      }
    }
  }

  @Test
  void aNetworkWithTheChannelsLastGivesTheSameScores() throws OrtException {
    Path model = SmallNetworks.channelsLast(folder, 1);
    Picture picture = noise(2, 32, 48);
    float[] expected = plain(model.resolve("model.onnx"), normalised(picture, true), 1, 32, 48, 3);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      assertThat(network.run(picture, List.of()).output().cells()).containsExactly(expected);
      Layer bottleneck = network.layer("bottleneck");
      assertThat(List.of(bottleneck.rows(), bottleneck.columns(), bottleneck.channels()))
          .containsExactly(8, 12, 16);
    }
  }

  @Test
  void anImageIsPaintedByItsRange() throws OrtException {
    Path model = SmallNetworks.image(folder, 3);
    Picture picture = noise(4, 32, 48);
    float[] expected = plain(model.resolve("model.onnx"), normalised(picture, false), 1, 3, 32, 48);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      Picture painted = (Picture) network.run(picture, List.of()).prediction();
      for (int p = 0; p < 32 * 48; p++) {
        for (int c = 0; c < 3; c++) {
          assertThat(painted.rgb()[p * 3 + c] & 0xff)
              .isCloseTo(
                  (int) Math.round((expected[c * 32 * 48 + p] + 1) * 127.5),
                  org.assertj.core.data.Offset.offset(1));
        }
      }
    }
  }

  @Test
  void layersComeAsAskedAndHoldTheTensorsOfTheFile() {
    SmallNetworks.segmentation(folder, 5);
    Picture picture = noise(6, 32, 48);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      Layer relu = network.layer("mid.Relu");
      Layer norm = network.layer("mid.BatchNormalization");
      Activations both = network.run(picture, List.of(relu, norm, relu));
      float[] before = both.layers().get(1).cells();
      assertThat(both.layers()).hasSize(3);
      for (int i = 0; i < before.length; i++) {
        assertThat(both.layers().get(0).cells()[i]).isEqualTo(Math.max(0, before[i]));
      }
      assertThat(both.layers().get(2).cells()).containsExactly(both.layers().get(0).cells());
    }
  }

  @Test
  void theLastLayerOfAClassifierExplainsItsScores() {
    SmallNetworks.segmentation(folder, 5);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      Layer penultimate = network.layer("penultimate");
      assertThat(penultimate.name()).isEqualTo("/dec.2/Relu_output_0");
      assertThat(network.layer("bottleneck").name()).isEqualTo("/mid/BatchNormalization_output_0");
      assertThat(network.layers()).extracting(Layer::name).contains("/head/Conv_output_0");
      assertThat(network.layers()).isSortedAccordingTo((a, b) -> order(network, a, b));
    }
  }

  private static int order(Network network, Layer a, Layer b) {
    return Integer.compare(network.layers().indexOf(a), network.layers().indexOf(b));
  }

  @Test
  void aNetworkOfFreeSizeRunsAtTheSizeAsked() {
    SmallNetworks.freeSize(folder, 7);
    try (Network network = Network.open(folder, ONE_THREAD.withSize(40, 64))) {
      assertThat(network.outputHeight()).isEqualTo(40);
      assertThat(network.outputWidth()).isEqualTo(64);
      Activations activations = network.run(noise(8, 50, 50), List.of(network.layer("bottleneck")));
      assertThat(activations.input().width()).isEqualTo(64);
      assertThat(activations.layers().getFirst().rows()).isEqualTo(10);
      assertThat(activations.layers().getFirst().columns()).isEqualTo(16);
    }
    assertThatThrownBy(() -> Network.open(folder, ONE_THREAD))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("height and width")
        .extracting(e -> ((UserError) e).knob())
        .isEqualTo(Optional.of(Knob.SIZE));
  }

  @Test
  void manyThreadsRunOneNetworkAndGetTheSame() throws InterruptedException, ExecutionException {
    SmallNetworks.segmentation(folder, 9);
    try (Network network = Network.open(folder, ONE_THREAD);
        ExecutorService workers = Executors.newFixedThreadPool(4)) {
      List<Layer> layers = List.of(network.layer("penultimate"));
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        alone.add(network.run(noise(i, 32, 48), layers).layers().getFirst().cells());
      }
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int seed = i % 6;
        together.add(
            workers.submit(
                () -> network.run(noise(seed, 32, 48), layers).layers().getFirst().cells()));
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).containsExactly(alone.get(i % 6));
      }
    }
  }

  @Test
  void aSweepOverAllLayersWorksThoughFewSessionsAreKept() {
    SmallNetworks.segmentation(folder, 9);
    Picture picture = noise(1, 32, 48);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      for (Layer layer : network.layers()) {
        FeatureMap map = network.run(picture, List.of(layer)).layers().getFirst();
        assertThat(List.of(map.rows(), map.columns(), map.channels()))
            .containsExactly(layer.rows(), layer.columns(), layer.channels());
      }
    }
  }

  @Test
  void aLayerMisspeltIsAnsweredWithThoseClose() {
    SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      assertThatThrownBy(() -> network.layer("mid.relo"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("mid.Relu");
      assertThatThrownBy(() -> network.layer("penultimat"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("penultimate");
      assertThat(network.layer("MID.relu").name()).isEqualTo("/mid/Relu_output_0");
    }
  }

  @Test
  void aCopyOpensAsTheOriginalDidWithItsOptions() throws IOException {
    SmallNetworks.freeSize(folder.resolve("original"), 7);
    NetworkOptions options =
        ONE_THREAD
            .withSize(24, 32)
            .withMean(List.of(0.4, 0.5, 0.6))
            .withClasses(List.of("a", "b", "c", "d"))
            .withIgnored(9);
    Picture picture = noise(1, 30, 40);
    Path copy = folder.resolve("copy");
    try (Network network = Network.open(folder.resolve("original"), options)) {
      network.copyTo(copy, "network.onnx");
      try (Network again = Network.open(copy, ONE_THREAD)) {
        assertThat(again.hash()).isEqualTo(network.hash()).hasSize(64);
        assertThat(again.output()).isEqualTo(network.output());
        assertThat(again.preprocessing()).isEqualTo(network.preprocessing());
        assertThat(again.run(picture, List.of()).output().cells())
            .containsExactly(network.run(picture, List.of()).output().cells());
      }
    }
    assertThat(Files.readString(copy.resolve("config.json"))).contains("\"a\"");
  }
}
