package org.compnn.network;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.TensorShapeProto.Dimension;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * The input of a network that takes the picture.
 *
 * @param tensor its name
 * @param element the kind of its numbers
 * @param batch pictures that it takes at once; the picture is repeated where they are several
 * @param channelsLast (batch, rows, columns, channels) and not (batch, channels, rows, columns)
 * @param channels 1 or 3
 * @param rows fixed number of rows, or -1
 * @param columns fixed number of columns, or -1
 * @param tiling the window that the network is asked to run at
 */
record PictureInput(
    String tensor,
    DataType element,
    int batch,
    boolean channelsLast,
    int channels,
    long rows,
    long columns,
    Optional<Tiling> tiling) {
  /** A batch of more pictures is no batch but another axis. */
  private static final int LARGEST_BATCH = 64;

  static PictureInput of(Path file, Graph graph, Optional<Tiling> tiling) {
    List<ValueInfoProto> inputs =
        graph.model().getGraph().getInputList().stream()
            .filter(i -> !graph.isInitializer(i.getName()))
            .toList();
    if (inputs.size() != 1) {
      throw new UserError(
          "%s: expected one input, a picture; found %d: %s"
              .formatted(
                  file,
                  inputs.size(),
                  String.join(", ", inputs.stream().map(ValueInfoProto::getName).toList())));
    }
    ValueInfoProto input = inputs.getFirst();
    DataType element = DataType.forNumber(input.getType().getTensorType().getElemType());
    List<Long> dims =
        input.getType().getTensorType().getShape().getDimList().stream()
            .map(PictureInput::size)
            .toList();
    if (dims.size() != 4) {
      throw new UserError(
          "%s: expected an input of four axes (batch, channels, rows, columns), found %s with %d"
              .formatted(file, input.getName(), dims.size()));
    }
    if (element == null || !fits(element)) {
      throw new UserError(
          "%s: expected an input of float32, float16, float64 or uint8, found %s"
              .formatted(file, element == null ? "none" : element.name().toLowerCase(Locale.ROOT)));
    }
    if (dims.get(0) > LARGEST_BATCH) {
      throw new UserError(
          "%s: expected a batch of at most %d pictures, found %d; export the network with batch 1"
              .formatted(file, LARGEST_BATCH, dims.get(0)));
    }
    boolean last = !picture(dims.get(1)) && (picture(dims.get(3)) || dims.get(1) > 0);
    long channels = dims.get(last ? 3 : 1);
    if (channels >= 0 && !picture(channels)) {
      throw new UserError(
          "%s: expected an input of 1 or 3 channels, found shape %s".formatted(file, dims));
    }
    int row = last ? 1 : 2;
    return new PictureInput(
        input.getName(),
        element,
        Math.max(1, dims.getFirst().intValue()),
        last,
        channels < 0 ? 3 : (int) channels,
        dims.get(row),
        dims.get(row + 1),
        tiling);
  }

  private static boolean fits(DataType element) {
    return switch (element) {
      case FLOAT, FLOAT16, DOUBLE, UINT8 -> true;
      default -> false;
    };
  }

  private static boolean picture(long channels) {
    return channels == 1 || channels == 3;
  }

  private static long size(Dimension dimension) {
    return dimension.getDimValue() > 0 ? dimension.getDimValue() : -1;
  }

  /**
   * The size of the picture that is put to the network: fixed by it, or else said. In windows it
   * may be any.
   */
  Size settle(Path file, Optional<Size> option, Optional<Size> configured) {
    Optional<Size> said = option.or(() -> configured);
    if (tiling.isPresent()) {
      Size window = tiling.get().window();
      if (!takes(window)) {
        throw UserError.about(
            Knob.TILE,
            "%s: expected tiles of the network's fixed input size %sx%s, found %s"
                .formatted(file, free(rows), free(columns), window));
      }
      return said.orElseThrow(
          () ->
              UserError.about(
                  Knob.SIZE,
                  "%s: the size of the whole picture is open; set height and width, or \"size\" in %s"
                      .formatted(file, Configuration.PREPROCESSOR)));
    }
    if (option.isPresent() && !takes(option.get())) {
      throw UserError.about(
              Knob.SIZE,
              "%s: expected the network's fixed input size %sx%s, found %s; omit the size, or run it in tiles of its own size"
                  .formatted(file, free(rows), free(columns), option.get()))
          .and(Knob.TILE);
    }
    if (said.isEmpty() && (rows < 0 || columns < 0)) {
      throw UserError.about(
          Knob.SIZE,
          file
              + ": the input size is open; set height and width, or \"size\" in "
              + Configuration.PREPROCESSOR);
    }
    int height =
        Math.toIntExact(rows > 0 ? Math.min(rows, Integer.MAX_VALUE) : said.orElseThrow().height());
    int width =
        Math.toIntExact(
            columns > 0 ? Math.min(columns, Integer.MAX_VALUE) : said.orElseThrow().width());
    return new Size(height, width);
  }

  /** Whether the network can be run at a size, as far as its file says. */
  boolean takes(Size size) {
    return !clash(rows, size.height()) && !clash(columns, size.width());
  }

  private static boolean clash(long fixed, long asked) {
    return fixed > 0 && fixed != asked;
  }

  private static String free(long size) {
    return size > 0 ? Long.toString(size) : "any";
  }

  Port port(Size size) {
    long n = batch;
    long c = channels;
    long h = size.height();
    long w = size.width();
    return Port.real(
        tensor, new TensorType(element, channelsLast ? List.of(n, h, w, c) : List.of(n, c, h, w)));
  }

  /** Writes a picture as the network wants it. */
  void write(Picture picture, Preprocessing how, FloatBuffer into) {
    float[][] tables = how.tables();
    byte[] rgb = picture.rgb();
    int pixels = picture.height() * picture.width();
    int step = channelsLast ? channels : 1;
    float[] row = new float[picture.width() * step];
    for (int y = 0; y < picture.height(); y++) {
      for (int c = 0; c < channels; c++) {
        float[] table = tables[c];
        int from = how.flipped() ? 2 - c : c;
        int at = y * picture.width() * 3;
        int start = channelsLast ? c : 0;
        for (int x = 0; x < picture.width(); x++, at += 3) {
          int value = channels == 1 ? grey(rgb, at) : rgb[at + from] & 0xff;
          row[start + x * step] = table[value];
        }
        if (!channelsLast) {
          put(row, c * pixels + y * picture.width(), pixels, into);
        }
      }
      if (channelsLast) {
        put(row, y * row.length, pixels, into);
      }
    }
  }

  /** Puts a row into each picture of the batch. */
  private void put(float[] row, int at, int pixels, FloatBuffer into) {
    for (int picture = 0; picture < batch; picture++) {
      into.put(picture * channels * pixels + at, row, 0, row.length);
    }
  }

  /** Sets what is black in a mask to 0, the mean colour after normalisation. */
  void blank(Picture mask, FloatBuffer into) {
    int pixels = mask.height() * mask.width();
    for (int p = 0; p < pixels; p++) {
      if (mask.rgb()[3 * p] == 0) {
        for (int picture = 0; picture < batch; picture++) {
          for (int c = 0; c < channels; c++) {
            int at = channelsLast ? p * channels + c : c * pixels + p;
            into.put(picture * channels * pixels + at, 0);
          }
        }
      }
    }
  }

  /** ITU-R 601 luma in the whole numbers that Pillow's {@code convert("L")} takes. */
  private static int grey(byte[] rgb, int at) {
    return ((rgb[at] & 0xff) * 19595
            + (rgb[at + 1] & 0xff) * 38470
            + (rgb[at + 2] & 0xff) * 7471
            + 0x8000)
        >> 16;
  }
}
