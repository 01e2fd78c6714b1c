package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/** Operators that move, join or split tensors whose cells are folded into their axes. */
final class TokenOperator {
  private final Graph graph;
  private final Tensors tensors;
  private final NodeProto node;
  private final Tokens tokens;
  private final Layout layout;
  private final Function<String, Sees> sees;

  /**
   * An operator.
   *
   * @param tokens how the first of its operands that has cells lies
   */
  TokenOperator(
      Graph graph, Tensors tensors, NodeProto node, Tokens tokens, Function<String, Sees> sees) {
    this.graph = graph;
    this.tensors = tensors;
    this.node = node;
    this.tokens = tokens;
    this.layout = tokens.layout();
    this.sees = sees;
  }

  /** What one of the outputs sees. */
  Sees sees(int output) {
    if (output >= node.getOutputCount()) {
      return new Everything();
    }
    Optional<TensorType> out = tensors.type(node.getOutput(output)).filter(TensorType::known);
    if (out.isEmpty()) {
      return new Everything();
    }
    TensorType type = out.get();
    Optional<Tokens> moved =
        switch (node.getOpType()) {
          case "Reshape", "Flatten", "Squeeze", "Unsqueeze" ->
              layout.reshaped(type.shape()).map(tokens::as);
          case "Transpose" -> Optional.of(tokens.as(layout.transposed(order())));
          case "Concat" -> concat(type);
          case "Split" -> split(output, type);
          case "Slice" -> slice(type);
          case "Gather" -> gather(type);
          case "Expand", "Tile" -> repeated(type);
          case "Softmax", "LogSoftmax", "Hardmax" -> Optional.of(softmax());
          case "Attention" -> Optional.of(repeated(type)).flatMap(t -> t).map(Tokens::blurred);
          default -> node.getOpType().startsWith("Reduce") ? reduced(type) : Optional.empty();
        };
    return moved.filter(t -> t.layout().fits(type)).map(Tokens::plainly).orElse(new Everything());
  }

  private long[] order() {
    return Attributes.numbers(node, "perm")
        .filter(p -> p.length == layout.rank())
        .orElseGet(
            () -> LongStream.range(0, layout.rank()).map(i -> layout.rank() - 1 - i).toArray());
  }

  private int axis(long otherwise) {
    return Math.floorMod(Attributes.number(node, "axis", otherwise), layout.rank());
  }

  private Optional<Tokens> concat(TensorType out) {
    int axis = axis(1);
    if (!layout.axes().get(axis).spatial()) {
      return channels(axis, out);
    }
    long before = 0;
    long after = 0;
    int grids = 0;
    boolean openAfter = false;
    Axis cells = layout.axes().get(axis);
    boolean openBefore = false;
    for (String tensor : node.getInputList()) {
      Sees part = sees.apply(tensor);
      if (part instanceof Tokens || part instanceof Grid) {
        grids++;
        continue;
      }
      long size = tensors.type(tensor).or(() -> written(tensor)).map(t -> dim(t, axis)).orElse(-1L);
      if (size < 0) {
        openBefore |= grids == 0;
        openAfter |= grids > 0;
      } else if (grids == 0) {
        before += size;
      } else {
        after += size;
      }
    }
    if (grids != 1 || (openBefore && openAfter)) {
      return Optional.empty();
    }
    // What weights of unknown size take is what the others leave.
    long left = out.dim(axis) - cells.size() - before - after;
    Axis joined =
        new Axis(
            cells.before() + before + (openBefore ? left : 0),
            cells.factors(),
            cells.after() + after + (openBefore ? 0 : left));
    return Optional.of(tokens.as(layout.with(axis, joined)));
  }

  private Optional<TensorType> written(String tensor) {
    return graph
        .written(tensor)
        .map(
            t ->
                new TensorType(
                    org.compnn.network.onnx.TensorProto.DataType.UNDEFINED, t.getDimsList()));
  }

  private static long dim(TensorType type, int axis) {
    return axis < type.rank() ? type.dim(axis) : -1;
  }

  private Optional<Tokens> channels(int axis, TensorType out) {
    Layout wide = layout.with(axis, Axis.other(out.dim(axis)));
    Tokens joined = tokens.as(wide);
    for (String tensor : node.getInputList()) {
      Optional<TensorType> type = tensors.type(tensor);
      Sees part = sees.apply(tensor);
      Optional<Tokens> other = type.flatMap(t -> of(part, t));
      if (other.isPresent()) {
        Layout same = other.get().layout();
        if (same.rank() != layout.rank()
            || !same.with(axis, Axis.other(out.dim(axis))).equals(wide)) {
          return Optional.empty();
        }
        joined =
            new Tokens(
                wide,
                joined.vertical().and(other.get().vertical()),
                joined.horizontal().and(other.get().horizontal()));
      } else if (!(part instanceof Nothing)) {
        joined = joined.blurred();
      }
    }
    return Optional.of(joined);
  }

  /** Whatever has cells, as tokens. */
  static Optional<Tokens> of(Sees sees, TensorType type) {
    return switch (sees) {
      case Tokens tokens -> Optional.of(tokens);
      case Grid grid when Math.max(grid.rowAxis(), grid.columnAxis()) < type.rank() ->
          Optional.of(
              new Tokens(
                  Layout.image(type, grid.rowAxis(), grid.columnAxis(), 1),
                  grid.vertical(),
                  grid.horizontal()));
      default -> Optional.empty();
    };
  }

  private Optional<Tokens> split(int output, TensorType out) {
    int axis = axis(0);
    long start = 0;
    for (int i = 0; i < output; i++) {
      Optional<TensorType> earlier = tensors.type(node.getOutput(i));
      if (earlier.isEmpty()) {
        return Optional.empty();
      }
      start += dim(earlier.get(), axis);
    }
    return part(layout, axis, start, out.dim(axis)).map(tokens::as);
  }

  /** Entries from a start on; of cells all or none. */
  private static Optional<Layout> part(Layout layout, int axis, long start, long size) {
    Axis whole = layout.axes().get(axis);
    if (!whole.spatial() && !whole.has(Kind.KEY)) {
      return Optional.of(layout.with(axis, Axis.other(size)));
    }
    long cut = whole.before() - start;
    long left = start + size - whole.before() - whole.counted();
    return cut >= 0 && left >= 0
        ? Optional.of(layout.with(axis, new Axis(cut, whole.factors(), left)))
        : Optional.empty();
  }

  private Optional<Tokens> slice(TensorType out) {
    Optional<double[]> starts = parameter(1, "starts");
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    long[] axes =
        parameter(3, "axes")
            .map(a -> Arrays.stream(a).mapToLong(x -> (long) x).toArray())
            .orElseGet(() -> LongStream.range(0, starts.get().length).toArray());
    Optional<double[]> steps = parameter(4, "steps");
    Layout part = layout;
    for (int i = 0; i < axes.length; i++) {
      int axis = Math.floorMod(axes[i], layout.rank());
      Axis whole = layout.axes().get(axis);
      boolean channels = !whole.spatial() && !whole.has(Kind.KEY);
      if (!channels && steps.isPresent() && steps.get()[i] != 1) {
        return Optional.empty();
      }
      long given = (long) starts.get()[i];
      long start = Math.clamp(given < 0 ? given + whole.size() : given, 0, whole.size());
      Optional<Layout> next = part(part, axis, start, out.dim(axis));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      part = next.get();
    }
    return Optional.of(tokens.as(part));
  }

  private Optional<double[]> parameter(int input, String attribute) {
    return node.getInputCount() > input && !node.getInput(input).isEmpty()
        ? tensors.numbers(node.getInput(input))
        : Attributes.numbers(node, attribute).map(a -> Arrays.stream(a).asDoubleStream().toArray());
  }

  private Optional<Tokens> gather(TensorType out) {
    int axis = axis(0);
    Axis whole = layout.axes().get(axis);
    if (!(sees.apply(node.getInput(1)) instanceof Nothing)) {
      return Optional.empty();
    }
    Optional<double[]> taken = tensors.numbers(node.getInput(1));
    if (whole.spatial()) {
      boolean row =
          taken.isPresent()
              && taken.get().length > 0
              && out.rank() == layout.rank()
              && IntStream.range(0, taken.get().length)
                  .allMatch(i -> taken.get()[i] == taken.get()[0] + i);
      return row
          ? part(layout, axis, (long) taken.get()[0], out.dim(axis)).map(tokens::as)
          : Optional.empty();
    }
    List<Axis> axes = new ArrayList<>(layout.axes());
    axes.remove(axis);
    int grown = out.rank() - layout.rank() + 1;
    for (int i = 0; i < grown; i++) {
      axes.add(axis + i, Axis.other(out.dim(axis + i)));
    }
    return Optional.of(tokens.as(layout.with(axes)));
  }

  /** Axes that are no cells take the size that the result has. */
  private Optional<Tokens> repeated(TensorType out) {
    int grown = out.rank() - layout.rank();
    if (grown < 0) {
      return Optional.empty();
    }
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < out.rank(); i++) {
      Axis axis = i < grown ? Axis.other(1) : layout.axes().get(i - grown);
      axes.add(axis.spatial() || axis.size() == out.dim(i) ? axis : Axis.other(out.dim(i)));
    }
    return Optional.of(tokens.as(layout.with(axes)));
  }

  private Tokens softmax() {
    // Before version 13 it took all axes from the given one on together.
    boolean together = graph.opset() < 13;
    int axis = axis(together ? 1 : -1);
    int last = together ? layout.rank() : axis + 1;
    boolean mixes = IntStream.range(axis, last).anyMatch(i -> layout.axes().get(i).spatial());
    return mixes ? tokens.blurred() : tokens;
  }

  private Optional<Tokens> reduced(TensorType out) {
    Optional<double[]> axes = parameter(1, "axes");
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> over =
        Arrays.stream(axes.get()).mapToObj(a -> Math.floorMod((long) a, layout.rank())).toList();
    List<Axis> left = new ArrayList<>();
    for (int i = 0; i < layout.rank(); i++) {
      Axis axis = layout.axes().get(i);
      if (!over.contains(i)) {
        left.add(axis);
      } else if (axis.spatial()) {
        return Optional.empty();
      } else if (out.rank() == layout.rank()) {
        left.add(Axis.other(1));
      }
    }
    return Optional.of(tokens.as(layout.with(left)));
  }
}
