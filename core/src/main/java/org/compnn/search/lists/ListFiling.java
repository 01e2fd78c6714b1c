package org.compnn.search.lists;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.threads.Workers;

/**
 * Copies codes to their places in the lists, behind those that are there already.
 *
 * @param sizes entries of each list, those that are to come among them
 * @param radii of the lists, brought up to date
 * @param old the lists so far
 * @param numbers for each cell that is to come, counted from 0, its number in the lists
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record ListFiling(
    Path folder,
    CodeBook book,
    int[] sizes,
    float[] radii,
    Optional<ListIndex> old,
    IntUnaryOperator numbers) {
  /**
   * Writes the lists.
   *
   * @param coded their codes, {@code listed} their lists
   */
  void run(MemorySegment coded, MemorySegment listed, Workers workers) {
    int threads = workers.threads();
    int[] firstBlock = ListIndex.firstBlocks(sizes);
    long blocks = firstBlock[sizes.length];
    try (Arena arena = Arena.ofShared()) {
      MemorySegment cells =
          NpyArray.create(
                  folder.resolve(ListIndex.CELLS), NpyType.INT32, arena, blocks * ListIndex.BLOCK)
              .numbers();
      MemorySegment codes =
          NpyArray.create(
                  folder.resolve(ListIndex.CODES),
                  NpyType.INT8,
                  arena,
                  blocks,
                  book.axes(),
                  ListIndex.BLOCK)
              .numbers();
      cells.fill((byte) 0xff);
      // Each thread sees all cells and takes those of its lists.
      workers.run(
          threads,
          (part, thread) -> {
            int from = (int) ((long) sizes.length * part / threads);
            int to = (int) ((long) sizes.length * (part + 1) / threads);
            int[] next = new int[to - from];
            for (int list = from; old.isPresent() && list < to; list++) {
              next[list - from] = old.get().size(list);
              copy(old.get(), list, firstBlock[list], cells, codes);
            }
            file(coded, listed, from, to, next, firstBlock, cells, codes);
          });
    }
  }

  private void copy(
      ListIndex index, int list, long block, MemorySegment cells, MemorySegment codes) {
    int count = Math.ceilDiv(index.size(list), ListIndex.BLOCK);
    int axes = book.axes();
    int[] oldCells = new int[count * ListIndex.BLOCK];
    byte[] oldCodes = new byte[count * ListIndex.BLOCK * axes];
    index.copy(list, count, oldCells, oldCodes);
    MemorySegment.copy(
        oldCells, 0, cells, ListEntries.INT, block * ListIndex.BLOCK * 4, oldCells.length);
    MemorySegment.copy(
        oldCodes, 0, codes, ValueLayout.JAVA_BYTE, block * ListIndex.BLOCK * axes, oldCodes.length);
  }

  private void file(
      MemorySegment coded,
      MemorySegment listed,
      int from,
      int to,
      int[] next,
      int[] firstBlock,
      MemorySegment cells,
      MemorySegment codes) {
    int axes = book.axes();
    float[] steps = book.steps();
    float[] centroids = book.quantiser().lists();
    int count = Math.toIntExact(listed.byteSize() / 4);
    for (int cell = 0; cell < count; cell++) {
      int list = listed.get(ListEntries.INT, cell * 4L);
      if (list < from || list >= to) {
        continue;
      }
      int entry = next[list - from]++;
      long block = (long) firstBlock[list] + entry / ListIndex.BLOCK;
      int lane = entry % ListIndex.BLOCK;
      cells.set(ListEntries.INT, (block * ListIndex.BLOCK + lane) * 4, numbers.applyAsInt(cell));
      double away = 0;
      for (int k = 0; k < axes; k++) {
        byte x = coded.get(ValueLayout.JAVA_BYTE, (long) cell * axes + k);
        codes.set(ValueLayout.JAVA_BYTE, (block * axes + k) * ListIndex.BLOCK + lane, x);
        double d = (double) x * steps[k] - centroids[list * axes + k];
        // A code that was cut to fit its byte may stand for one anywhere.
        away += Math.abs(x) < ListIndex.CUT ? d * d : Double.POSITIVE_INFINITY;
      }
      radii[list] = Math.max(radii[list], Math.nextUp((float) Math.sqrt(away)));
    }
  }
}
