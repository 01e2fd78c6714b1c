package org.compnn.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.network.FeatureMap;
import org.compnn.npy.NpyHeader;
import org.compnn.npy.NpyType;
import org.compnn.search.Found;
import org.compnn.viewer.FieldBytes;

/**
 * What programs ask of the interface rather than people: pictures and activations as NPY arrays,
 * the sources of one pixel, matches for vectors of their own.
 */
final class ArrayAnswers {
  private static final String BINARY = "application/octet-stream";
  private static final String NPY = ".npy";

  /** Bytes of vectors in one request. */
  static final int MOST_BYTES = 64 << 20;

  private ArrayAnswers() {}

  /**
   * A training pixel that a pixel was cut from.
   *
   * @param exemplar its index in the database
   * @param id its name in the data set
   * @param row of the training output, from 0
   * @param column of the training output, from 0
   */
  record SourceView(
      int exemplar, String id, List<String> tags, int row, int column, double distance) {}

  /** One of an explanation's pictures, without colours of classes: the classes themselves. */
  static Reply picture(Explainer.Answer answer, String file) {
    Explanation why = answer.explanation();
    Optional<? extends Raster> raster =
        switch (name(file)) {
          case "input" -> Optional.of(why.input());
          case "output" -> Optional.of(why.composition());
          case "network" -> Optional.of(why.network());
          case "other" -> why.other();
          case "truth" -> why.truth();
          case "reconstruction" -> Optional.of(why.reconstruction());
          default -> Optional.empty();
        };
    return raster
        .map(ArrayAnswers::npy)
        .orElseThrow(() -> Refusal.notFound("this explanation has no " + file));
  }

  /** One of a training picture's: {@code input.npy}, {@code target.npy}, {@code prediction.npy}. */
  static Reply exemplar(ServedDatabase served, String number, String file) {
    var database = served.database();
    int index = ServedDatabase.index(number, database.exemplars().size());
    return switch (name(file)) {
      case "input" -> npy(database.input(index));
      case "prediction" -> npy(database.prediction(index));
      case "target" -> {
        if (!database.hasTarget(index)) {
          throw Refusal.notFound("this training picture has no original label");
        }
        yield npy(database.target(index));
      }
      default -> throw Refusal.notFound("a training picture has no " + file);
    };
  }

  private static String name(String file) {
    return file.endsWith(NPY) ? file.substring(0, file.length() - NPY.length()) : "";
  }

  private static Reply npy(Raster raster) {
    byte[] bytes =
        switch (raster) {
          case Picture p -> npy(NpyHeader.of(NpyType.UINT8, p.height(), p.width(), 3), p.rgb());
          case LabelMap l -> npy(NpyHeader.of(NpyType.UINT8, l.height(), l.width()), l.classes());
          case ValueMap v -> ValueFile.npy(v);
        };
    return Reply.of(BINARY, bytes).forever();
  }

  private static byte[] npy(NpyHeader header, byte[] numbers) {
    byte[] head = header.bytes();
    return ByteBuffer.allocate(Math.addExact(head.length, numbers.length))
        .put(head)
        .put(numbers)
        .array();
  }

  /** Activations: float32, (rows, columns, channels), as the network gave them. */
  static Reply activations(FeatureMap map) {
    byte[] head = NpyHeader.of(NpyType.FLOAT32, map.rows(), map.columns(), map.channels()).bytes();
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Math.addExact(head.length, Math.multiplyExact(Float.BYTES, map.cells().length)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(head);
    bytes.asFloatBuffer().put(map.cells());
    return Reply.of(BINARY, bytes.array());
  }

  /**
   * The sources of the pixel that the address names, the nearest first.
   *
   * @throws Refusal 400 where it names none of the output
   */
  static Reply sources(Explainer.Answer answer, Request request) {
    Explanation why = answer.explanation();
    int row = whole(request, "row", 0, why.network().height() - 1);
    int column = whole(request, "column", 0, why.network().width() - 1);
    return Reply.json(
        why.at(row, column).stream()
            .map(
                source ->
                    new SourceView(
                        source.exemplar(),
                        why.gallery().id(source.exemplar()),
                        why.gallery().tags(source.exemplar()),
                        source.row(),
                        source.column(),
                        source.distance()))
            .toList());
  }

  /** The vectors of a request: little-endian float32, as many as the address says. */
  static FeatureMap vectors(Request request) {
    request.requireType(BINARY);
    int rows = whole(request, "rows", 1, 1 << 20);
    int columns = whole(request, "columns", 1, 1 << 20);
    int channels = whole(request, "channels", 1, 1 << 20);
    byte[] body = request.body(MOST_BYTES, "vectors");
    if ((long) rows * columns * channels * Float.BYTES != body.length) {
      throw Refusal.malformed(
          "expected %d x %d x %d float32 numbers, found %d bytes"
              .formatted(rows, columns, channels, body.length));
    }
    float[] cells = new float[body.length / Float.BYTES];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(cells);
    return new FeatureMap(rows, columns, channels, cells);
  }

  /** A field as explanations have it. */
  static Reply matches(CompNN compnn, FeatureMap vectors, Options options) {
    Found found = compnn.match(vectors, options);
    return Reply.of(BINARY, FieldBytes.of(found.field(), compnn.database().exemplars().size()));
  }

  private static int whole(Request request, String name, int least, int most) {
    String text = request.query(name).orElse("");
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw Refusal.malformed(
        "%s: expected a whole number from %d to %d, found '%s'".formatted(name, least, most, text));
  }
}
