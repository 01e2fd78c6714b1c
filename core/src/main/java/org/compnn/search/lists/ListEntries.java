package org.compnn.search.lists;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.compnn.database.Numbering;

/**
 * The entries of all lists, mapped, as {@link ListIndex} describes them. In the files, cells are
 * counted by the numbers that their exemplars have for good ({@link Numbering}); who reads them for
 * a search gets them by the indices of exemplars that are there.
 */
final class ListEntries {
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int axes;
  private final int[] firstBlock;
  private final MemorySegment cells;
  private final MemorySegment codes;
  private final int cellsAnExemplar;
  private final long allCells;

  /** For each exemplar's number its index, -1 if it is not there; empty where they are the same. */
  private final int[] index;

  ListEntries(
      int axes,
      int[] firstBlock,
      MemorySegment cells,
      MemorySegment codes,
      int cellsAnExemplar,
      Numbering numbering) {
    this.axes = axes;
    this.firstBlock = firstBlock;
    this.cells = cells;
    this.codes = codes;
    this.cellsAnExemplar = cellsAnExemplar;
    this.allCells = (long) numbering.end() * cellsAnExemplar;
    this.index = numbering.isWhole() ? new int[0] : new int[numbering.end()];
    Arrays.setAll(index, numbering::exemplar);
  }

  /** Whether the exemplars of all entries are there. */
  boolean allThere() {
    return index.length == 0;
  }

  /**
   * Reads entries of a list for a search: -1 for cells of exemplars that are not there.
   *
   * @param from the first block of the list, {@code count} how many
   * @param cellsInto receives {@link ListIndex#BLOCK} indices of cells a block
   * @param codesInto receives axes x {@link ListIndex#BLOCK} bytes a block
   * @return false if there is an entry that is no cell of the layer: a damaged file
   */
  boolean read(int list, int from, int count, int[] cellsInto, byte[] codesInto) {
    if (!copy(list, from, count, cellsInto, codesInto)) {
      return false;
    }
    if (!allThere()) {
      for (int i = 0; i < count * ListIndex.BLOCK; i++) {
        int cell = cellsInto[i];
        int there = cell < 0 ? -1 : index[cell / cellsAnExemplar];
        cellsInto[i] = there < 0 ? -1 : there * cellsAnExemplar + cell % cellsAnExemplar;
      }
    }
    return true;
  }

  /**
   * Negative where a cell is below -1 or above the last; without a branch, since this is read
   * often.
   */
  private static int signs(int[] cells, int count, int last) {
    int signs = 0;
    for (int i = 0; i < count; i++) {
      signs |= (cells[i] + 1) | (last - cells[i]);
    }
    return signs;
  }

  /** The same as they are in the files. */
  boolean copy(int list, int from, int count, int[] cellsInto, byte[] codesInto) {
    long block = (long) firstBlock[list] + from;
    MemorySegment.copy(
        cells, INT, block * ListIndex.BLOCK * 4, cellsInto, 0, count * ListIndex.BLOCK);
    int last = (int) Math.min(allCells, Integer.MAX_VALUE) - 1;
    if (signs(cellsInto, count * ListIndex.BLOCK, last) < 0) {
      return false;
    }
    MemorySegment.copy(
        codes,
        ValueLayout.JAVA_BYTE,
        block * ListIndex.BLOCK * axes,
        codesInto,
        0,
        count * ListIndex.BLOCK * axes);
    return true;
  }
}
