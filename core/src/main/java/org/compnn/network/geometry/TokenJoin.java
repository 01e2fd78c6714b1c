package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.TensorType;

/**
 * The result of an operator that works on each number by itself, where cells of an operand are
 * folded: axes are counted from the last, and one of size 1 is repeated.
 */
final class TokenJoin {
  private final TensorType out;
  private Optional<Tokens> joined = Optional.empty();
  private boolean mixed;
  private boolean failed;

  TokenJoin(TensorType out) {
    this.out = out;
  }

  void add(Sees sees, Optional<TensorType> type) {
    if (sees instanceof Nothing) {
      return;
    }
    Optional<Tokens> tokens = type.flatMap(t -> TokenOperator.of(sees, t)).map(this::spread);
    if (tokens.isEmpty()) {
      mixed = true;
    } else if (joined.isEmpty()) {
      joined = tokens;
    } else {
      join(joined.get(), tokens.get());
    }
  }

  Sees sees() {
    if (failed || joined.isEmpty() || !joined.get().layout().fits(out)) {
      return new Everything();
    }
    return (mixed ? joined.get().blurred() : joined.get()).plainly();
  }

  /** As it lies in the result. */
  private Tokens spread(Tokens tokens) {
    Layout layout = tokens.layout();
    int grown = out.rank() - layout.rank();
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < out.rank(); i++) {
      Axis axis = i < grown ? Axis.other(1) : layout.axes().get(i - grown);
      axes.add(axis.size() == out.dim(i) ? axis : Axis.other(out.dim(i)));
    }
    return tokens.as(layout.with(axes));
  }

  private void join(Tokens one, Tokens other) {
    // One that has no place of its own in the result (a gate, a mean) counts for all places.
    if (!other.layout().complete()) {
      mixed = true;
      return;
    }
    if (!one.layout().complete()) {
      mixed = true;
      joined = Optional.of(other);
      return;
    }
    if (one.layout().rows() != other.layout().rows()
        || one.layout().columns() != other.layout().columns()
        || one.layout().rowShift() != other.layout().rowShift()
        || one.layout().columnShift() != other.layout().columnShift()) {
      failed = true;
      return;
    }
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < out.rank(); i++) {
      Axis a = one.layout().axes().get(i);
      Axis b = other.layout().axes().get(i);
      boolean clash = a.spatial() && b.spatial() && !a.equals(b);
      failed |= clash;
      axes.add(a.spatial() || a.has(Kind.KEY) ? a : b);
    }
    joined =
        Optional.of(
            new Tokens(
                one.layout().with(axes),
                one.vertical().and(other.vertical()),
                one.horizontal().and(other.horizontal())));
  }
}
