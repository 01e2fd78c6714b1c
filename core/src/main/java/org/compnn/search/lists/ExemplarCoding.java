package org.compnn.search.lists;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.search.exact.Windows;

/** Turns the cells of exemplars into codes and finds their lists. Safe for many threads. */
final class ExemplarCoding {
  private final CellStore store;
  private final int hyperpatch;
  private final CodeBook book;
  private final ListChooser chooser;

  ExemplarCoding(CellStore store, int hyperpatch, CodeBook book) {
    this.store = store;
    this.hyperpatch = hyperpatch;
    this.book = book;
    this.chooser = new ListChooser(book.quantiser(), Kernels.best());
  }

  /**
   * Codes one exemplar.
   *
   * @param place its place among those that are coded
   * @param coded receives its codes, a byte an axis
   * @param listed receives the list of each cell
   */
  void code(int exemplar, int place, MemorySegment coded, MemorySegment listed) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    int axes = book.axes();
    float[] steps = book.steps();
    float[] cells = new float[rows * columns * channels];
    store.read(exemplar, 0, rows * columns, cells, 0);
    float[] window = new float[hyperpatch * hyperpatch * channels];
    float[] codes = new float[rows * columns * axes];
    byte[] bytes = new byte[rows * columns * axes];
    int[] lists = new int[rows * columns];
    for (int cell = 0; cell < rows * columns; cell++) {
      Windows.copy(
          cells,
          rows,
          columns,
          channels,
          cell / columns,
          cell % columns,
          -((hyperpatch - 1) / 2),
          hyperpatch,
          window,
          0);
      book.projection().project(Kernels.best(), window, 0, codes, cell * axes);
    }
    chooser.scratch(1, 1).choose(codes, 0, rows * columns, lists);
    for (int i = 0; i < codes.length; i++) {
      bytes[i] =
          (byte) Math.clamp(Math.round(codes[i] / steps[i % axes]), -ListIndex.CUT, ListIndex.CUT);
    }
    long at = (long) place * rows * columns;
    MemorySegment.copy(bytes, 0, coded, ValueLayout.JAVA_BYTE, at * axes, bytes.length);
    MemorySegment.copy(lists, 0, listed, ListEntries.INT, at * 4, lists.length);
  }
}
