package org.compnn.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.network.run.Running;
import org.compnn.network.run.Trial;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Finds the size that a network of free size can be run at, where it does not take every size: a
 * U-Net joins what it made smaller and larger again with what it was before, and the two differ in
 * size unless the picture's is a multiple of its stride.
 */
final class Fitting {
  /** Powers of two are strides of convolutions, the others patches of transformers. */
  private static final int[] MULTIPLES = {2, 4, 8, 14, 16, 28, 32, 56, 64, 112, 128, 256};

  /** What ONNX Runtime says of networks that run at no size. */
  private static final List<String> OF_NO_SIZE =
      List.of("No Op registered", "is not a registered function", "No opset", "ModelProto");

  private Fitting() {}

  /**
   * Tries the network at a size, and where it fails at padded ones, the least first.
   *
   * @param asked the size of the picture
   * @return that size, or the least padded one that works
   * @throws UserError where none does
   */
  static Size of(OnnxFile file, PictureInput input, Size asked, Running running) {
    if (input.rows() > 0 && input.columns() > 0) {
      return asked;
    }
    List<String> outputs =
        file.graph().model().getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .toList();
    Optional<UserError> failure = Trial.failure(file, input.port(asked), outputs, running);
    if (failure.isEmpty()) {
      return asked;
    }
    String why = String.valueOf(failure.get().getMessage());
    if (OF_NO_SIZE.stream().anyMatch(why::contains)) {
      throw failure.get();
    }
    List<Size> padded = padded(input, asked);
    for (Size size : padded) {
      if (Trial.failure(file, input.port(size), outputs, running).isEmpty()) {
        return size;
      }
    }
    throw UserError.about(
        Knob.SIZE,
        "%s: the network runs neither at %s nor at the next multiples of 2 to %d in rows and columns%s; choose a size that it takes"
            .formatted(
                file.path(),
                asked,
                MULTIPLES[MULTIPLES.length - 1],
                padded.isEmpty() ? "" : " (up to " + padded.getLast() + ")"),
        failure.get());
  }

  private static List<Size> padded(PictureInput input, Size asked) {
    Set<Size> sizes =
        new TreeSet<>(
            Comparator.comparingLong((Size s) -> (long) s.height() * s.width())
                .thenComparingInt(Size::height));
    for (int multiple : MULTIPLES) {
      int height = input.rows() > 0 ? asked.height() : up(asked.height(), multiple);
      int width = input.columns() > 0 ? asked.width() : up(asked.width(), multiple);
      if (height <= Size.MOST && width <= Size.MOST) {
        sizes.add(new Size(height, width));
      }
    }
    sizes.remove(asked);
    return new ArrayList<>(sizes);
  }

  private static int up(int pixels, int multiple) {
    return (pixels + multiple - 1) / multiple * multiple;
  }
}
