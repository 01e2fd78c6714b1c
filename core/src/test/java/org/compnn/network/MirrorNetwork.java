package org.compnn.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.network.graph.GraphWriter;
import org.compnn.network.onnx.ModelProto;

/** A network that gives its input back, so that a test sees what its input was. */
public final class MirrorNetwork {
  private MirrorNetwork() {}

  /** Rows and columns of -1 are free. */
  static ModelProto model(int rows, int columns) {
    GraphWriter w = GraphWriter.random(1);
    String input = w.input("pixel_values", 1, 3, rows, columns);
    w.named("mirrored", "Neg", List.of(w.node("Neg", "body", List.of(input))));
    w.output("mirrored", 1, 3, rows, columns);
    return w.model();
  }

  static Path write(Path folder, ModelProto model, String preprocessor) {
    SmallNetworks.write(
        folder, model, preprocessor, "{\"task\": \"image-to-image\", \"output_range\": [0, 1]}");
    if (preprocessor.isEmpty()) {
      try {
        Files.delete(folder.resolve("preprocessor_config.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  /** What a network of free size with such a file makes of a picture. */
  static Activations seen(Path folder, String preprocessor, Picture picture) {
    return seen(write(folder, model(-1, -1), preprocessor), picture, options -> options);
  }

  static Activations seen(Path folder, Picture picture, UnaryOperator<NetworkOptions> how) {
    Optional<PictureSize> size = Optional.of(new PictureSize(picture.height(), picture.width()));
    NetworkOptions options = how.apply(NetworkOptions.defaults().withThreads(1));
    try (Network network = Network.open(folder, options, () -> size)) {
      return network.run(picture, List.of());
    }
  }

  /** The first channel is the row, the second the column, the third 200. */
  static Picture ramp(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < height * width; i++) {
      rgb[3 * i] = (byte) (i / width);
      rgb[3 * i + 1] = (byte) (i % width);
      rgb[3 * i + 2] = (byte) 200;
    }
    return new Picture(height, width, rgb);
  }
}
