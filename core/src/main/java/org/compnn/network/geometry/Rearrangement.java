package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/** Operators that join, split, turn or reduce axes of a tensor. */
final class Rearrangement {
  private final Graph graph;
  private final Tensors tensors;
  private final NodeProto node;
  private final Grid grid;
  private final Function<String, Sees> sees;

  Rearrangement(
      Graph graph, Tensors tensors, NodeProto node, Grid grid, Function<String, Sees> sees) {
    this.graph = graph;
    this.tensors = tensors;
    this.node = node;
    this.grid = grid;
    this.sees = sees;
  }

  Sees sees() {
    Optional<TensorType> in = tensors.type(node.getInput(0)).filter(TensorType::known);
    Optional<TensorType> out = tensors.type(node.getOutput(0)).filter(TensorType::known);
    if (in.isEmpty() || out.isEmpty()) {
      return new Everything();
    }
    int rank = in.get().rank();
    return switch (node.getOpType()) {
      case "Concat" -> concat(rank);
      case "Split" -> grid.spatial(axis(0, rank)) ? new Everything() : grid;
      case "Transpose" -> transpose(rank);
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> reshape(in.get(), out.get());
      case "Softmax", "LogSoftmax", "Hardmax" -> softmax(rank);
      case "Expand", "Tile" -> repeat(in.get(), out.get());
      case "Gather" -> gather(in.get(), out.get());
      default -> node.getOpType().startsWith("Reduce") ? reduce(in.get(), out.get()) : lost();
    };
  }

  private Sees lost() {
    return new Everything();
  }

  private int axis(long otherwise, int rank) {
    return Math.floorMod(Attributes.number(node, "axis", otherwise), rank);
  }

  private Sees concat(int rank) {
    if (grid.spatial(axis(1, rank))) {
      return new Everything();
    }
    Grid joined = grid;
    for (String tensor : node.getInputList()) {
      switch (sees.apply(tensor)) {
        case Grid other -> {
          if (other.rowAxis() != grid.rowAxis() || other.columnAxis() != grid.columnAxis()) {
            return new Everything();
          }
          joined =
              new Grid(
                  grid.rowAxis(),
                  grid.columnAxis(),
                  joined.vertical().and(other.vertical()),
                  joined.horizontal().and(other.horizontal()));
        }
        case Nothing _ -> {}
        case Tokens _, Everything _ -> joined = joined.blurred();
      }
    }
    return joined;
  }

  private Sees transpose(int rank) {
    long[] order =
        Attributes.numbers(node, "perm")
            .orElseGet(() -> IntStream.range(0, rank).mapToLong(i -> rank - 1L - i).toArray());
    int row = -1;
    int column = -1;
    for (int i = 0; i < order.length; i++) {
      if (order[i] == grid.rowAxis()) {
        row = i;
      } else if (order[i] == grid.columnAxis()) {
        column = i;
      }
    }
    return grid.at(row, column);
  }

  private Sees reshape(TensorType in, TensorType out) {
    return TokenOperator.of(grid, in)
        .flatMap(t -> t.layout().reshaped(out.shape()).map(t::as))
        .map(Tokens::plainly)
        .orElseGet(this::lost);
  }

  private Sees softmax(int rank) {
    // Before version 13 it took all axes from the given one on together.
    boolean together = graph.opset() < 13;
    int axis = axis(together ? 1 : -1, rank);
    boolean mixes =
        together ? Math.max(grid.rowAxis(), grid.columnAxis()) >= axis : grid.spatial(axis);
    return mixes ? grid.blurred() : grid;
  }

  private Sees repeat(TensorType in, TensorType out) {
    int shift = out.rank() - in.rank();
    boolean same =
        in.dim(grid.rowAxis()) == out.dim(grid.rowAxis() + shift)
            && in.dim(grid.columnAxis()) == out.dim(grid.columnAxis() + shift);
    return same ? grid.at(grid.rowAxis() + shift, grid.columnAxis() + shift) : new Everything();
  }

  private Sees gather(TensorType in, TensorType out) {
    int axis = axis(0, in.rank());
    if (grid.spatial(axis) || !(sees.apply(node.getInput(1)) instanceof Nothing)) {
      return new Everything();
    }
    int grown = out.rank() - in.rank();
    return grid.at(
        grid.rowAxis() + (grid.rowAxis() > axis ? grown : 0),
        grid.columnAxis() + (grid.columnAxis() > axis ? grown : 0));
  }

  private Sees reduce(TensorType in, TensorType out) {
    int rank = in.rank();
    Optional<double[]> axes =
        node.getInputCount() > 1 && !node.getInput(1).isEmpty()
            ? tensors.numbers(node.getInput(1))
            : Attributes.numbers(node, "axes")
                .map(a -> java.util.Arrays.stream(a).asDoubleStream().toArray());
    if (axes.isEmpty()) {
      return new Everything();
    }
    List<Integer> reduced = new ArrayList<>();
    for (double axis : axes.get()) {
      reduced.add(Math.floorMod((long) axis, rank));
    }
    boolean keeps = out.rank() == rank;
    if (reduced.contains(grid.rowAxis()) && reduced.contains(grid.columnAxis()) && keeps) {
      long rows = in.dim(grid.rowAxis());
      long columns = in.dim(grid.columnAxis());
      return new Grid(
              grid.rowAxis(),
              grid.columnAxis(),
              grid.vertical().through(Reach.window(rows, rows, 0)),
              grid.horizontal().through(Reach.window(columns, columns, 0)))
          .blurred();
    }
    if (reduced.contains(grid.rowAxis()) || reduced.contains(grid.columnAxis())) {
      return new Everything();
    }
    if (keeps) {
      return grid;
    }
    return grid.at(
        grid.rowAxis() - (int) reduced.stream().filter(a -> a < grid.rowAxis()).count(),
        grid.columnAxis() - (int) reduced.stream().filter(a -> a < grid.columnAxis()).count());
  }
}
