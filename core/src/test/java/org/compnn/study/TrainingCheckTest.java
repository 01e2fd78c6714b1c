package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingCheckTest {
  private static final int SIDE = 8;

  @TempDir Path folder;

  /**
   * Scores that are the three channels themselves after a bend: red, green or blue wins. With
   * numbers from 0 on, all are equal at 1, and the first wins everywhere.
   */
  private NetworkOptions colours(String preprocessor) {
    GraphWriter w = GraphWriter.random(1);
    String input = w.input("pixel_values", 1, 3, SIDE, SIDE);
    String bent = w.node("HardSigmoid", "head", List.of(w.node("Neg", "body", List.of(input))));
    w.named("logits", "Neg", List.of(bent));
    w.output("logits", 1, 3, SIDE, SIDE);
    SmallNetworks.write(
        folder,
        w.model(),
        preprocessor,
        """
        {"task": "image-segmentation", "id2label": {"0": "red", "1": "green", "2": "blue"}}
        """);
    return NetworkOptions.defaults().withThreads(1);
  }

  private record Made(String id, Content read) implements Pair {
    @Override
    public List<String> tags() {
      return List.of();
    }
  }

  /** Pictures of coloured stripes, and which channel is the brightest. */
  private static Dataset stripes(boolean targets) {
    List<Pair> pairs = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      byte[] rgb = new byte[SIDE * SIDE * 3];
      byte[] classes = new byte[SIDE * SIDE];
      for (int i = 0; i < SIDE * SIDE; i++) {
        // Half of all pixels are green.
        int brightest = i % 4 == 0 ? 0 : i % 4 == 1 ? 2 : 1;
        Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) 150);
        rgb[3 * i + brightest] = (byte) 220;
        classes[i] = (byte) brightest;
      }
      Optional<Raster> target =
          targets ? Optional.of(new LabelMap(SIDE, SIDE, classes)) : Optional.empty();
      pairs.add(new Made("p" + number, new Pair.Content(new Picture(SIDE, SIDE, rgb), target)));
    }
    return new Dataset("stripes", pairs, List.of(), false);
  }

  @Test
  void aNetworkFedAsItShouldBeLooksRight() {
    NetworkOptions options =
        colours("{\"rescale_factor\": 0.00392156862745098, \"do_normalize\": false}");
    try (Network network = Network.open(folder, options)) {
      TrainingCheck check = TrainingCheck.of(network, stripes(true), 2).orElseThrow();
      assertThat(check.score()).isEqualTo(1);
      assertThat(check.constant()).isCloseTo(0.5, Offset.offset(1e-9));
      assertThat(check.pictures()).isEqualTo(5);
      assertThat(check.looksRight()).isTrue();
      assertThat(check.lines())
          .containsExactly("training accuracy 100 % (5 pictures): preprocessing looks right");
    }
  }

  @Test
  void aNetworkFedWithNumbersFarTooLargeIsToldAndWhatSuitsItBetter() {
    NetworkOptions options = colours("{\"rescale_factor\": 1, \"do_normalize\": false}");
    try (Network network = Network.open(folder, options)) {
      TrainingCheck check = TrainingCheck.of(network, stripes(true), 1).orElseThrow();
      assertThat(check.score()).isCloseTo(0.25, Offset.offset(1e-9));
      assertThat(check.looksRight()).isFalse();
      assertThat(check.lines().getFirst()).contains("25 %", "\"green\" everywhere (50 %)");
      assertThat(check.lines().getLast()).contains("100 % instead of 25 %", "looks wrong");
      TrainingCheck.Better better = check.better().orElseThrow();
      assertThat(better.how().scale()).isEqualTo(1.0 / 255);
    }
  }

  @Test
  void channelsTheWrongWayRoundAreFound() {
    NetworkOptions options =
        colours(
            """
            {"rescale_factor": 0.00392156862745098, "do_normalize": false,
             "do_flip_channel_order": true}
            """);
    try (Network network = Network.open(folder, options)) {
      TrainingCheck check = TrainingCheck.of(network, stripes(true), 1).orElseThrow();
      assertThat(check.score()).isCloseTo(0.5, Offset.offset(1e-9));
      assertThat(check.better().orElseThrow().how().flipped()).isFalse();
      assertThat(check.better().orElseThrow().name()).contains("exchanged");
    }
  }

  @Test
  void withoutTargetsThereIsNothingToMeasure() {
    NetworkOptions options = colours("{\"do_normalize\": false}");
    try (Network network = Network.open(folder, options)) {
      assertThat(TrainingCheck.of(network, stripes(false), 1)).isEmpty();
    }
  }
}
