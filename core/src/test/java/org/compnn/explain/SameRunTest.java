package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.network.graph.GraphWriter.ints;
import static org.compnn.network.graph.GraphWriter.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.TensorProto;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SameRunTest {
  private static final int SIZE = 32;
  private static final String CONFIG = "{\"task\": \"image-segmentation\"}";
  private static final String PREPROCESSOR = "{\"size\": {\"height\": 32, \"width\": 32}}";

  @TempDir private Path folder;

  private static String cast(GraphWriter w, String block, String tensor, TensorProto.DataType to) {
    return w.node("Cast", block, List.of(tensor), number("to", to.getNumber()));
  }

  private static String half(GraphWriter w, String block, String tensor) {
    return cast(w, block, tensor, TensorProto.DataType.FLOAT16);
  }

  /**
   * Tokens in half precision: ONNX Runtime adds the bias while it multiplies, and rounds once,
   * where nobody looks at the product.
   */
  private Path network() {
    GraphWriter w = GraphWriter.random(5);
    String patches = w.conv("patches", w.input("picture", 1, 3, SIZE, SIZE), 3, 24, 4, 4, 0);
    String flat = w.node("Reshape", "flat", List.of(patches, w.whole(1, 24, 64)));
    String turned = w.node("Transpose", "tokens", List.of(flat), ints("perm", 0, 2, 1));
    String tokens = half(w, "in", turned);
    w.named("product", "MatMul", List.of(tokens, half(w, "w1", w.weight(1, 24, 48))));
    String wide = w.node("Add", "wide", List.of("product", half(w, "b1", w.weight(1, 48))));
    String again = w.node("MatMul", "again", List.of(wide, half(w, "w2", w.weight(1, 48, 16))));
    w.named("read", "Add", List.of(again, half(w, "b2", w.weight(1, 16))));
    String scores = w.node("MatMul", "head", List.of("read", half(w, "w3", w.weight(1, 16, 3))));
    String single = cast(w, "out", scores, TensorProto.DataType.FLOAT);
    String back = w.node("Transpose", "back", List.of(single), ints("perm", 0, 2, 1));
    w.named("scores", "Reshape", List.of(back, w.whole(1, 3, 8, 8)));
    w.output("scores", 1, 3, 8, 8);
    return SmallNetworks.write(folder.resolve("net"), w.model(), PREPROCESSOR, CONFIG);
  }

  @Test
  void aTrainingPictureMatchesItselfHoweverManyLayersAreLookedAt() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    for (int i = 0; i < 3; i++) {
      byte[] rgb = new byte[SIZE * SIZE * 3];
      new Random(i).nextBytes(rgb);
      Files.write(data.resolve(i + ".png"), PictureFile.png(new Picture(SIZE, SIZE, rgb)));
    }
    Path database = folder.resolve("db");
    try (Network network = Network.open(network(), NetworkOptions.defaults().withThreads(1))) {
      Dataset pairs = Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
      Index.of(network, pairs).layers("product", "read").write(database);
    }
    try (CompNN compnn = CompNN.open(database)) {
      Query query = Query.of("1", PictureFile.read(data.resolve("1.png")));
      for (String layer : List.of("product", "read")) {
        Options options = Options.defaults().layer(layer);
        CellStore cells = compnn.cells(options);
        FeatureMap activations = compnn.run(query, List.of(cells)).layer(cells);
        // The search alone: a run knows a training picture by its pixels.
        Field field =
            new ExactSearch(cells, compnn.workers(), Progress.NONE)
                .find(activations, new SearchSettings(1, Distance.L2, 1, Selection.all(3)))
                .field();
        assertThat(field.distance()).as(layer).containsOnly(0);
      }
    }
  }
}
