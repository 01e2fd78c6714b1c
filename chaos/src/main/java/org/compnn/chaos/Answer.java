package org.compnn.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.files.Sha256;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/** What a database answers about a picture, as one hash. */
final class Answer {
  private Answer() {}

  /** Opens a database and explains a picture by it, as {@code compnn explain} does. */
  static String of(Path database, Picture picture, Options options) {
    try (CompNN compnn = CompNN.open(database)) {
      Explanation why = compnn.explain(picture, options);
      String all =
          why.palette()
              + " "
              + Arrays.hashCode(why.field().exemplar())
              + Arrays.hashCode(why.field().row())
              + Arrays.hashCode(why.field().column())
              + Arrays.hashCode(why.field().distance())
              + hash(why.network())
              + hash(why.composition())
              + why.other().map(Answer::hash).orElse("")
              + hash(why.reconstruction())
              + compnn.database().exemplars();
      return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).hex();
    }
  }

  private static String hash(Raster raster) {
    byte[] bytes =
        switch (raster) {
          case Picture picture -> picture.rgb();
          case LabelMap labels -> labels.classes();
          case ValueMap values -> {
            ByteBuffer buffer = ByteBuffer.allocate(4 * values.values().length);
            buffer.asFloatBuffer().put(values.values());
            yield buffer.array();
          }
        };
    return Sha256.of(bytes).hex();
  }
}
