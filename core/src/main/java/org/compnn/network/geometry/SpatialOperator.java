package org.compnn.network.geometry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/** Operators that look at neighbouring cells or change the number of cells. */
final class SpatialOperator {
  private static final Set<String> ALL =
      Set.of(
          "Conv",
          "ConvInteger",
          "QLinearConv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "LpPool",
          "MaxUnpool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "GlobalLpPool",
          "DepthToSpace",
          "SpaceToDepth",
          "Resize",
          "Upsample",
          "Pad",
          "Slice");

  /** Windows, strides and padding beyond this many cells are not followed. */
  private static final long LARGEST = 1 << 14;

  private final Graph graph;
  private final Tensors tensors;
  private final NodeProto node;
  private final Grid grid;
  private final Function<String, Sees> sees;

  SpatialOperator(
      Graph graph, Tensors tensors, NodeProto node, Grid grid, Function<String, Sees> sees) {
    this.graph = graph;
    this.tensors = tensors;
    this.node = node;
    this.grid = grid;
    this.sees = sees;
  }

  static boolean contains(String operator) {
    return ALL.contains(operator);
  }

  Sees sees() {
    return switch (node.getOpType()) {
      case "Conv", "ConvInteger", "QLinearConv" ->
          channelsFirst() ? windows(kernelOfWeights(), false) : new Everything();
      case "MaxPool", "AveragePool", "LpPool" ->
          channelsFirst()
              ? windows(Attributes.numbers(node, "kernel_shape"), false)
              : new Everything();
      case "ConvTranspose" -> channelsFirst() ? windows(kernelOfWeights(), true) : new Everything();
      case "MaxUnpool" -> channelsFirst() ? unpool() : new Everything();
      case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> global();
      case "DepthToSpace" -> channelsFirst() ? blocks(true) : new Everything();
      case "SpaceToDepth" -> channelsFirst() ? blocks(false) : new Everything();
      case "Resize", "Upsample" -> new Resizing(graph, tensors, node, grid).sees();
      case "Pad" -> pad();
      default -> slice();
    };
  }

  private boolean channelsFirst() {
    return grid.rowAxis() == 2 && grid.columnAxis() == 3;
  }

  private Grid through(Reach vertical, Reach horizontal) {
    return new Grid(
        grid.rowAxis(),
        grid.columnAxis(),
        grid.vertical().through(vertical),
        grid.horizontal().through(horizontal));
  }

  private Optional<long[]> kernelOfWeights() {
    return Attributes.numbers(node, "kernel_shape")
        .or(
            () ->
                tensors
                    .type(weights())
                    .or(() -> graph.written(weights()).map(SpatialOperator::typeOf))
                    .filter(t -> t.rank() == 4)
                    .map(t -> new long[] {t.dim(2), t.dim(3)}));
  }

  private String weights() {
    int at = node.getOpType().equals("QLinearConv") ? 3 : 1;
    return at < node.getInputCount() ? node.getInput(at) : "";
  }

  private static TensorType typeOf(org.compnn.network.onnx.TensorProto tensor) {
    return new TensorType(
        org.compnn.network.onnx.TensorProto.DataType.UNDEFINED, tensor.getDimsList());
  }

  private Sees windows(Optional<long[]> kernel, boolean spreading) {
    if (kernel.isEmpty() || kernel.get().length != 2 || absurd(kernel.get())) {
      return grid.blurred();
    }
    return through(window(kernel.get()[0], 0, spreading), window(kernel.get()[1], 1, spreading));
  }

  /** A graph is foreign: its numbers may be such that working with them overflows. */
  private boolean absurd(long[] kernel) {
    return java.util.stream.Stream.of(
            kernel,
            Attributes.numbers(node, "strides", 2, 1),
            Attributes.numbers(node, "dilations", 2, 1),
            Attributes.numbers(node, "pads", 4, 0),
            Attributes.numbers(node, "output_padding", 2, 0))
        .flatMapToLong(java.util.Arrays::stream)
        .anyMatch(n -> n > LARGEST || n < -LARGEST);
  }

  private Reach window(long kernel, int axis, boolean spreading) {
    long stride = Math.max(1, Attributes.numbers(node, "strides", 2, 1)[axis]);
    long dilation = Math.max(1, Attributes.numbers(node, "dilations", 2, 1)[axis]);
    long extent = (kernel - 1) * dilation + 1;
    long padding = padding(axis, extent, stride, spreading);
    return spreading
        ? Reach.spreading(extent, stride, padding)
        : Reach.window(extent, stride, padding);
  }

  /** Padding before the first cell, said or to be worked out. */
  private long padding(int axis, long extent, long stride, boolean spreading) {
    long said = Attributes.numbers(node, "pads", 4, 0)[axis];
    String auto = Attributes.text(node, "auto_pad", "NOTSET");
    boolean sized = spreading && Attributes.has(node, "output_shape");
    boolean same = auto.equals("SAME_UPPER") || auto.equals("SAME_LOWER");
    if (!same && !sized) {
      return auto.equals("VALID") ? 0 : said;
    }
    int gridAxis = axis == 0 ? grid.rowAxis() : grid.columnAxis();
    long in = size(node.getInput(0), gridAxis);
    long out = size(node.getOutput(0), gridAxis);
    long extra = Attributes.numbers(node, "output_padding", 2, 0)[axis];
    long total =
        spreading
            ? stride * (in - 1) + extra + extent - out
            : Math.max(0, (out - 1) * stride + extent - in);
    // ONNX: for SAME_UPPER the odd one goes to the end, else to the beginning; and transposed
    // convolutions have it the other way round.
    boolean less = auto.equals("SAME_UPPER");
    return less ? Math.floorDiv(total, 2) : total - Math.floorDiv(total, 2);
  }

  private long size(String tensor, int axis) {
    return tensors.type(tensor).map(t -> t.dim(axis)).orElse(1L);
  }

  private Sees unpool() {
    Sees whole = windows(Attributes.numbers(node, "kernel_shape"), true);
    // The indices say where the value goes, so what they see counts too.
    if (whole instanceof Grid out && sees.apply(node.getInput(1)) instanceof Grid indices) {
      SpatialOperator other = new SpatialOperator(graph, tensors, node, indices, sees);
      if (other.windows(Attributes.numbers(node, "kernel_shape"), true) instanceof Grid placed) {
        return new Grid(
            out.rowAxis(),
            out.columnAxis(),
            out.vertical().and(placed.vertical()),
            out.horizontal().and(placed.horizontal()));
      }
    }
    return grid.blurred();
  }

  private Sees global() {
    long rows = size(node.getInput(0), grid.rowAxis());
    long columns = size(node.getInput(0), grid.columnAxis());
    return through(Reach.window(rows, rows, 0), Reach.window(columns, columns, 0)).blurred();
  }

  private Sees blocks(boolean finer) {
    long block = Attributes.number(node, "blocksize", 1);
    if (block < 1 || block > LARGEST) {
      return grid.blurred();
    }
    Reach reach = finer ? Reach.spreading(block, block, 0) : Reach.window(block, block, 0);
    return through(reach, reach);
  }

  private Sees pad() {
    Optional<double[]> pads =
        node.getInputCount() > 1
            ? tensors.numbers(node.getInput(1))
            : Attributes.numbers(node, "pads")
                .map(p -> java.util.Arrays.stream(p).asDoubleStream().toArray());
    int rank = rank();
    if (pads.isEmpty() || rank == 0) {
      return grid.blurred();
    }
    List<Long> axes = axes(3, pads.get().length / 2, rank);
    Reach vertical = Reach.shift(0, 1);
    Reach horizontal = Reach.shift(0, 1);
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) == grid.rowAxis()) {
        vertical = Reach.shift(-(long) pads.get()[i], 1);
      } else if (axes.get(i) == grid.columnAxis()) {
        horizontal = Reach.shift(-(long) pads.get()[i], 1);
      }
    }
    return through(vertical, horizontal);
  }

  private Sees slice() {
    boolean inputs = node.getInputCount() > 1;
    Optional<double[]> starts =
        inputs
            ? tensors.numbers(node.getInput(1))
            : Attributes.numbers(node, "starts")
                .map(s -> java.util.Arrays.stream(s).asDoubleStream().toArray());
    int rank = rank();
    if (starts.isEmpty() || rank == 0) {
      return grid.blurred();
    }
    List<Long> axes = axes(3, starts.get().length, rank);
    Optional<double[]> steps =
        node.getInputCount() > 4 ? tensors.numbers(node.getInput(4)) : Optional.empty();
    Reach vertical = Reach.shift(0, 1);
    Reach horizontal = Reach.shift(0, 1);
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i).intValue();
      if (grid.spatial(axis)) {
        long step = steps.isPresent() ? (long) steps.get()[i] : 1;
        if (step < 1 || step > LARGEST) {
          return new Everything();
        }
        long size = size(node.getInput(0), axis);
        long start = (long) starts.get()[i];
        long from = Math.clamp(start < 0 ? start + size : start, 0, size);
        if (axis == grid.rowAxis()) {
          vertical = Reach.shift(from, step);
        } else {
          horizontal = Reach.shift(from, step);
        }
      }
    }
    return through(vertical, horizontal);
  }

  private int rank() {
    return tensors.type(node.getInput(0)).map(TensorType::rank).orElse(0);
  }

  /** The axes that a parameter speaks of: an input or an attribute, or the first ones. */
  private List<Long> axes(int inputIndex, int count, int rank) {
    Optional<double[]> input =
        node.getInputCount() > inputIndex && !node.getInput(inputIndex).isEmpty()
            ? tensors.numbers(node.getInput(inputIndex))
            : Optional.empty();
    if (input.isPresent()) {
      return java.util.Arrays.stream(input.get())
          .mapToObj(a -> (long) (a < 0 ? a + rank : a))
          .toList();
    }
    return Attributes.numbers(node, "axes")
        .map(a -> java.util.Arrays.stream(a).mapToObj(x -> x < 0 ? x + rank : x).toList())
        .orElseGet(() -> java.util.stream.LongStream.range(0, count).boxed().toList());
  }
}
