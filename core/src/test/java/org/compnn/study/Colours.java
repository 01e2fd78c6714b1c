package org.compnn.study;

import static org.compnn.network.graph.GraphWriter.ints;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;

/**
 * Networks whose activations are the colours of the picture, so that every right answer is known by
 * hand. Pictures are 16 x 16 pixels of 4 x 4 blocks of one shade each; the bottleneck's 4 x 4 cells
 * hold the shade of a block each, the penultimate layer's 16 x 16 cells that of a pixel, all of
 * 0..1. A labeller gives the class of the strongest channel, a painter the picture again.
 */
public final class Colours {
  public static final int SIDE = 16;
  public static final int RED = 0;
  public static final int GREEN = 1;
  public static final int BLUE = 2;
  public static final Palette PALETTE =
      new Palette(
          List.of("red", "green", "blue"),
          List.of(0xff0000, 0x00ff00, 0x0000ff),
          OptionalInt.empty());

  private static final int BLOCKS = 4;
  private static final int BLOCK = SIDE / BLOCKS;
  private static final String PREPROCESSOR =
      """
      {"do_resize": true, "size": {"height": 16, "width": 16},
       "do_rescale": true, "rescale_factor": 0.00392156862745098}
      """;
  private static final String LABELLER =
      """
      {"task": "image-segmentation", "id2label": {"0": "red", "1": "green", "2": "blue"}}
      """;
  private static final String PAINTER =
      """
      {"task": "image-to-image", "output_range": [0, 1]}
      """;

  private Colours() {}

  /** A database of a labeller with its penultimate layer and bottleneck, open. */
  public static CompNN labelled(Path folder, Pair... pairs) {
    return open(folder, LABELLER, pairs);
  }

  /** The same of a painter. */
  public static CompNN painted(Path folder, Pair... pairs) {
    return open(folder, PAINTER, pairs);
  }

  /** The labeller itself, opened. */
  public static Network labeller(Path folder) {
    return network(folder, LABELLER);
  }

  private static CompNN open(Path folder, String config, Pair... pairs) {
    Path database = folder.resolve("colours.db");
    try (Network network = network(folder.resolve("network"), config)) {
      Index.of(network, dataset(pairs))
          .layers("penultimate", "bottleneck")
          .elements(ElementType.FLOAT32)
          .palette(PALETTE)
          .threads(1)
          .write(database);
    }
    return CompNN.open(database);
  }

  private static Network network(Path folder, String config) {
    GraphWriter graph = GraphWriter.random(0);
    String input = graph.input("pixels", 1, 3, SIDE, SIDE);
    String deep = same(graph, "deep", graph.maxPool("", input, BLOCK));
    String wide = graph.twice("", graph.twice("", deep));
    String last = same(graph, "last", wide);
    graph.named("out", "Identity", List.of(same(graph, "head", last)));
    graph.output("out", 1, 3, SIDE, SIDE);
    return Network.open(
        SmallNetworks.write(folder, graph.model(), PREPROCESSOR, config),
        NetworkOptions.defaults().withThreads(1));
  }

  /** A convolution that gives its input again. */
  private static String same(GraphWriter graph, String block, String in) {
    String weights = graph.constant(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3, 1, 1);
    return graph.node("Conv", block, List.of(in, weights), ints("kernel_shape", 1, 1));
  }

  /**
   * A picture of these shades.
   *
   * @param shades 0xRRGGBB of each of the 16 blocks, row by row; what is missing at the end is as
   *     the last one
   */
  public static Picture picture(int... shades) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      int shade = ofBlock(shades, pixel);
      rgb[3 * pixel] = (byte) (shade >> 16);
      rgb[3 * pixel + 1] = (byte) (shade >> 8);
      rgb[3 * pixel + 2] = (byte) shade;
    }
    return new Picture(SIDE, SIDE, rgb);
  }

  /** A label map of the classes of blocks, given as the shades of {@link #picture} are. */
  public static LabelMap labels(int... classes) {
    byte[] labels = new byte[SIDE * SIDE];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      labels[pixel] = (byte) ofBlock(classes, pixel);
    }
    return new LabelMap(SIDE, SIDE, labels);
  }

  private static int ofBlock(int[] values, int pixel) {
    int block = pixel / SIDE / BLOCK * BLOCKS + pixel % SIDE / BLOCK;
    return values[Math.min(block, values.length - 1)];
  }

  /** The pixels of a block, each row x 16 + column, ascending. */
  public static int[] pixels(int block) {
    int first = block / BLOCKS * BLOCK * SIDE + block % BLOCKS * BLOCK;
    int[] pixels = new int[BLOCK * BLOCK];
    Arrays.setAll(pixels, i -> first + i / BLOCK * SIDE + i % BLOCK);
    return pixels;
  }

  /** A block, 0..15, of another shade or class than the rest. */
  public record At(int block, int value) {}

  public static At at(int block, int value) {
    return new At(block, value);
  }

  /** 16 shades or classes: this one everywhere but where others are said. */
  public static int[] all(int value, At... others) {
    int[] values = new int[BLOCKS * BLOCKS];
    Arrays.fill(values, value);
    for (At other : others) {
      values[other.block()] = other.value();
    }
    return values;
  }

  /** A shade whose three channels are these, 0..255 each. */
  public static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  public static int red(int level) {
    return rgb(level, 0, 0);
  }

  public static int green(int level) {
    return rgb(0, level, 0);
  }

  public static int blue(int level) {
    return rgb(0, 0, level);
  }

  /** A pair with its right output. */
  public static Pair pair(String id, Picture input, Raster target) {
    return new Known(id, List.of(), input, Optional.of(target));
  }

  /** A pair of which the right output is not known. */
  public static Pair pair(String id, Picture input) {
    return new Known(id, List.of(), input, Optional.empty());
  }

  /** A pair that cannot be read. */
  public static Pair broken(String id) {
    return new Broken(id);
  }

  public static Dataset dataset(Pair... pairs) {
    return new Dataset("colours", List.of(pairs), List.of(), false);
  }

  private record Known(String id, List<String> tags, Picture picture, Optional<Raster> right)
      implements Pair {
    @Override
    public Content read() {
      return new Content(picture, right);
    }
  }

  private record Broken(String id) implements Pair {
    @Override
    public List<String> tags() {
      return List.of();
    }

    @Override
    public Content read() {
      throw new UserError(id + " is broken");
    }
  }
}
