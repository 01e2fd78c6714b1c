package org.compnn.search.lists;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Numbering;
import org.compnn.kernels.Kernels;
import org.compnn.npy.NpyType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Inverted lists over a layer's hyperpatches (an IVF index; Jegou, Douze, Schmid, "Product
 * quantization for nearest neighbor search", 2011, without the product quantiser): every training
 * cell's short code, stored list by list so that a list is read from front to back. Mapped, never
 * loaded.
 *
 * <p>A list's codes lie in blocks of {@link #BLOCK}, {@code [axis][entry]}, signed bytes in steps
 * of their axis; a cell's number counts all cells of all exemplars, -1 where a block's entries end.
 */
public final class ListIndex {
  /** Entries a block. */
  static final int BLOCK = Kernels.BLOCK;

  /** The greatest byte of a code; it may stand for more. */
  static final int CUT = 127;

  static final String SIZES = "sizes.npy";
  static final String RADII = "radii.npy";
  static final String CELLS = "cells.npy";
  static final String CODES = "codes.npy";

  /** What the annex notes of the axes' energy. */
  static final String ENERGY = "energy";

  /** What the annex notes of {@link #trained}. */
  static final String TRAINED = "trained";

  /** What the annex notes of {@link #held}, where that does not follow from the entries. */
  static final String HELD = "held";

  private final Annex annex;
  private final int hyperpatch;
  private final CodeBook book;
  private final ListChooser chooser;
  private volatile @Nullable ListChooser byAngle;
  private final int[] sizes;
  private final float[] radii;
  private final float[] lengths;
  private final int trained;
  private final int held;
  private final ListEntries entries;

  private ListIndex(
      Annex annex,
      int hyperpatch,
      CodeBook book,
      int[] sizes,
      float[] radii,
      int trained,
      int held,
      ListEntries entries) {
    this.annex = annex;
    this.hyperpatch = hyperpatch;
    this.book = book;
    this.chooser = new ListChooser(book.quantiser(), Kernels.best());
    this.sizes = sizes;
    this.radii = radii;
    this.lengths = lengths(book.quantiser().lists(), book.axes());
    this.trained = trained;
    this.held = held;
    this.entries = entries;
  }

  static int[] firstBlocks(int[] sizes) {
    int[] first = new int[sizes.length + 1];
    for (int list = 0; list < sizes.length; list++) {
      first[list + 1] = Math.addExact(first[list], Math.ceilDiv(sizes[list], BLOCK));
    }
    return first;
  }

  private static float[] lengths(float[] codes, int axes) {
    float[] lengths = new float[codes.length / axes];
    for (int i = 0; i < lengths.length; i++) {
      double square = 0;
      for (int k = 0; k < axes; k++) {
        square += (double) codes[i * axes + k] * codes[i * axes + k];
      }
      lengths[i] = (float) Math.sqrt(square);
    }
    return lengths;
  }

  static String name(int hyperpatch) {
    return "lists-p" + hyperpatch;
  }

  /** The lists of a layer for hyperpatches of that size or, failing that, of the nearest size. */
  public static Optional<ListIndex> open(Database database, CellStore store, int hyperpatch) {
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
        if (outdated(annex.get())) {
          throw UserError.about(
                  Knob.INDEX,
                  "%s: expected search lists with %s, found those of an earlier version; index again for hyperpatches of %d"
                      .formatted(annex.get().folder(), RADII, p))
              .and(Knob.HYPERPATCH);
        }
        ListIndex lists = of(annex.get(), store, database.numbering(), p);
        if (lists.whole(database)) {
          return Optional.of(lists);
        }
      }
    }
    return Optional.empty();
  }

  /** The lists for just that size, if they hold all cells. */
  public static Optional<ListIndex> exactly(Database database, CellStore store, int hyperpatch) {
    return of(database, store, hyperpatch).filter(lists -> lists.whole(database));
  }

  /** The lists for just that size, even if exemplars have been added since they were made. */
  static Optional<ListIndex> of(Database database, CellStore store, int hyperpatch) {
    return database
        .annex(store, name(hyperpatch))
        .filter(annex -> !outdated(annex))
        .map(annex -> of(annex, store, database.numbering(), hyperpatch));
  }

  /** Whether lists are of a version that is no longer searched; indexing makes them anew. */
  private static boolean outdated(Annex annex) {
    return !annex.has(RADII);
  }

  /** Whether the lists hold all cells. */
  boolean whole(Database database) {
    return held == database.numbering().end();
  }

  /** The lists hold the cells of all exemplars of numbers below this one. */
  int held() {
    return held;
  }

  /** Exemplars that axes and centroids were made from. */
  int trained() {
    return trained;
  }

  /** Hyperpatches that lists are made for at the most; greater ones use these. */
  static final int LARGEST = 9;

  private static ListIndex of(Annex annex, CellStore store, Numbering numbering, int p) {
    CodeBook book =
        CodeBook.read(annex::map, p * p * store.layer().channels(), annex.number(ENERGY))
            .orElseThrow(() -> unfit(annex.folder()));
    if (!Stream.of(book.steps(), book.quantiser().lists(), book.quantiser().groups())
        .allMatch(ListIndex::finite)) {
      throw unfit(annex.folder());
    }
    int[] sizes = annex.map(SIZES).expect(NpyType.INT32, book.quantiser().size()).ints();
    int cells = store.layer().cells();
    long entries = 0;
    for (int size : sizes) {
      if (size < 0) {
        throw unfit(annex.folder());
      }
      entries += size;
    }
    long exemplars = entries / cells;
    double noted = annex.number(HELD);
    double held = Double.isNaN(noted) ? exemplars : noted;
    if (entries % cells != 0 || held > numbering.end() || held < exemplars) {
      throw unfit(annex.folder());
    }
    int[] firstBlock = firstBlocks(sizes);
    long count = firstBlock[sizes.length];
    return new ListIndex(
        annex,
        p,
        book,
        sizes,
        annex.map(RADII).expect(NpyType.FLOAT32, sizes.length).floats(),
        trained(annex, exemplars),
        (int) held,
        new ListEntries(
            book.axes(),
            firstBlock,
            annex.mapScattered(CELLS).expect(NpyType.INT32, count * BLOCK).numbers(),
            annex.mapScattered(CODES).expect(NpyType.INT8, count, book.axes(), BLOCK).numbers(),
            cells,
            numbering));
  }

  /** A method of its own: a loop within a long method makes the compiler take all of that. */
  private static boolean finite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  private static int trained(Annex annex, long held) {
    double noted = annex.number(TRAINED);
    return (int) (noted >= 1 && noted <= held ? noted : held);
  }

  private static UserError unfit(Path folder) {
    return UserError.about(
        Knob.INDEX,
        folder
            + ": expected search lists of all cells of the layer, found others; delete this folder"
            + " and index again");
  }

  /** Where they lie. */
  public Path folder() {
    return annex.folder();
  }

  /** A number that is noted with them; not a number if there is none. */
  public double number(String name) {
    return annex.number(name);
  }

  public int hyperpatch() {
    return hyperpatch;
  }

  public Projection projection() {
    return book.projection();
  }

  /** The centroids of some lists, from {@code first} to the one before {@code end}. */
  public Centroids centroids(int first, int end, Kernels kernels) {
    return new Centroids(book.quantiser().lists(), book.axes(), first, end, kernels);
  }

  /** Finds the lists of codes. */
  public ListChooser chooser() {
    return chooser;
  }

  /** Finds the lists that lie in the direction of codes, however long these are. */
  public ListChooser chooserByAngle() {
    ListChooser made = byAngle;
    if (made == null) {
      made = new ListChooser(book.quantiser().normalised(), Kernels.best());
      byAngle = made;
    }
    return made;
  }

  /** What a code's signed bytes are multiplied by, per axis. */
  public float[] steps() {
    return book.steps();
  }

  public int lists() {
    return sizes.length;
  }

  int[] sizes() {
    return sizes;
  }

  CodeBook book() {
    return book;
  }

  /** Entries of a list. */
  int size(int list) {
    return sizes[list];
  }

  /**
   * How far each list's entries lie from its centroid at the most, by their stored codes; infinite
   * where a code was cut to fit its bytes.
   */
  public float[] radii() {
    return radii;
  }

  /** The length of a list's centroid. */
  public float length(int list) {
    return lengths[list];
  }

  /** How far a stored code may be from the code that it stands for. */
  public float rounding() {
    double sum = 0;
    for (float step : book.steps()) {
      sum += (double) step * step / 4;
    }
    return (float) Math.sqrt(sum);
  }

  /** Whether every entry is a cell of an exemplar that is there. */
  boolean allThere() {
    return entries.allThere();
  }

  /**
   * Reads entries of a list.
   *
   * @param from the first block of the list, {@code count} how many
   * @param cellsInto receives {@link #BLOCK} indices of cells a block, -1 where there is none
   * @param codesInto receives axes x {@link #BLOCK} bytes a block
   * @throws UserError if there is an entry that is no cell of the layer: a damaged file
   */
  void read(int list, int from, int count, int[] cellsInto, byte[] codesInto) {
    if (!entries.read(list, from, count, cellsInto, codesInto)) {
      throw unfit(annex.folder());
    }
  }

  /** The same with the numbers of cells that the files have, see {@link ListEntries}. */
  void copy(int list, int count, int[] cellsInto, byte[] codesInto) {
    if (!entries.copy(list, 0, count, cellsInto, codesInto)) {
      throw unfit(annex.folder());
    }
  }
}
