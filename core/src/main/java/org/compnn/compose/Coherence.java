package org.compnn.compose;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.compnn.search.Field;

/**
 * How large the pieces are that a composition is pasted of. A piece is a connected set of query
 * cells (sharing a side) whose best matches lie in one exemplar in the same places to each other:
 * what one cut with scissors would give.
 *
 * @param pieces how many pieces there are
 * @param meanCells cells a piece, on average; 0 without any
 * @param largest cells of the largest piece
 */
public record Coherence(int pieces, double meanCells, int largest) {
  /** The pieces of a field; cells without a match belong to none. */
  public static Coherence of(Field field) {
    int cells = field.rows() * field.columns();
    BitSet open = new BitSet(cells);
    for (int cell = 0; cell < cells; cell++) {
      open.set(cell, field.exemplar()[cell * field.topK()] >= 0);
    }
    int matched = open.cardinality();
    int pieces = 0;
    int largest = 0;
    Deque<Integer> edge = new ArrayDeque<>();
    for (int seed = open.nextSetBit(0); seed >= 0; seed = open.nextSetBit(seed + 1)) {
      pieces++;
      int size = 0;
      open.clear(seed);
      edge.push(seed);
      while (!edge.isEmpty()) {
        int cell = edge.pop();
        size++;
        int column = cell % field.columns();
        join(field, cell, cell - field.columns(), cell >= field.columns(), open, edge);
        join(field, cell, cell + field.columns(), cell + field.columns() < cells, open, edge);
        join(field, cell, cell - 1, column > 0, open, edge);
        join(field, cell, cell + 1, column < field.columns() - 1, open, edge);
      }
      largest = Math.max(largest, size);
    }
    return new Coherence(pieces, pieces == 0 ? 0 : (double) matched / pieces, largest);
  }

  private static void join(
      Field field, int cell, int other, boolean inside, BitSet open, Deque<Integer> edge) {
    if (inside && open.get(other) && together(field, cell, other)) {
      open.clear(other);
      edge.push(other);
    }
  }

  private static boolean together(Field field, int cell, int other) {
    int a = cell * field.topK();
    int b = other * field.topK();
    int rows = other / field.columns() - cell / field.columns();
    int columns = other % field.columns() - cell % field.columns();
    return field.exemplar()[a] == field.exemplar()[b]
        && field.row()[b] - field.row()[a] == rows
        && field.column()[b] - field.column()[a] == columns;
  }
}
