package org.compnn.network;

import static org.compnn.network.graph.GraphWriter.ints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.ModelProto;

/**
 * Small networks with seeded random weights for tests, written as {@code model.onnx} with both JSON
 * files beside it. Each method returns the folder, made if need be, which {@link Network#open}
 * takes. Pictures are 32 rows by 48 columns.
 */
public final class SmallNetworks {
  public static final int HEIGHT = 32;
  public static final int WIDTH = 48;
  public static final int CLASSES = 4;

  private static final String SEGMENTATION =
      """
      {"task": "image-segmentation",
       "id2label": {"0": "wall", "1": "window", "2": "door", "3": "roof"},
       "semantic_loss_ignore_index": 255}
      """;

  private static final String PREPROCESSOR =
      """
      {"do_resize": true, "size": {"height": 32, "width": 48}, "resample": 2,
       "do_rescale": true, "rescale_factor": 0.00392156862745098,
       "do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.25, 0.25, 0.25]}
      """;

  private static final String FREE =
      """
      {"do_rescale": true, "rescale_factor": 0.00392156862745098,
       "do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.25, 0.25, 0.25]}
      """;

  private SmallNetworks() {}

  /**
   * Four classes; three levels with skips. Its bottleneck has 8 x 12 cells of 16 channels, its
   * penultimate layer 32 x 48 cells of 12.
   */
  public static Path segmentation(Path folder, long seed) {
    GraphWriter w = GraphWriter.random(seed);
    String logits = segmentation(w, w.input("pixel_values", -1, 3, HEIGHT, WIDTH));
    w.named("logits", "Identity", List.of(logits));
    w.output("logits", -1, CLASSES, HEIGHT, WIDTH);
    return write(folder, w.model(), PREPROCESSOR, SEGMENTATION);
  }

  /** The same with the channels last: (batch, rows, columns, channels) in and out. */
  public static Path channelsLast(Path folder, long seed) {
    GraphWriter w = GraphWriter.random(seed);
    String input = w.input("pixels", 1, HEIGHT, WIDTH, 3);
    String first = w.node("Transpose", "", List.of(input), ints("perm", 0, 3, 1, 2));
    String logits = segmentation(w, first);
    w.named("scores", "Transpose", List.of(logits), ints("perm", 0, 2, 3, 1));
    w.output("scores", 1, HEIGHT, WIDTH, CLASSES);
    return write(folder, w.model(), PREPROCESSOR, SEGMENTATION);
  }

  /**
   * The same with free batch, rows and columns (multiples of 4), and no size in its files: open it
   * with {@link NetworkOptions#withSize}.
   */
  public static Path freeSize(Path folder, long seed) {
    GraphWriter w = GraphWriter.random(seed);
    String logits = segmentation(w, w.input("pixel_values", -1, 3, -1, -1));
    w.named("logits", "Identity", List.of(logits));
    w.output("logits", -1, CLASSES, -1, -1);
    return write(folder, w.model(), FREE, SEGMENTATION);
  }

  /** A picture to a picture: a small Pix2Pix U-Net, three levels of stride 2, tanh. */
  public static Path image(Path folder, long seed) {
    GraphWriter w = GraphWriter.random(seed);
    String input = w.input("input", -1, 3, HEIGHT, WIDTH);
    String e1 = w.conv("e1", input, 3, 8, 4, 2, 1);
    String e2 = w.conv("e2", w.node("LeakyRelu", "e2", List.of(e1)), 8, 12, 4, 2, 1);
    String e3 = w.conv("e3", w.node("LeakyRelu", "e3", List.of(e2)), 12, 16, 4, 2, 1);
    String d3 = w.convTranspose("d3", w.relu("d3", e3), 16, 12, 4, 2, 1);
    String joined3 = w.concat("", w.batchNormalization("d3", d3, 12), e2);
    String d2 = w.convTranspose("d2", w.relu("d2", joined3), 24, 8, 4, 2, 1);
    String joined2 = w.concat("", w.batchNormalization("d2", d2, 8), e1);
    String out = w.convTranspose("out", w.relu("out", joined2), 16, 3, 4, 2, 1);
    w.named("output", "Tanh", List.of(out));
    w.output("output", -1, 3, HEIGHT, WIDTH);
    String config = "{\"task\": \"image-to-image\", \"output_range\": [-1, 1]}";
    return write(folder, w.model(), PREPROCESSOR, config);
  }

  private static String segmentation(GraphWriter w, String input) {
    String e1 = w.relu("enc.0", w.conv("enc.0", input, 3, 8, 3, 1));
    String e2 = w.relu("enc.1", w.conv("enc.1", w.maxPool("enc.0", e1, 2), 8, 12, 3, 1));
    String deep = w.conv("mid", w.maxPool("enc.1", e2, 2), 12, 16, 3, 1);
    String mid = w.relu("mid", w.batchNormalization("mid", deep, 16));
    String d1 = w.relu("dec.0", w.conv("dec.0", w.twice("dec.0", mid), 16, 12, 3, 1));
    String d0 = w.convTranspose("dec.1", w.concat("", d1, e2), 24, 8, 2, 2, 0);
    String last = w.relu("dec.2", w.conv("dec.2", w.concat("", d0, e1), 16, 12, 3, 1));
    return w.conv("head", last, 12, CLASSES, 1, 1);
  }

  /** Writes a model and its two files. */
  public static Path write(Path folder, ModelProto model, String preprocessor, String config) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("model.onnx"), model.toByteArray());
      Files.writeString(folder.resolve("preprocessor_config.json"), preprocessor);
      Files.writeString(folder.resolve("config.json"), config);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
