package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.List;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.geometry.Sees.Tokens;

/**
 * Cells that become channels, and channels that become cells: what a reshape and a transpose do as
 * much as {@code SpaceToDepth} and {@code DepthToSpace}.
 */
final class Folding {
  private Folding() {}

  /** With neighbouring cells that share an axis with channels taken as one cell, and back. */
  static Tokens settled(Tokens tokens) {
    return finer(coarser(coarser(tokens, Kind.ROW), Kind.COLUMN));
  }

  /** The last digit of the rows lies among channels, the others do not: blocks are cells. */
  private static Tokens coarser(Tokens tokens, Kind kind) {
    Layout layout = tokens.layout();
    for (Axis axis : layout.axes()) {
      if (!axis.has(Kind.OTHER)) {
        continue;
      }
      for (Factor factor : axis.factors()) {
        long cells = kind == Kind.ROW ? layout.rows() : layout.columns();
        boolean last = factor.kind() == kind && factor.step() == 1 && factor.size() < cells;
        boolean alone = axis.factors().stream().filter(f -> f.kind() == kind).count() == 1;
        if (last && alone) {
          return coarser(tokens, factor);
        }
      }
    }
    return tokens;
  }

  private static Tokens coarser(Tokens tokens, Factor block) {
    Layout layout = tokens.layout();
    List<Axis> axes = new ArrayList<>();
    for (Axis axis : layout.axes()) {
      List<Factor> factors = new ArrayList<>();
      for (Factor factor : axis.factors()) {
        if (factor.equals(block)) {
          factors.add(new Factor(Kind.OTHER, 0, block.size()));
        } else if (factor.kind() == block.kind()) {
          factors.add(new Factor(factor.kind(), factor.step() / block.size(), factor.size()));
        } else {
          factors.add(factor);
        }
      }
      axes.add(new Axis(axis.before(), factors, axis.after()));
    }
    boolean rows = block.kind() == Kind.ROW;
    Reach reach = Reach.window(block.size(), block.size(), 0);
    if ((rows ? layout.rowShift() : layout.columnShift()) % block.size() != 0) {
      return tokens;
    }
    Layout blocks =
        new Layout(
            axes,
            rows ? layout.rows() / block.size() : layout.rows(),
            rows ? layout.columns() : layout.columns() / block.size(),
            rows ? layout.rowShift() / block.size() : layout.rowShift(),
            rows ? layout.columnShift() : layout.columnShift() / block.size());
    return new Tokens(
        blocks,
        rows ? tokens.vertical().through(reach) : tokens.vertical(),
        rows ? tokens.horizontal() : tokens.horizontal().through(reach));
  }

  /** Channels follow the rows in their axis, and others the columns in theirs. */
  private static Tokens finer(Tokens tokens) {
    Layout layout = tokens.layout();
    int row = spread(layout, Kind.ROW, layout.rows());
    int column = spread(layout, Kind.COLUMN, layout.columns());
    if (row < 0 || column < 0 || layout.shifted()) {
      return tokens;
    }
    long down = layout.axes().get(row).factors().getLast().size();
    long across = layout.axes().get(column).factors().getLast().size();
    Layout fine =
        new Layout(layout.axes(), layout.rows() * down, layout.columns() * across, 0, 0)
            .with(row, Axis.of(List.of(new Factor(Kind.ROW, 1, layout.rows() * down))))
            .with(column, Axis.of(List.of(new Factor(Kind.COLUMN, 1, layout.columns() * across))));
    return new Tokens(
        fine,
        tokens.vertical().through(Reach.spreading(down, down, 0)),
        tokens.horizontal().through(Reach.spreading(across, across, 0)));
  }

  private static int spread(Layout layout, Kind kind, long cells) {
    for (int i = 0; i < layout.rank(); i++) {
      List<Factor> factors = layout.axes().get(i).factors();
      if (layout.axes().get(i).plain()
          && factors.size() == 2
          && factors.getFirst().equals(new Factor(kind, 1, cells))
          && factors.getLast().kind() == Kind.OTHER) {
        return i;
      }
    }
    return -1;
  }
}
