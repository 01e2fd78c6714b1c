package org.compnn.network.geometry;

import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.text;

import java.nio.file.Path;
import java.util.Random;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receptive fields of networks that nobody drew, as {@link GeometryOfNetworksTest} checks them. */
@Tag("fuzz")
final class RandomNetworksIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatALayerOfARandomNetworkSeesHoldsAllThatChangesIt(long seed) {
    Random random = new Random(seed);
    Growth g = new Growth(seed);
    int stride = 1;
    for (int i = 0; i < 5; i++) {
      switch (random.nextInt(7)) {
        case 0 -> g.conv(3, 1, 1);
        case 1 -> g.conv(1 + random.nextInt(5), 1, random.nextInt(2));
        case 2 -> {
          if (stride < 8) {
            g.conv(2 + random.nextInt(3), 2, random.nextInt(2));
            stride *= 2;
          }
        }
        case 3 -> {
          if (stride < 8) {
            g.then("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2));
            stride *= 2;
          }
        }
        case 4 -> g.spread(2 + random.nextInt(3), 2, random.nextInt(2));
        case 5 -> g.resize(random.nextBoolean() ? 2 : 1.5, text("mode", "linear"));
        default -> g.then("Relu");
      }
    }
    Path model = g.write(folder);
    try (Network network =
        Network.open(
            model,
            NetworkOptions.defaults().withSize(Growth.HEIGHT, Growth.WIDTH).withThreads(1))) {
      GeometryOfNetworksTest.compare(network);
    }
  }
}
