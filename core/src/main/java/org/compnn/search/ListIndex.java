package org.compnn.search;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;

/**
 * Inverted lists over a layer's hyperpatches (an IVF index; Jegou, Douze, Schmid, "Product
 * quantization for nearest neighbor search", 2011, without the product quantiser): every training
 * cell's short code, stored list by list so that a list is read from front to back. Mapped, never
 * loaded.
 *
 * <p>A list's codes lie in blocks of {@link #BLOCK}, {@code [axis][entry]}, signed bytes in steps
 * of their axis; a cell's number counts all cells of all exemplars, -1 where a block's entries end.
 */
final class ListIndex {
  /** Entries a block. */
  static final int BLOCK = 32;

  /** The greatest byte of a code; it may stand for more. */
  static final int CUT = 127;

  static final String BASIS = "basis.npy";
  static final String STEPS = "steps.npy";
  static final String GROUPS = "groups.npy";
  static final String FIRST = "first.npy";
  static final String LISTS = "lists.npy";
  static final String SIZES = "sizes.npy";
  static final String RADII = "radii.npy";
  static final String CELLS = "cells.npy";
  static final String CODES = "codes.npy";

  /** What the annex notes of {@link #trained}. */
  static final String TRAINED = "trained";

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int hyperpatch;
  private final Projection projection;
  private final CoarseQuantiser quantiser;
  private final ListChooser chooser;
  private final float[] steps;
  private final int[] sizes;
  private final float[] radii;
  private final int trained;
  private final int[] firstBlock;
  private final MemorySegment cells;
  private final MemorySegment codes;

  private ListIndex(
      int hyperpatch,
      Projection projection,
      CoarseQuantiser quantiser,
      float[] steps,
      int[] sizes,
      float[] radii,
      int trained,
      MemorySegment cells,
      MemorySegment codes) {
    this.hyperpatch = hyperpatch;
    this.projection = projection;
    this.quantiser = quantiser;
    this.chooser = new ListChooser(quantiser, Kernels.best());
    this.steps = steps;
    this.sizes = sizes;
    this.radii = radii;
    this.trained = trained;
    this.firstBlock = firstBlocks(sizes);
    this.cells = cells;
    this.codes = codes;
  }

  static int[] firstBlocks(int[] sizes) {
    int[] first = new int[sizes.length + 1];
    for (int list = 0; list < sizes.length; list++) {
      first[list + 1] = Math.addExact(first[list], Math.ceilDiv(sizes[list], BLOCK));
    }
    return first;
  }

  static String name(int hyperpatch) {
    return "lists-p" + hyperpatch;
  }

  /** The lists of a layer for hyperpatches of that size or, failing that, of the nearest size. */
  static Optional<ListIndex> open(Database database, CellStore store, int hyperpatch) {
    List<Integer> sizes = new ArrayList<>();
    for (int p = 1; p <= LARGEST; p++) {
      sizes.add(p);
    }
    sizes.sort(
        (a, b) -> {
          int near = Integer.compare(Math.abs(a - hyperpatch), Math.abs(b - hyperpatch));
          return near != 0 ? near : Integer.compare(b, a);
        });
    for (int p : sizes) {
      Optional<Annex> annex = database.annex(store, name(p));
      if (annex.isPresent()) {
        ListIndex lists = of(annex.get(), store, p);
        if (lists.whole(store)) {
          return Optional.of(lists);
        }
      }
    }
    return Optional.empty();
  }

  /** The lists for just that size, even if exemplars have been added since they were made. */
  static Optional<ListIndex> of(Database database, CellStore store, int hyperpatch) {
    return database.annex(store, name(hyperpatch)).map(annex -> of(annex, store, hyperpatch));
  }

  /** Whether the lists hold all cells. */
  boolean whole(CellStore store) {
    return entries() == (long) store.exemplars() * store.layer().cells();
  }

  /** How many cells the lists hold. */
  long entries() {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** Exemplars that axes and centroids were made from. */
  int trained() {
    return trained;
  }

  /** Hyperpatches that lists are made for at the most; greater ones use these. */
  static final int LARGEST = 9;

  private static ListIndex of(Annex annex, CellStore store, int p) {
    int channels = store.layer().channels();
    int inputs = p * p * channels;
    long all = (long) store.exemplars() * store.layer().cells();
    float[] steps = annex.map(STEPS).floats();
    int axes = steps.length;
    int[] sizes = annex.map(SIZES).ints();
    int[] first = annex.map(FIRST).ints();
    long entries = 0;
    for (int size : sizes) {
      if (size < 0) {
        throw unfit(annex);
      }
      entries += size;
    }
    if (entries > all
        || entries % store.layer().cells() != 0
        || first.length < 2
        || first[first.length - 1] != sizes.length) {
      throw unfit(annex);
    }
    for (int g = 1; g < first.length; g++) {
      if (first[0] != 0 || first[g] < first[g - 1]) {
        throw unfit(annex);
      }
    }
    int[] blocks = firstBlocks(sizes);
    long count = blocks[sizes.length];
    return new ListIndex(
        p,
        new Projection(
            axes,
            inputs,
            annex.map(BASIS).expect(NpyType.FLOAT32, inputs, axes).floats(),
            annex.number("energy")),
        new CoarseQuantiser(
            axes,
            annex.map(GROUPS).expect(NpyType.FLOAT32, first.length - 1, axes).floats(),
            first,
            annex.map(LISTS).expect(NpyType.FLOAT32, sizes.length, axes).floats()),
        steps,
        sizes,
        annex.has(RADII)
            ? annex.map(RADII).expect(NpyType.FLOAT32, sizes.length).floats()
            : new float[0],
        trained(annex, entries / store.layer().cells()),
        annex.map(CELLS).expect(NpyType.INT32, count * BLOCK).numbers(),
        annex.map(CODES).expect(NpyType.INT8, count, axes, BLOCK).numbers());
  }

  private static int trained(Annex annex, long held) {
    double noted = annex.number(TRAINED);
    return (int) (noted >= 1 && noted <= held ? noted : held);
  }

  private static UserError unfit(Annex annex) {
    return new UserError(
        annex.folder()
            + ": expected lists of all cells of the layer, found others; delete this folder and run"
            + " compnn index again");
  }

  int hyperpatch() {
    return hyperpatch;
  }

  Projection projection() {
    return projection;
  }

  CoarseQuantiser quantiser() {
    return quantiser;
  }

  /** Finds the lists of codes. */
  ListChooser chooser() {
    return chooser;
  }

  /** What a code's signed bytes are multiplied by, per axis. */
  float[] steps() {
    return steps;
  }

  int lists() {
    return sizes.length;
  }

  int[] sizes() {
    return sizes;
  }

  CodeBook book() {
    return new CodeBook(projection, steps, quantiser);
  }

  /** Entries of a list. */
  int size(int list) {
    return sizes[list];
  }

  /**
   * How far each list's entries lie from its centroid at the most, by their stored codes; infinite
   * where a code was cut to fit its bytes. Empty for lists made before these were kept.
   */
  float[] radii() {
    return radii;
  }

  /** How far a stored code may be from the code that it stands for. */
  float rounding() {
    double sum = 0;
    for (float step : steps) {
      sum += (double) step * step / 4;
    }
    return (float) Math.sqrt(sum);
  }

  /**
   * Reads entries of a list.
   *
   * @param from the first block of the list, {@code count} how many
   * @param cellsInto receives {@link #BLOCK} numbers of cells a block
   * @param codesInto receives axes x {@link #BLOCK} bytes a block
   */
  void read(int list, int from, int count, int[] cellsInto, byte[] codesInto) {
    long block = (long) firstBlock[list] + from;
    int axes = projection.axes();
    MemorySegment.copy(cells, INT, block * BLOCK * 4, cellsInto, 0, count * BLOCK);
    MemorySegment.copy(
        codes, ValueLayout.JAVA_BYTE, block * BLOCK * axes, codesInto, 0, count * BLOCK * axes);
  }
}
