package org.compnn.network.geometry;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/**
 * Rows or columns moved round, the first ones behind the last, as windows that overlap are made:
 * two slices of a tensor joined the other way round, or rows gathered in that order.
 */
final class Roll {
  private final Graph graph;
  private final Tensors tensors;
  private final NodeProto node;
  private final Function<String, Sees> sees;

  Roll(Graph graph, Tensors tensors, NodeProto node, Function<String, Sees> sees) {
    this.graph = graph;
    this.tensors = tensors;
    this.node = node;
    this.sees = sees;
  }

  /** What the result sees, if the node is a roll. */
  Optional<Sees> sees() {
    return switch (node.getOpType()) {
      case "Concat" -> joined();
      case "Gather" -> gathered();
      default -> Optional.empty();
    };
  }

  private Optional<Sees> joined() {
    if (node.getInputCount() != 2) {
      return Optional.empty();
    }
    Optional<NodeProto> one = slice(node.getInput(0));
    Optional<NodeProto> other = slice(node.getInput(1));
    if (one.isEmpty()
        || other.isEmpty()
        || !one.get().getInput(0).equals(other.get().getInput(0))) {
      return Optional.empty();
    }
    String whole = one.get().getInput(0);
    Optional<TensorType> type = tensors.type(whole);
    Optional<Long> start = start(one.get());
    Optional<Long> zero = start(other.get());
    if (type.isEmpty() || start.isEmpty() || zero.isEmpty() || zero.get() != 0) {
      return Optional.empty();
    }
    int axis = Math.floorMod(Attributes.number(node, "axis", 0), type.get().rank());
    long size = type.get().dim(axis);
    long from = start.get() < 0 ? start.get() + size : start.get();
    boolean whole1 = along(one.get(), axis, type.get()) && along(other.get(), axis, type.get());
    boolean all = sizes(one.get(), axis) == size - from && sizes(other.get(), axis) == from;
    return whole1 && all ? rolled(whole, type.get(), axis, from) : Optional.empty();
  }

  private Optional<NodeProto> slice(String tensor) {
    return graph.maker(tensor).filter(n -> n.getOpType().equals("Slice") && n.getInputCount() > 3);
  }

  /** Where the slice begins, if it is along one axis, step by step. */
  private Optional<Long> start(NodeProto slice) {
    boolean steps =
        slice.getInputCount() < 5
            || tensors.numbers(slice.getInput(4)).filter(s -> s[0] == 1).isPresent();
    return tensors
        .numbers(slice.getInput(1))
        .filter(s -> s.length == 1 && steps)
        .map(s -> (long) s[0]);
  }

  private boolean along(NodeProto slice, int axis, TensorType type) {
    return tensors
        .numbers(slice.getInput(3))
        .filter(a -> a.length == 1 && Math.floorMod((long) a[0], type.rank()) == axis)
        .isPresent();
  }

  private long sizes(NodeProto slice, int axis) {
    return tensors
        .type(slice.getOutput(0))
        .filter(t -> t.rank() > axis)
        .map(t -> t.dim(axis))
        .orElse(-1L);
  }

  private Optional<Sees> gathered() {
    String whole = node.getInput(0);
    Optional<TensorType> type = tensors.type(whole);
    Optional<double[]> order =
        sees.apply(node.getInput(1)) instanceof Nothing
            ? tensors.numbers(node.getInput(1))
            : Optional.empty();
    if (type.isEmpty() || order.isEmpty()) {
      return Optional.empty();
    }
    int axis = Math.floorMod(Attributes.number(node, "axis", 0), type.get().rank());
    long size = type.get().dim(axis);
    double[] rows = order.get();
    boolean round =
        rows.length == size
            && rows.length > 0
            && IntStream.range(0, rows.length)
                .allMatch(i -> Math.floorMod((long) (rows[0] + i), size) == rows[i]);
    return round ? rolled(whole, type.get(), axis, (long) rows[0]) : Optional.empty();
  }

  private Optional<Sees> rolled(String whole, TensorType type, int axis, long by) {
    Optional<Tokens> tokens = TokenOperator.of(sees.apply(whole), type);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Layout layout = tokens.get().layout();
    if (axis == layout.axisOf(Kind.ROW)) {
      long shift = Math.floorMod(layout.rowShift() + by, layout.rows());
      return Optional.of(
          tokens
              .get()
              .as(
                  new Layout(
                      layout.axes(), layout.rows(), layout.columns(), shift, layout.columnShift()))
              .plainly());
    }
    if (axis == layout.axisOf(Kind.COLUMN)) {
      long shift = Math.floorMod(layout.columnShift() + by, layout.columns());
      return Optional.of(
          tokens
              .get()
              .as(
                  new Layout(
                      layout.axes(), layout.rows(), layout.columns(), layout.rowShift(), shift))
              .plainly());
    }
    return Optional.empty();
  }
}
