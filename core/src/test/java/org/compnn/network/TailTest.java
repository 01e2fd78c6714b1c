package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.network.NetworkTest.noise;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TailTest {
  private static final NetworkOptions ONE_THREAD = NetworkOptions.defaults().withThreads(1);

  @TempDir Path folder;

  private static void aCutAnywhereChangesNothing(
      Network network, List<Layer> layers, Picture picture) {
    FeatureMap expected = network.run(picture, List.of()).output();
    for (Layer layer : layers) {
      try (Tail tail = network.tail(layer)) {
        TailState state = tail.state(picture);
        assertThat(tail.crossing().getFirst().tensor()).isEqualTo(layer.name());
        float[] found = tail.run(state).output().cells();
        // ONNX Runtime rounds a batch norm differently where what it reads is exposed.
        float difference = layer.name().equals("/mid/Conv_output_0") ? 1e-6f : 0;
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i])
              .as(layer.name())
              .isCloseTo(expected.cells()[i], Offset.offset(difference));
        }
      }
    }
  }

  @Test
  void headAndTailTogetherGiveTheNetworksOwnOutputAtEveryLayer() {
    SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      aCutAnywhereChangesNothing(network, network.layers(), noise(2, 32, 48));
    }
  }

  @Test
  void soDoThoseOfAnImageNetwork() {
    SmallNetworks.image(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      aCutAnywhereChangesNothing(network, network.layers(), noise(2, 32, 48));
    }
  }

  @Test
  void soDoThoseOfANetworkWithTheChannelsLast() {
    SmallNetworks.channelsLast(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      aCutAnywhereChangesNothing(network, network.layers(), noise(2, 32, 48));
    }
  }

  @Test
  void skipsCrossTheCutAsLayers() {
    SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD);
        Tail tail = network.tail(network.layer("bottleneck"))) {
      assertThat(tail.crossing())
          .extracting(Crossing::tensor)
          .containsExactlyInAnyOrder(
              "/mid/BatchNormalization_output_0", "/enc.0/Relu_output_0", "/enc.1/Relu_output_0");
      assertThat(tail.crossing()).allMatch(c -> c.layer().isPresent());
    }
  }

  @Test
  void replacedActivationsChangeTheOutputWhereTheyAre() {
    SmallNetworks.segmentation(folder, 1);
    Picture picture = noise(2, 32, 48);
    Picture other = noise(3, 32, 48);
    try (Network network = Network.open(folder, ONE_THREAD)) {
      Layer layer = network.layer("penultimate");
      FeatureMap own = network.run(picture, List.of(layer)).layers().getFirst();
      FeatureMap foreign = network.run(other, List.of(layer)).layers().getFirst();
      float[] mixed = own.cells().clone();
      int half = mixed.length / 2;
      System.arraycopy(foreign.cells(), 0, mixed, 0, half);
      try (Tail tail = network.tail(layer)) {
        TailState state = tail.state(picture).with(layer, new FeatureMap(32, 48, 12, mixed));
        LabelMap result = (LabelMap) tail.run(state).prediction();
        LabelMap above = (LabelMap) network.run(other, List.of()).prediction();
        LabelMap below = (LabelMap) network.run(picture, List.of()).prediction();
        for (int i = 0; i < 32 * 48; i++) {
          byte expected = i < 16 * 48 ? above.classes()[i] : below.classes()[i];
          assertThat(result.classes()[i]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void activationsOfAnotherShapeAreRefused() {
    SmallNetworks.segmentation(folder, 1);
    try (Network network = Network.open(folder, ONE_THREAD);
        Tail tail = network.tail(network.layer("penultimate"))) {
      TailState state = tail.state(noise(2, 32, 48));
      assertThatThrownBy(() -> state.with(tail.at(), new FeatureMap(1, 1, 1, new float[1])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
