package org.compnn.network.geometry;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.compnn.network.geometry.Factor.Kind;

/**
 * Where the numbers of each cell lie in a tensor whose axes do not say it plainly: tokens with a
 * class token before them, windows, rows that were moved round.
 */
public final class CellOrder {
  private final int[] rows;
  private final int[] columns;
  private final int[] channels;

  private CellOrder(int[] rows, int[] columns, int[] channels) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
  }

  public int channels() {
    return channels.length;
  }

  /** How a layout lies in memory, if it is one vector of channels for each cell. */
  static Optional<CellOrder> of(Layout layout) {
    List<Axis> axes = layout.axes();
    long[] strides = new long[axes.size()];
    long count = 1;
    for (int i = axes.size() - 1; i >= 0; i--) {
      strides[i] = count;
      count = Math.multiplyExact(count, Math.max(1, axes.get(i).size()));
    }
    long others = axes.stream().filter(a -> a.has(Kind.OTHER)).count();
    if (count > Integer.MAX_VALUE - 16
        || others > 1
        || layout.has(Kind.KEY)
        || !layout.complete()) {
      return Optional.empty();
    }
    int[] rows = new int[Math.toIntExact(layout.rows())];
    int[] columns = new int[Math.toIntExact(layout.columns())];
    List<long[]> channels = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < axes.size(); i++) {
      first += (int) (axes.get(i).before() * strides[i]);
      long stride = strides[i];
      for (Factor factor : axes.get(i).factors().reversed()) {
        switch (factor.kind()) {
          case ROW -> add(rows, factor, stride, layout.rowShift());
          case COLUMN -> add(columns, factor, stride, layout.columnShift());
          case OTHER -> channels.addFirst(new long[] {factor.size(), stride});
          case KEY, BATCH -> {}
        }
        stride *= factor.size();
      }
    }
    for (int r = 0; r < rows.length; r++) {
      rows[r] += first;
    }
    return Optional.of(new CellOrder(rows, columns, places(channels)));
  }

  /** Adds what one digit of rows (or columns) moves in memory. */
  private static void add(int[] places, Factor factor, long stride, long shift) {
    for (int cell = 0; cell < places.length; cell++) {
      long at = Math.floorMod(cell - shift, (long) places.length);
      places[cell] += (int) (at / factor.step() % factor.size() * stride);
    }
  }

  private static int[] places(List<long[]> digits) {
    int[] places = {0};
    for (long[] digit : digits) {
      int[] next = new int[Math.toIntExact(places.length * digit[0])];
      for (int i = 0; i < next.length; i++) {
        next[i] = places[i / (int) digit[0]] + (int) (i % digit[0] * digit[1]);
      }
      places = next;
    }
    return places;
  }

  /** Reads a tensor as cells: rows, columns, channels. */
  public float[] read(FloatBuffer from) {
    float[] cells = new float[Math.multiplyExact(rows.length * columns.length, channels.length)];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        for (int channel : channels) {
          cells[at++] = from.get(row + column + channel);
        }
      }
    }
    return cells;
  }

  /** Writes cells into a tensor; what is no cell's stays as it is there. */
  public void write(float[] cells, FloatBuffer into) {
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        for (int channel : channels) {
          into.put(row + column + channel, cells[at++]);
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellOrder that
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(columns, that.columns)
        && Arrays.equals(channels, that.channels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(rows) + Arrays.hashCode(columns)) + Arrays.hashCode(channels);
  }
}
