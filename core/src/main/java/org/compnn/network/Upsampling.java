package org.compnn.network;

import java.util.Optional;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/**
 * How a Resize or Upsample of a network makes a grid finer.
 *
 * @param node the operator
 * @param modern whether it is written in operator set 11 or later
 * @param scales factors for all axes as they are written, where they are
 */
record Upsampling(NodeProto node, boolean modern, Optional<double[]> scales) {
  static Upsampling of(NodeProto node, Graph graph, Tensors tensors) {
    boolean modern = node.getOpType().equals("Resize") && graph.opset() >= 11;
    int input = modern ? 2 : 1;
    Optional<double[]> scales =
        node.getInputCount() > input && !node.getInput(input).isEmpty()
            ? tensors.numbers(node.getInput(input))
            : Attributes.reals(node, "scales");
    return new Upsampling(
        node, modern, scales.filter(s -> Attributes.numbers(node, "axes").isEmpty()));
  }

  /**
   * Its interpolation along one axis. Nearest cells are taken linearly: they would give nothing
   * finer.
   *
   * @param axis of the tensor
   * @return none where it does not enlarge the whole of it
   */
  Optional<Interpolation> along(int axis, int from, int to) {
    String transformation =
        modern
            ? Attributes.text(node, "coordinate_transformation_mode", "half_pixel")
            : "asymmetric";
    if (transformation.equals("tf_crop_and_resize")) {
      return Optional.empty();
    }
    String mode = Attributes.text(node, "mode", "nearest");
    Interpolation.Position position =
        mode.equals("nearest")
            ? position("half_pixel", from, to, (float) from / to)
            : position(transformation, from, to, step(axis, from, to));
    if (!mode.equals("cubic")) {
      return Optional.of(Interpolation.linear(from, to, position));
    }
    boolean outside =
        Attributes.number(node, "exclude_outside", 0) == 0
            && Attributes.number(node, "antialias", 0) == 0;
    float coefficient = Attributes.real(node, "cubic_coeff_a").orElse(-0.75).floatValue();
    return Optional.of(Interpolation.cubic(from, to, position, coefficient, outside));
  }

  /** Old cells per new one: what is written counts, since sizes are rounded. */
  private float step(int axis, int from, int to) {
    return scales
        .filter(s -> axis < s.length && s[axis] > 0 && Math.abs(s[axis] * from - to) < 1)
        .map(s -> (float) (1 / s[axis]))
        .orElse((float) from / to);
  }

  private static Interpolation.Position position(
      String transformation, int from, int to, float step) {
    return switch (transformation) {
      case "asymmetric" -> i -> i * step;
      case "align_corners" -> i -> to == 1 ? 0 : i * (from - 1f) / (to - 1f);
      case "half_pixel_symmetric" ->
          i -> from / 2f * (1 - to * step / from) + (i + 0.5f) * step - 0.5f;
      case "pytorch_half_pixel" -> i -> to == 1 ? 0 : (i + 0.5f) * step - 0.5f;
      default -> i -> (i + 0.5f) * step - 0.5f;
    };
  }
}
