package org.compnn.network.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.number;
import static org.compnn.network.graph.GraphWriter.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.compnn.image.Picture;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Receptive fields as predicted from the graph against those seen when rows and columns of the
 * input are lit one by one. Weights are positive, so that no two influences cancel.
 */
final class GeometryOfNetworksTest {
  private static final int HEIGHT = Growth.HEIGHT;
  private static final int WIDTH = Growth.WIDTH;

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return Stream.of(
        named("convolution", g -> g.conv(3, 1, 1).conv(5, 1, 2)),
        named("convolution without padding", g -> g.conv(5, 1, 0).conv(3, 2, 0)),
        named("strides", g -> g.conv(4, 2, 1).conv(4, 2, 1).conv(3, 1, 1)),
        named(
            "dilation",
            g ->
                g.filter(
                        "Conv",
                        3,
                        ints("kernel_shape", 3, 3),
                        ints("dilations", 2, 3),
                        ints("pads", 2, 3, 2, 3))
                    .conv(3, 2, 1)),
        named(
            "padding worked out, odd one at the end",
            g -> g.filter("Conv", 4, ints("strides", 1, 1), text("auto_pad", "SAME_UPPER"))),
        named(
            "padding worked out, odd one at the beginning",
            g -> g.filter("Conv", 4, ints("strides", 2, 2), text("auto_pad", "SAME_LOWER"))),
        named(
            "pooling",
            g ->
                g.conv(3, 1, 1)
                    .then("MaxPool", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                    .then(
                        "AveragePool",
                        ints("kernel_shape", 3, 3),
                        ints("strides", 2, 2),
                        ints("pads", 1, 1, 1, 1))
                    .conv(3, 1, 1)),
        named("transposed convolution", g -> g.conv(4, 2, 1).conv(4, 2, 1).spread(4, 2, 1)),
        named(
            "transposed convolutions one after the other",
            g -> g.conv(4, 4, 0).spread(4, 2, 1).conv(3, 1, 1).spread(3, 2, 1)),
        named(
            "transposed convolution with its padding worked out",
            g -> g.conv(4, 4, 0).then("Relu").transposedTo(24, 28)),
        named(
            "upsampling by repetition, asymmetric",
            g ->
                g.conv(4, 4, 0)
                    .resize(
                        2,
                        text("mode", "nearest"),
                        text("coordinate_transformation_mode", "asymmetric"),
                        text("nearest_mode", "floor"))
                    .conv(3, 1, 1)),
        named(
            "upsampling by repetition, half pixel",
            g -> g.conv(4, 4, 0).resize(4, text("mode", "nearest")).conv(3, 1, 1)),
        named("bilinear upsampling", g -> g.conv(4, 4, 0).resize(2, text("mode", "linear"))),
        named(
            "bilinear upsampling with corners aligned",
            g ->
                g.conv(4, 4, 0)
                    .resize(
                        2,
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "align_corners"))),
        named(
            "bilinear upsampling by PyTorch",
            g ->
                g.conv(4, 4, 0)
                    .resize(
                        2,
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "pytorch_half_pixel"))
                    .conv(3, 1, 1)),
        named("cubic upsampling", g -> g.conv(4, 4, 0).resize(2, text("mode", "cubic"))),
        named("upsampling by a fraction", g -> g.conv(4, 4, 0).resize(1.5, text("mode", "linear"))),
        named("downsampling", g -> g.conv(3, 1, 1).resize(0.5, text("mode", "linear"))),
        named(
            "downsampling with a wider filter",
            g ->
                g.opset(18)
                    .conv(3, 1, 1)
                    .resize(0.5, text("mode", "linear"), number("antialias", 1))),
        named(
            "pixel shuffle",
            g ->
                g.conv(4, 4, 0)
                    .then("DepthToSpace", number("blocksize", 2))
                    .channels(1)
                    .conv(3, 1, 1)),
        named(
            "pixel unshuffle",
            g ->
                g.conv(3, 1, 1)
                    .then("SpaceToDepth", number("blocksize", 2))
                    .channels(16)
                    .conv(3, 1, 1)),
        named("zero padding", g -> g.conv(3, 2, 1).padded("constant", 2, 1).conv(3, 1, 0)),
        named("reflection", g -> g.conv(3, 2, 1).padded("reflect", 1, 1).conv(3, 1, 0)),
        named("crop", g -> g.conv(3, 2, 1).cropped(3, 20, 1).conv(3, 1, 1)),
        named("every second cell", g -> g.conv(3, 1, 1).cropped(1, 40, 2)),
        named("unpooling", Growth::pooledAndBack),
        named("skip", Growth::skipped),
        named("sum of branches", Growth::summed),
        named("channel shuffle", Growth::shuffled),
        named("softmax over channels", g -> g.conv(3, 2, 1).then("Softmax", number("axis", 1))),
        named("channels last and back", Growth::turned));
  }

  private static Arguments named(String name, Function<Growth, Growth> build) {
    return Arguments.of(name, build);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whatALayerSeesIsWhatChangesIt(String name, Function<Growth, Growth> build) {
    Path model = build.apply(new Growth(name.hashCode())).write(folder);
    try (Network network =
        Network.open(model, NetworkOptions.defaults().withSize(HEIGHT, WIDTH).withThreads(1))) {
      assertThat(network.layers()).isNotEmpty();
      int tight = compare(network);
      // Each layer of each case is small against the picture: its bounds must be reached. Only
      // unpooling puts a value in one of four places, by the picture, and not all are seen here.
      int missed = name.equals("unpooling") ? 6 : 0;
      assertThat(tight)
          .as("bounds that are reached")
          .isEqualTo(4 * network.layers().size() - missed);
    }
  }

  /** Checks that nothing is seen from outside the fields; returns how many bounds are reached. */
  static int compare(Network network) {
    List<Layer> layers = network.layers();
    Activations dark = network.run(Picture.black(HEIGHT, WIDTH), layers);
    BitSet[][] rows = new BitSet[layers.size()][];
    BitSet[][] columns = new BitSet[layers.size()][];
    for (int l = 0; l < layers.size(); l++) {
      rows[l] = sets(layers.get(l).rows());
      columns[l] = sets(layers.get(l).columns());
    }
    for (int y = 0; y < HEIGHT; y++) {
      Activations lit = network.run(line(y, -1), layers);
      for (int l = 0; l < layers.size(); l++) {
        note(dark.layers().get(l), lit.layers().get(l), rows[l], y, true);
      }
    }
    for (int x = 0; x < WIDTH; x++) {
      Activations lit = network.run(line(-1, x), layers);
      for (int l = 0; l < layers.size(); l++) {
        note(dark.layers().get(l), lit.layers().get(l), columns[l], x, false);
      }
    }
    int tight = 0;
    for (int l = 0; l < layers.size(); l++) {
      tight += reached(layers.get(l).name() + " rows", layers.get(l).vertical(), rows[l], HEIGHT);
      tight +=
          reached(layers.get(l).name() + " columns", layers.get(l).horizontal(), columns[l], WIDTH);
    }
    return tight;
  }

  private static BitSet[] sets(int count) {
    BitSet[] sets = new BitSet[count];
    Arrays.setAll(sets, i -> new BitSet());
    return sets;
  }

  private static Picture line(int row, int column) {
    Picture picture = Picture.black(HEIGHT, WIDTH);
    for (int p = 0; p < HEIGHT * WIDTH; p++) {
      if (p / WIDTH == row || p % WIDTH == column) {
        Arrays.fill(picture.rgb(), p * 3, p * 3 + 3, (byte) 255);
      }
    }
    return picture;
  }

  private static void note(
      FeatureMap dark, FeatureMap lit, BitSet[] seen, int pixel, boolean rows) {
    for (int i = 0; i < dark.cells().length; i++) {
      if (dark.cells()[i] != lit.cells()[i]) {
        int cell = i / dark.channels();
        seen[rows ? cell / dark.columns() : cell % dark.columns()].set(pixel);
      }
    }
  }

  /** Of the two bounds, how many some cell reaches. */
  private static int reached(String layer, Geometry geometry, BitSet[] seen, int pixels) {
    boolean low = false;
    boolean high = false;
    for (int i = 0; i < seen.length; i++) {
      double centre = geometry.origin() + i * geometry.stride();
      double from = centre - geometry.before();
      double to = centre + geometry.after();
      if (!seen[i].isEmpty()) {
        int first = seen[i].nextSetBit(0);
        int last = seen[i].length() - 1;
        assertThat((double) first).as("%s, cell %d", layer, i).isGreaterThanOrEqualTo(from - 1e-6);
        assertThat(last + 1.0).as("%s, cell %d", layer, i).isLessThanOrEqualTo(to + 1e-6);
        low |= Math.abs(first - from) < 1e-6;
        high |= Math.abs(last + 1 - to) < 1e-6;
      }
    }
    assertThat(geometry.cells()).isEqualTo(seen.length);
    assertThat(pixels).isGreaterThan(0);
    return (low ? 1 : 0) + (high ? 1 : 0);
  }
}
