package org.compnn.network;

import java.util.List;
import java.util.Optional;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.QueryMasks;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Two outputs that mean something only together: the classes and the masks of queries, which are
 * combined, and the prototypes and coefficients of masks, which are refused.
 */
final class PairedOutputs {
  private static final long SLICE_BY_INPUTS = 10;

  private PairedOutputs() {}

  /**
   * The model with one output for the two, where it has such.
   *
   * @param asked the output that was asked for; one of the two alone is left as it is
   * @throws UserError where they are of a kind that is not combined
   */
  static Optional<OnnxFile> combined(OnnxFile file, Optional<String> asked, Tensors tensors) {
    if (asked.isPresent() && !asked.get().equals(QueryMasks.SCORES)) {
      return Optional.empty();
    }
    List<String> outputs =
        file.graph().model().getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .toList();
    for (String list : outputs) {
      for (String map : outputs) {
        Optional<TensorType> entries = tensors.type(list).filter(t -> floats(t, 3));
        Optional<TensorType> planes = tensors.type(map).filter(t -> floats(t, 4));
        if (entries.isPresent() && planes.isPresent()) {
          long count = planes.get().dim(1);
          if (entries.get().dim(1) == count && entries.get().dim(2) > 2) {
            return Optional.of(queries(file, list, entries.get(), map, planes.get()));
          }
          if (prototypes(entries.get(), count)) {
            throw UserError.about(
                Knob.OUTPUT,
                "%s: expected scores at every pixel, found boxes with coefficients (%s) and prototypes of masks (%s), as YOLO's segmentation gives them; such networks of single objects are not read, export one for semantic segmentation"
                    .formatted(file.path(), list, map));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean floats(TensorType type, int rank) {
    return type.rank() == rank && type.floating() && type.known();
  }

  /** Four numbers of a box, a score for each class and a coefficient for each prototype. */
  private static boolean prototypes(TensorType entries, long count) {
    long least = Math.min(entries.dim(1), entries.dim(2));
    long most = Math.max(entries.dim(1), entries.dim(2));
    return count > 8 && least > count + 4 && most > least;
  }

  private static OnnxFile queries(
      OnnxFile file, String classes, TensorType classType, String masks, TensorType maskType) {
    if (file.graph().opset() < SLICE_BY_INPUTS) {
      throw new UserError(
          "%s: expected operators of ONNX version %d or later to combine %s and %s, found %d; export it again"
              .formatted(file.path(), SLICE_BY_INPUTS, classes, masks, file.graph().opset()));
    }
    return file.with(
        QueryMasks.combined(
            file.graph().model(), classes, classType.shape(), masks, maskType.shape()));
  }
}
