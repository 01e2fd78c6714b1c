package org.compnn.network.geometry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.graph.TensorType;

/**
 * How rows and columns of cells lie in the axes of a tensor, however they were folded: as an image
 * (channels, rows, columns), as tokens (rows x columns, channels) with a class token before them,
 * as windows of a few rows and columns each.
 *
 * @param axes the tensor's axes
 * @param rows rows of cells
 * @param columns columns of cells
 * @param rowShift what lies at row i is row i + shift, counted round; not 0 after a roll
 * @param columnShift the same for columns
 */
record Layout(List<Axis> axes, long rows, long columns, long rowShift, long columnShift) {
  Layout {
    axes = List.copyOf(axes);
  }

  /** A tensor with an axis of rows and one of columns. */
  static Layout image(TensorType type, int rowAxis, int columnAxis, long batch) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < type.rank(); i++) {
      long size = type.dim(i);
      if (i == rowAxis) {
        axes.add(Axis.of(List.of(new Factor(Kind.ROW, 1, size))));
      } else if (i == columnAxis) {
        axes.add(Axis.of(List.of(new Factor(Kind.COLUMN, 1, size))));
      } else if (i == 0 && batch > 1 && size == batch) {
        axes.add(Axis.of(List.of(new Factor(Kind.BATCH, 0, size))));
      } else {
        axes.add(Axis.other(size));
      }
    }
    return new Layout(axes, type.dim(rowAxis), type.dim(columnAxis), 0, 0);
  }

  Layout with(List<Axis> changed) {
    return new Layout(changed, rows, columns, rowShift, columnShift);
  }

  Layout with(int axis, Axis changed) {
    List<Axis> copy = new ArrayList<>(axes);
    copy.set(axis, changed);
    return with(copy);
  }

  int rank() {
    return axes.size();
  }

  boolean shifted() {
    return rowShift != 0 || columnShift != 0;
  }

  /** The axis that counts all rows (or columns) and nothing else, or -1. */
  int axisOf(Kind kind) {
    long cells = kind == Kind.ROW ? rows : columns;
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i).counts(kind, cells)) {
        return i;
      }
    }
    return -1;
  }

  boolean has(Kind kind) {
    return axes.stream().anyMatch(a -> a.has(kind));
  }

  /** Whether each cell is there once. */
  boolean complete() {
    return counted(Kind.ROW) == rows && counted(Kind.COLUMN) == columns;
  }

  private long counted(Kind kind) {
    long counted = 1;
    for (Axis axis : axes) {
      for (Factor factor : axis.factors()) {
        counted *= factor.kind() == kind ? factor.size() : 1;
      }
    }
    return counted;
  }

  /** Whether a tensor's shape is this. */
  boolean fits(TensorType type) {
    return type.rank() == rank()
        && IntStream.range(0, rank()).allMatch(i -> axes.get(i).size() == type.dim(i));
  }

  Layout transposed(long[] order) {
    List<Axis> turned = new ArrayList<>();
    for (long axis : order) {
      turned.add(axes.get((int) axis));
    }
    return with(turned);
  }

  /** The same numbers in the same order, with other axes; none where one is cut in odd places. */
  Optional<Layout> reshaped(List<Long> shape) {
    Deque<Axis> rest = new ArrayDeque<>(axes);
    Deque<Factor> open = new ArrayDeque<>();
    List<Axis> made = new ArrayList<>();
    for (long size : shape) {
      while (open.isEmpty() && !rest.isEmpty() && rest.peek().plain()) {
        open.addAll(rest.poll().factors());
      }
      if (open.isEmpty() && !rest.isEmpty() && size > 1) {
        // An axis with further entries goes on as a whole or not at all.
        Axis whole = rest.poll();
        if (whole.size() != size) {
          return Optional.empty();
        }
        made.add(whole);
        continue;
      }
      List<Factor> taken = new ArrayList<>();
      if (!take(size, open, rest, taken)) {
        return Optional.empty();
      }
      made.add(Axis.of(taken));
    }
    if (!open.isEmpty() || rest.stream().anyMatch(a -> a.size() != 1)) {
      // Rows or columns of one cell may be left over; they belong anywhere.
      if (!rest.isEmpty() || made.isEmpty() || open.stream().anyMatch(f -> f.size() != 1)) {
        return Optional.empty();
      }
      List<Factor> last = new ArrayList<>(made.getLast().factors());
      last.addAll(open);
      made.set(made.size() - 1, Axis.of(last));
    }
    return Optional.of(with(made));
  }

  private static boolean take(long size, Deque<Factor> open, Deque<Axis> rest, List<Factor> taken) {
    long needed = size;
    if (needed == 1 && !open.isEmpty() && open.peek().size() == 1) {
      taken.add(open.poll());
    }
    while (needed > 1) {
      while (open.isEmpty() && !rest.isEmpty() && rest.peek().plain()) {
        open.addAll(rest.poll().factors());
      }
      if (open.isEmpty()) {
        return false;
      }
      Factor next = open.poll();
      if (needed % next.size() == 0) {
        taken.add(next);
        needed /= next.size();
      } else if (next.splits(needed)) {
        taken.add(next.outer(needed));
        open.push(next.inner(needed));
        needed = 1;
      } else {
        return false;
      }
    }
    return true;
  }
}
