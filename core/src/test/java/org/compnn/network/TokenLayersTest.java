package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.number;
import static org.compnn.network.graph.GraphWriter.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.image.Picture;
import org.compnn.network.graph.GraphWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that keep their cells as tokens, in windows or moved round. */
final class TokenLayersTest {
  private static final int ROWS = 4;
  private static final int COLUMNS = 6;
  private static final int WIDTH = 8;
  private static final String SCORES = "{\"task\": \"image-segmentation\"}";

  @TempDir Path folder;

  private final GraphWriter w = GraphWriter.random(21);

  @Test
  void tokensAreCellsWithoutTheirClassToken() {
    String patches = patches();
    String tokens = tokens(patches);
    String withClass = w.node("Concat", "", List.of(w.weight(1, 1, 1, WIDTH), tokens), axis(1));
    String positions = w.node("Add", "", List.of(withClass, w.constant(new double[] {0}, 1)));
    try (Network network = open(scores(sliced(positions, 1, 1 + ROWS * COLUMNS)))) {
      same(network, patches, tokens);
      same(network, patches, withClass);
      same(network, patches, positions);
      Layer layer = network.layer(withClass);
      assertThat(layer.vertical().stride()).isEqualTo(8);
      assertThat(layer.horizontal().receptiveField()).isEqualTo(8);
      assertThat(network.layer("penultimate").channels()).isEqualTo(WIDTH);
    }
  }

  @Test
  void attentionKeepsEachTokenInItsPlaceAndSeesAll() {
    String tokens = tokens(patches());
    String withClass = w.node("Concat", "", List.of(w.weight(1, 1, 1, WIDTH), tokens), axis(1));
    String block = attended("block", withClass, 1 + ROWS * COLUMNS);
    String last = w.node("LayerNormalization", "last", List.of(block, w.weight(1, WIDTH)));
    String head = w.node("MatMul", "head", List.of(last, w.weight(1, WIDTH, 5)));
    String turned = w.node("Transpose", "", List.of(sliced(head, 1, 25)), ints("perm", 0, 2, 1));
    String grid = w.node("Reshape", "", List.of(turned, w.whole(1, 5, ROWS, COLUMNS)));
    enlarged(grid);
    try (Network network = open(w)) {
      Layer layer = network.layer("penultimate");
      assertThat(layer.name()).isEqualTo(last);
      assertThat(network.layer("bottleneck").name()).isEqualTo(last);
      assertThat(layer.rows()).isEqualTo(ROWS);
      assertThat(layer.columns()).isEqualTo(COLUMNS);
      assertThat(layer.vertical().stride()).isEqualTo(8);
      assertThat(layer.vertical().receptiveField()).isInfinite();
      assertThat(network.layer(block).cells()).isEqualTo(ROWS * COLUMNS);
      assertThat(network.layers())
          .extracting(Layer::name)
          .doesNotContain("/block/MatMul_3_output_0", head.replace("head", "none"));
      // The scores of each token are those of its place in the picture.
      same(network, grid, head);
    }
  }

  @Test
  void whatAttentionComparesIsNoLayer() {
    String tokens = tokens(patches());
    String keys = w.node("Transpose", "", List.of(tokens), ints("perm", 0, 2, 1));
    String weights = w.node("Softmax", "", List.of(w.node("MatMul", "", List.of(tokens, keys))));
    String mixed = w.node("MatMul", "mix", List.of(weights, tokens));
    try (Network network = open(scores(mixed))) {
      assertThat(network.layers()).extracting(Layer::name).contains(mixed).doesNotContain(weights);
      assertThat(network.layer(mixed).vertical().receptiveField()).isInfinite();
    }
  }

  @Test
  void windowsArePutBackWhereTheyWere() {
    String patches = patches();
    String last = w.node("Transpose", "", List.of(patches), ints("perm", 0, 2, 3, 1));
    String windows = windowed(last);
    String mixed = w.node("MatMul", "mix", List.of(windows, w.weight(1, WIDTH, WIDTH)));
    String whole = w.node("MatMul", "mix", List.of(last, w.weight(0, WIDTH, WIDTH)));
    String back = unwindowed(mixed);
    String sum = w.node("Add", "", List.of(back, whole));
    try (Network network = open(scores(sum))) {
      same(network, patches, windows);
      same(network, sum, mixed);
      assertThat(network.layer(mixed).vertical().stride()).isEqualTo(8);
      assertThat(network.layer(mixed).vertical().receptiveField()).isEqualTo(8);
    }
  }

  @Test
  void windowsThatWereMovedRoundArePutBackToo() {
    String patches = patches();
    String last = w.node("Transpose", "", List.of(patches), ints("perm", 0, 2, 3, 1));
    String rolled = rolled(rolled(last, 1, 1, ROWS), 2, 2, COLUMNS);
    String windows = windowed(rolled);
    String mixed = w.node("MatMul", "mix", List.of(windows, w.weight(1, WIDTH, WIDTH)));
    String back = rolled(rolled(unwindowed(mixed), 1, ROWS - 1, ROWS), 2, COLUMNS - 2, COLUMNS);
    String sum = w.node("Add", "", List.of(back, last));
    try (Network network = open(scores(sum))) {
      same(network, patches, rolled);
      same(network, patches, windows);
      same(network, back, mixed);
    }
  }

  @Test
  void rowsThatAreGatheredRoundAreMovedRound() {
    String patches = patches();
    String last = w.node("Transpose", "", List.of(patches), ints("perm", 0, 2, 3, 1));
    String rolled = w.node("Gather", "", List.of(last, w.whole(3, 0, 1, 2)), axis(1));
    String back = w.node("Gather", "", List.of(rolled, w.whole(1, 2, 3, 0)), axis(1));
    try (Network network = open(scores(back))) {
      same(network, patches, rolled);
      same(network, patches, back);
    }
  }

  @Test
  void patchesThatAreFoldedIntoChannelsAreCells() {
    String picture = w.input("input", 1, 3, ROWS * 8, COLUMNS * 8);
    String apart = w.node("Reshape", "", List.of(picture, w.whole(1, 3, ROWS, 8, COLUMNS, 8)));
    String turned = w.node("Transpose", "", List.of(apart), ints("perm", 0, 2, 4, 3, 5, 1));
    String flat = w.node("Reshape", "", List.of(turned, w.whole(1, ROWS * COLUMNS, 192)));
    String mixed = w.node("MatMul", "mix", List.of(flat, w.weight(0.1, 192, WIDTH)));
    try (Network network = open(scores(mixed))) {
      Layer layer = network.layer(mixed);
      assertThat(layer.rows()).isEqualTo(ROWS);
      assertThat(layer.columns()).isEqualTo(COLUMNS);
      assertThat(layer.vertical().stride()).isEqualTo(8);
      assertThat(layer.vertical().origin()).isEqualTo(4);
      assertThat(layer.vertical().receptiveField()).isEqualTo(8);
      seesOnlyItsPatch(network, layer);
    }
  }

  @Test
  void aNetworkThatIsCutAtTokensGoesOnAsBefore() {
    String tokens = tokens(patches());
    String withClass = w.node("Concat", "", List.of(w.weight(1, 1, 1, WIDTH), tokens), axis(1));
    String block = attended("block", withClass, 1 + ROWS * COLUMNS);
    try (Network network = open(scores(sliced(block, 1, 1 + ROWS * COLUMNS)))) {
      Picture one = noise(1);
      Picture other = noise(2);
      Layer at = network.layer(withClass);
      float[] expected = network.run(other, List.of()).output().cells();
      try (Tail tail = network.tail(at)) {
        assertThat(tail.run(tail.state(other)).output().cells()).isEqualTo(expected);
        // Another picture's cells in the place of its own: the class token is the same for all.
        TailState state = tail.state(one).with(at, tail.state(other).cells(at));
        assertThat(tail.run(state).output().cells()).isEqualTo(expected);
      }
    }
  }

  /** The convolution that makes patches of 8 x 8 pixels. */
  private String patches() {
    String input = w.input("input", 1, 3, ROWS * 8, COLUMNS * 8);
    return w.conv("patches", input, 3, WIDTH, 8, 8, 0);
  }

  private String tokens(String grid) {
    String flat = w.node("Reshape", "", List.of(grid, w.whole(1, WIDTH, -1)));
    return w.node("Transpose", "", List.of(flat), ints("perm", 0, 2, 1));
  }

  private static org.compnn.network.onnx.AttributeProto axis(long axis) {
    return number("axis", axis);
  }

  private String sliced(String tokens, long from, long to) {
    return w.node("Slice", "", List.of(tokens, w.whole(from), w.whole(to), w.whole(1)));
  }

  /** Attention with two heads, added to what it reads. */
  private String attended(String name, String tokens, int count) {
    String queries = heads(name, tokens, count, 0, 2, 1, 3);
    String keys = heads(name, tokens, count, 0, 2, 3, 1);
    String values = heads(name, tokens, count, 0, 2, 1, 3);
    String scores = w.node("MatMul", name, List.of(queries, keys));
    String weights = w.node("Softmax", name, List.of(scores));
    String mixed = w.node("MatMul", name, List.of(weights, values));
    String turned = w.node("Transpose", name, List.of(mixed), ints("perm", 0, 2, 1, 3));
    String joined = w.node("Reshape", name, List.of(turned, w.whole(1, count, WIDTH)));
    return w.node("Add", name, List.of(tokens, joined));
  }

  private String heads(String name, String tokens, int count, long... order) {
    String mixed = w.node("MatMul", name, List.of(tokens, w.weight(0.5, WIDTH, WIDTH)));
    String apart = w.node("Reshape", name, List.of(mixed, w.whole(1, count, 2, WIDTH / 2)));
    return w.node("Transpose", name, List.of(apart), ints("perm", order));
  }

  /** Windows of 2 x 2 cells. */
  private String windowed(String last) {
    long[] parts = {1, ROWS / 2, 2, COLUMNS / 2, 2, WIDTH};
    String apart = w.node("Reshape", "", List.of(last, w.whole(parts)));
    String turned = w.node("Transpose", "", List.of(apart), ints("perm", 0, 1, 3, 2, 4, 5));
    return w.node("Reshape", "", List.of(turned, w.whole(-1, 4, WIDTH)));
  }

  private String unwindowed(String windows) {
    long[] parts = {1, ROWS / 2, COLUMNS / 2, 2, 2, WIDTH};
    String apart = w.node("Reshape", "", List.of(windows, w.whole(parts)));
    String turned = w.node("Transpose", "", List.of(apart), ints("perm", 0, 1, 3, 2, 4, 5));
    return w.node("Reshape", "", List.of(turned, w.whole(1, ROWS, COLUMNS, WIDTH)));
  }

  private String rolled(String tensor, long axis, long by, long size) {
    String end = w.node("Slice", "", List.of(tensor, w.whole(by), w.whole(size), w.whole(axis)));
    String start = w.node("Slice", "", List.of(tensor, w.whole(0), w.whole(by), w.whole(axis)));
    return w.node("Concat", "", List.of(end, start), axis(axis));
  }

  /** A head over tokens or a grid with the channels last. */
  private GraphWriter scores(String tensor) {
    String flat = w.node("Reshape", "", List.of(tensor, w.whole(1, ROWS * COLUMNS, WIDTH)));
    String head = w.node("MatMul", "head", List.of(flat, w.weight(1, WIDTH, 5)));
    String turned = w.node("Transpose", "", List.of(head), ints("perm", 0, 2, 1));
    enlarged(w.node("Reshape", "", List.of(turned, w.whole(1, 5, ROWS, COLUMNS))));
    return w;
  }

  private void enlarged(String scores) {
    String scales = w.constant(new double[] {1, 1, 8, 8}, 4);
    w.named("scores", "Resize", List.of(scores, "", scales), text("mode", "linear"));
    w.output("scores", 1, 5, ROWS * 8, COLUMNS * 8);
  }

  private Network open(GraphWriter writer) {
    Path model = SmallNetworks.write(folder, writer.model(), "{}", SCORES);
    return Network.open(model, NetworkOptions.defaults().withThreads(1));
  }

  private static Picture noise(long seed) {
    Picture picture = Picture.black(ROWS * 8, COLUMNS * 8);
    new Random(seed).nextBytes(picture.rgb());
    return picture;
  }

  /** Two tensors hold the same cells in the same places. */
  private static void same(Network network, String one, String other) {
    List<Layer> layers = List.of(network.layer(one), network.layer(other));
    Activations seen = network.run(noise(3), layers);
    assertThat(layers.getLast().rows()).isEqualTo(ROWS);
    assertThat(layers.getLast().columns()).isEqualTo(COLUMNS);
    assertThat(seen.layers().getLast().cells())
        .as("%s as %s", other, one)
        .hasSize(seen.layers().getFirst().cells().length)
        .containsExactly(
            seen.layers().getFirst().cells(), org.assertj.core.data.Offset.offset(1e-6f));
  }

  private static void seesOnlyItsPatch(Network network, Layer layer) {
    float[] dark =
        network
            .run(Picture.black(ROWS * 8, COLUMNS * 8), List.of(layer))
            .layers()
            .getFirst()
            .cells();
    Picture lit = Picture.black(ROWS * 8, COLUMNS * 8);
    for (int y = 8; y < 16; y++) {
      for (int x = 16; x < 24; x++) {
        lit.rgb()[(y * COLUMNS * 8 + x) * 3] = (byte) 255;
      }
    }
    float[] seen = network.run(lit, List.of(layer)).layers().getFirst().cells();
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      boolean changed = false;
      for (int c = 0; c < WIDTH; c++) {
        changed |= dark[cell * WIDTH + c] != seen[cell * WIDTH + c];
      }
      assertThat(changed).as("cell %d", cell).isEqualTo(cell == COLUMNS + 2);
    }
  }
}
