package org.compnn.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Hugging Face's image processors do where a file does not say it, from {@code
 * image-processors.json}; the source stands there.
 */
final class ImageProcessors {
  private static final ObjectNode TABLE = read();

  private ImageProcessors() {}

  private static ObjectNode read() {
    try (InputStream in = ImageProcessors.class.getResourceAsStream("image-processors.json")) {
      if (in != null
          && JsonMapper.builder().build().readTree(in.readAllBytes()) instanceof ObjectNode table) {
        return table;
      }
      throw new IllegalStateException("image-processors.json is missing or no JSON object");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The defaults of a class.
   *
   * @param type as files name it: {@code SegformerImageProcessor}, {@code
   *     SegformerImageProcessorFast}, {@code SegformerFeatureExtractor}
   */
  static Optional<ObjectNode> defaults(String type) {
    String name = type;
    for (String end : new String[] {"Fast", "Pil", "ImageProcessor", "FeatureExtractor"}) {
      name = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }
    return TABLE.path(name) instanceof ObjectNode found
        ? Optional.of(found.deepCopy())
        : Optional.empty();
  }
}
