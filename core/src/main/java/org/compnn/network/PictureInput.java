package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * The input of a network that takes the picture, and with it all else that the network reads.
 *
 * @param tensor its name
 * @param element the kind of numbers that the picture's own input has in the file
 * @param batch pictures that it takes at once; the picture is repeated where they are several
 * @param channelsLast (batch, rows, columns, channels) and not (batch, channels, rows, columns)
 * @param channels of the picture itself; 1 or 3, or others where it is values
 * @param rows fixed number of rows, or -1
 * @param columns fixed number of columns, or -1
 * @param parts what its channels are, the picture's first
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
    List<InputPart> parts,
    Optional<Tiling> tiling) {
  /** A batch of more pictures is no batch but another axis. */
  private static final int LARGEST_BATCH = 64;

  PictureInput {
    parts = List.copyOf(parts);
  }

  static PictureInput of(JoinedInputs inputs, Optional<Tiling> tiling) {
    Graph graph = inputs.file().graph();
    ValueInfoProto input =
        graph.model().getGraph().getInputList().stream()
            .filter(i -> !graph.isInitializer(i.getName()))
            .findFirst()
            .orElseThrow();
    List<Long> dims = JoinedInputs.dims(input);
    if (dims.get(0) > LARGEST_BATCH) {
      throw new UserError(
          "%s: expected a batch of at most %d pictures, found %d; export the network with batch 1"
              .formatted(inputs.file().path(), LARGEST_BATCH, dims.get(0)));
    }
    boolean last = inputs.parts().size() == 1 && inputs.main().channelsLast();
    int row = last ? 1 : 2;
    return new PictureInput(
        input.getName(),
        inputs.main().element(),
        Math.max(1, dims.getFirst().intValue()),
        last,
        inputs.main().channels(),
        dims.get(row),
        dims.get(row + 1),
        inputs.parts(),
        tiling);
  }

  /** Whether numbers are taken as they are stored unless somebody says a scale. */
  boolean asStored() {
    return element == DataType.UINT8 || parts.getFirst().kind() == InputPart.Kind.VALUES;
  }

  /** What inputs other than a single picture read, a line for each. */
  List<String> read(Preprocessing how) {
    List<String> lines = new ArrayList<>();
    for (InputPart part : parts) {
      switch (part.kind()) {
        case VALUES ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s: %d channels, values as stored times %s; shown by the first %s, stretched"
                        + " from least to greatest",
                    part.name(),
                    part.channels(),
                    how.scale(),
                    part.channels() < 3 ? "one" : "three"));
        case MASK -> lines.add(part.name() + ": a mask, 1 where it is above 0, else 0");
        case PICTURE -> {
          if (parts.size() > 1) {
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s: %s of %d channel%s",
                    part.name(),
                    part.equals(parts.getFirst())
                        ? "the picture that is explained,"
                        : "a further picture",
                    part.channels(),
                    part.channels() > 1 ? "s" : ""));
          }
        }
      }
    }
    return lines;
  }

  /** Numbers a pixel, those of further inputs included. */
  int allChannels() {
    return parts.stream().mapToInt(InputPart::channels).sum();
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
    long c = allChannels();
    long h = size.height();
    long w = size.width();
    return Port.real(
        tensor, new TensorType(element, channelsLast ? List.of(n, h, w, c) : List.of(n, c, h, w)));
  }
}
