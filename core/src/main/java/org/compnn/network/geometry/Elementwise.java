package org.compnn.network.geometry;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Grid;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Nonlinearities;
import org.compnn.network.graph.TensorType;
import org.compnn.network.onnx.NodeProto;

/** Operators that work on each number by itself, operands of size 1 repeated along an axis. */
final class Elementwise {
  private static final Set<String> OTHERS =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Max",
          "Min",
          "Mean",
          "Sum",
          "Mod",
          "Where",
          "And",
          "Or",
          "Xor",
          "Not",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Identity",
          "Cast",
          "CastLike",
          "Abs",
          "Neg",
          "Exp",
          "Log",
          "Sqrt",
          "Reciprocal",
          "Erf",
          "Floor",
          "Ceil",
          "Round",
          "Sign",
          "Sin",
          "Cos",
          "Tan",
          "Asin",
          "Acos",
          "Atan",
          "Sinh",
          "Cosh",
          "Asinh",
          "Acosh",
          "Atanh",
          "IsNaN",
          "IsInf",
          "Shrink",
          "QuantizeLinear",
          "DequantizeLinear");

  private final NodeProto node;
  private final Function<String, Sees> sees;
  private final Function<String, Optional<TensorType>> type;

  Elementwise(
      NodeProto node, Function<String, Sees> sees, Function<String, Optional<TensorType>> type) {
    this.node = node;
    this.sees = sees;
    this.type = type;
  }

  static boolean contains(String operator) {
    return Nonlinearities.contains(operator) || OTHERS.contains(operator);
  }

  Sees sees() {
    Optional<TensorType> out = type.apply(node.getOutput(0));
    if (out.isPresent() && node.getInputList().stream().anyMatch(this::folded)) {
      TokenJoin join = new TokenJoin(out.get());
      node.getInputList().stream()
          .filter(t -> !t.isEmpty())
          .forEach(t -> join.add(sees.apply(t), type.apply(t)));
      return join.sees();
    }
    Sees joined = new Nothing();
    for (String tensor : node.getInputList()) {
      Sees operand = tensor.isEmpty() ? new Nothing() : sees.apply(tensor);
      Optional<TensorType> in = type.apply(tensor);
      if (operand instanceof Grid grid) {
        operand = in.isPresent() && out.isPresent() ? placed(grid, in.get(), out.get()) : operand;
      }
      joined = join(joined, operand);
    }
    return joined;
  }

  private boolean folded(String tensor) {
    return !tensor.isEmpty() && sees.apply(tensor) instanceof Tokens;
  }

  /** The grid as it lies in the result, whose axes are counted from the last. */
  private static Sees placed(Grid grid, TensorType in, TensorType out) {
    int shift = out.rank() - in.rank();
    if (shift < 0) {
      return new Everything();
    }
    Grid placed = grid.at(grid.rowAxis() + shift, grid.columnAxis() + shift);
    boolean repeated =
        in.dim(grid.rowAxis()) != out.dim(placed.rowAxis())
            || in.dim(grid.columnAxis()) != out.dim(placed.columnAxis());
    // One cell for all places (a gate after global pooling, say): its stride means nothing here.
    return repeated ? new Everything() : placed;
  }

  private static Sees join(Sees a, Sees b) {
    if (a instanceof Nothing) {
      return b;
    }
    if (b instanceof Nothing) {
      return a;
    }
    if (a instanceof Grid one && b instanceof Grid other) {
      return one.rowAxis() == other.rowAxis() && one.columnAxis() == other.columnAxis()
          ? new Grid(
              one.rowAxis(),
              one.columnAxis(),
              one.vertical().and(other.vertical()),
              one.horizontal().and(other.horizontal()))
          : one.blurred();
    }
    if (a instanceof Grid grid) {
      return grid.blurred();
    }
    if (b instanceof Grid grid) {
      return grid.blurred();
    }
    return new Everything();
  }
}
