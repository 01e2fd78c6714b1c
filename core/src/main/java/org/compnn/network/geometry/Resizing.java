package org.compnn.network.geometry;

import java.util.Optional;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/** The cells that Resize and Upsample look at. */
final class Resizing {
  /** Scales are matched to a fraction of denominators up to this. */
  private static final int LARGEST_DENOMINATOR = 64;

  /** Sides beyond this many cells are not followed. */
  private static final long LARGEST = 1 << 16;

  private final Graph graph;
  private final Tensors tensors;
  private final NodeProto node;
  private final Grid grid;

  Resizing(Graph graph, Tensors tensors, NodeProto node, Grid grid) {
    this.graph = graph;
    this.tensors = tensors;
    this.node = node;
    this.grid = grid;
  }

  Sees sees() {
    Optional<Reach> vertical = reach(grid.rowAxis());
    Optional<Reach> horizontal = reach(grid.columnAxis());
    if (vertical.isEmpty() || horizontal.isEmpty()) {
      return grid.blurred();
    }
    return new Grid(
        grid.rowAxis(),
        grid.columnAxis(),
        grid.vertical().through(vertical.get()),
        grid.horizontal().through(horizontal.get()));
  }

  private boolean modern() {
    return node.getOpType().equals("Resize") && graph.opset() >= 11;
  }

  private Optional<Reach> reach(int axis) {
    long in = tensors.type(node.getInput(0)).map(t -> t.dim(axis)).orElse(0L);
    long out = tensors.type(node.getOutput(0)).map(t -> t.dim(axis)).orElse(0L);
    String transformation =
        modern()
            ? Attributes.text(node, "coordinate_transformation_mode", "half_pixel")
            : "asymmetric";
    if (in == 0
        || out == 0
        || in > LARGEST
        || out > LARGEST
        || transformation.equals("tf_crop_and_resize")) {
      return Optional.empty();
    }
    double scale = scale(axis, in, out);
    boolean corners = transformation.equals("align_corners");
    int[] fraction =
        corners
            ? (out == 1 ? new int[] {1, 1} : reduced(out - 1, in - 1))
            : fraction(scale, out, in);
    double step = (double) fraction[1] / fraction[0];
    double offset =
        switch (transformation) {
          case "asymmetric", "align_corners" -> 0;
          case "pytorch_half_pixel" -> out > 1 ? 0.5 * step - 0.5 : 0;
          default -> 0.5 * step - 0.5;
        };
    return Optional.of(Reach.interpolation(fraction[0], fraction[1], offset, taps(step)));
  }

  /** The scale as it is written; where only sizes are, their ratio. */
  private double scale(int axis, long in, long out) {
    int index = node.getOpType().equals("Resize") && graph.opset() >= 11 ? 2 : 1;
    Optional<double[]> scales =
        node.getInputCount() > index && !node.getInput(index).isEmpty()
            ? tensors.numbers(node.getInput(index))
            : Attributes.reals(node, "scales");
    int at = place(axis);
    double sizes = (double) out / in;
    // What is written is nearer than the sizes, which are rounded; but a graph may say anything.
    return scales.isPresent()
            && at >= 0
            && at < scales.get().length
            && Math.abs(scales.get()[at] * in - out) < in + 1.0
            && scales.get()[at] > 0
            && scales.get()[at] <= LARGEST
        ? scales.get()[at]
        : sizes;
  }

  private int place(int axis) {
    Optional<long[]> axes = Attributes.numbers(node, "axes");
    if (axes.isEmpty()) {
      return axis;
    }
    for (int i = 0; i < axes.get().length; i++) {
      if (Math.floorMod(axes.get()[i], 4L) == axis) {
        return i;
      }
    }
    return -1;
  }

  /** {out, in}: so many cells for so many. */
  private static int[] fraction(double scale, long out, long in) {
    for (int below = 1; below <= LARGEST_DENOMINATOR; below++) {
      double above = scale * below;
      if (above >= 1 && Math.abs(above - Math.rint(above)) < 1e-5) {
        return reduced((long) Math.rint(above), below);
      }
    }
    return reduced(out, in);
  }

  private static int[] reduced(long above, long below) {
    long a = above;
    long b = Math.max(1, below);
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return new int[] {Math.toIntExact(above / a), Math.toIntExact(Math.max(1, below) / a)};
  }

  private Reach.Taps taps(double step) {
    String mode = Attributes.text(node, "mode", "nearest");
    boolean wide = step > 1 && Attributes.number(node, "antialias", 0) == 1;
    if (mode.equals("nearest")) {
      String nearest =
          modern() ? Attributes.text(node, "nearest_mode", "round_prefer_floor") : "floor";
      return new Nearest(nearest);
    }
    int radius = mode.equals("cubic") ? 2 : 1;
    return wide ? new Around(radius * step) : new Around(radius);
  }

  private record Nearest(String mode) implements Reach.Taps {
    @Override
    public long first(double x) {
      return (long)
          switch (mode) {
            case "floor" -> Math.floor(x);
            case "ceil" -> Math.ceil(x);
            case "round_prefer_ceil" -> Math.floor(x + 0.5);
            default -> Math.ceil(x - 0.5);
          };
    }

    @Override
    public long last(double x) {
      return first(x);
    }
  }

  /** All cells nearer than the radius; one at the radius has no weight. */
  private record Around(double radius) implements Reach.Taps {
    @Override
    public long first(double x) {
      // On a cell, interpolation gives that cell alone.
      return x == Math.rint(x) && radius == Math.rint(radius) && radius <= 2
          ? (long) x
          : (long) Math.floor(x - radius) + 1;
    }

    @Override
    public long last(double x) {
      return x == Math.rint(x) && radius == Math.rint(radius) && radius <= 2
          ? (long) x
          : (long) Math.ceil(x + radius) - 1;
    }
  }
}
