package org.compnn.search.lists;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Numbering;
import org.compnn.database.build.AnnexDraft;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.npy.MappingFault;
import org.compnn.npy.Npy;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.exact.ExactSearch;
import org.compnn.threads.Workers;

/**
 * Makes the {@link ListIndex} of a layer: axes and centroids from a sample, then every cell's code
 * and list, then the codes in the order of the lists. Few cells are in memory at a time; what is
 * under way lies in files, and the index gets its name when it is whole.
 */
public final class ListIndexBuilder {
  /** Hyperpatches that lists can be made for at the most; greater ones are served by these. */
  public static final int LARGEST = ListIndex.LARGEST;

  /** What a draft notes of the exemplars that are coded. */
  private static final String CODED = "coded";

  /** Exemplars that are coded between two notes. */
  private static final int NOTED = 64;

  private final Database database;
  private final CellStore store;
  private final int hyperpatch;
  private final Workers workers;
  private final Progress progress;
  private final int inputs;
  private final int noted;

  private ListIndexBuilder(
      Database database,
      CellStore store,
      int hyperpatch,
      Workers workers,
      Progress progress,
      int noted) {
    this.noted = noted;
    this.database = database;
    this.store = store;
    this.hyperpatch = hyperpatch;
    this.workers = workers;
    this.progress = progress;
    this.inputs = hyperpatch * hyperpatch * store.layer().channels();
  }

  /** Whether a layer is so small that exact search of all of it is fast: it needs no lists. */
  public static boolean worthwhile(CellStore store) {
    return !ExactSearch.affordable(store.layer().cells(), store, store.exemplars());
  }

  /** Whether a layer has lists of all its cells for hyperpatches of a size. */
  public static boolean present(Database database, CellStore store, int hyperpatch) {
    return ListIndex.exactly(database, store, hyperpatch).isPresent();
  }

  /** Whether a layer has lists of all its cells that serve hyperpatches of a size. */
  public static boolean serves(Database database, CellStore store, int hyperpatch) {
    return ListIndex.open(database, store, hyperpatch).isPresent();
  }

  /** Whether there are lists of a layer to be made, to be extended or to be sealed. */
  public static boolean wanting(Database database, CellStore store, int hyperpatch) {
    for (int p = 1; p <= LARGEST; p++) {
      Path folder = database.annexFolder(store, ListIndex.name(p));
      if (Files.isRegularFile(folder.resolve(Annex.FILE))
          && (!Annex.read(folder).sealed()
              || ListIndex.of(database, store, p).filter(o -> !o.whole(database)).isPresent())) {
        return true;
      }
    }
    return worthwhile(store) && !present(database, store, hyperpatch);
  }

  /** Gives the description of lists that an earlier version wrote its checksum. */
  public static void seal(Database database, CellStore store, int hyperpatch) {
    Path folder = database.annexFolder(store, ListIndex.name(hyperpatch));
    if (Files.isRegularFile(folder.resolve(Annex.FILE))) {
      try {
        AnnexDraft.seal(folder);
      } catch (IOException e) {
        throw DatabaseBuilder.unwritable(database.folder(), e);
      }
    }
  }

  /**
   * Takes exemplars that were added to the database into the lists of a layer, sorted by the axes
   * and centroids that there are.
   *
   * @param hyperpatch the size that the lists were made for
   * @return whether there are such lists and they lacked some
   * @throws UserError if the disk is full
   */
  public static boolean extend(
      Database database, CellStore store, int hyperpatch, Workers workers, Progress progress) {
    Optional<ListIndex> lists = ListIndex.of(database, store, hyperpatch);
    if (lists.isEmpty() || lists.get().whole(database)) {
      return false;
    }
    run(new ListIndexBuilder(database, store, hyperpatch, workers, progress, NOTED), true);
    return true;
  }

  /**
   * How many exemplars the axes and centroids of a layer's lists were learnt from, if it has lists.
   */
  public static OptionalInt trained(Database database, CellStore store, int hyperpatch) {
    return ListIndex.of(database, store, hyperpatch)
        .map(lists -> OptionalInt.of(lists.trained()))
        .orElse(OptionalInt.empty());
  }

  /**
   * Builds the lists of a layer, in place of any that are there.
   *
   * @param hyperpatch the size that they serve best
   * @throws UserError if the disk is full, or the layer has more than 2,147,483,647 cells
   */
  public static void build(
      Database database, CellStore store, int hyperpatch, Workers workers, Progress progress) {
    build(database, store, hyperpatch, workers, progress, NOTED);
  }

  /**
   * @param noted exemplars that are coded between two notes of how far it has come
   */
  static void build(
      Database database,
      CellStore store,
      int hyperpatch,
      Workers workers,
      Progress progress,
      int noted) {
    run(new ListIndexBuilder(database, store, hyperpatch, workers, progress, noted), false);
  }

  private static void run(ListIndexBuilder builder, boolean extend) {
    try {
      builder.build(extend);
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(builder.database.folder(), e);
    } catch (UncheckedIOException e) {
      throw DatabaseBuilder.unwritable(
          builder.database.folder(), e.getCause() == null ? e : e.getCause());
    } catch (InternalError e) {
      // A page of a mapped file that the disk has no room for, or cannot give back.
      throw DatabaseBuilder.unwritable(builder.database.folder(), MappingFault.of(e));
    }
  }

  private void build(boolean extend) throws IOException {
    int cells = store.layer().cells();
    Numbering numbering = database.numbering();
    long all = (long) numbering.end() * cells;
    if (all > Integer.MAX_VALUE) {
      throw UserError.about(
          Knob.SEARCH,
          "%s: expected at most %d cells in layer %s for search lists, found %d; index fewer pictures or a coarser layer, or search exactly"
              .formatted(database.folder(), Integer.MAX_VALUE, store.layer().name(), all));
    }
    Optional<ListIndex> old = extend ? ListIndex.of(database, store, hyperpatch) : Optional.empty();
    int held = old.map(ListIndex::held).orElse(0);
    int first = numbering.below(held);
    int count = (store.exemplars() - first) * cells;
    AnnexDraft draft = AnnexDraft.of(database, store, ListIndex.name(hyperpatch));
    Path folder =
        draft.folder(what(held * cells, (int) all, count), all * (2L * CodeBook.MOST_AXES + 8));
    int[] sizes;
    float[] radii;
    CodeBook book;
    try (Arena arena = Arena.ofShared()) {
      book = book(draft, folder, old, arena);
      Path codesAside = folder.resolve("codes" + AnnexDraft.SCRATCH);
      Path listsAside = folder.resolve("lists" + AnnexDraft.SCRATCH);
      boolean begun = draft.noted(CODED) > 0;
      if (!begun) {
        Files.deleteIfExists(codesAside);
        Files.deleteIfExists(listsAside);
      }
      MemorySegment coded =
          (begun
                  ? NpyArray.reopen(codesAside, arena).expect(NpyType.INT8, count, book.axes())
                  : NpyArray.create(codesAside, NpyType.INT8, arena, count, book.axes()))
              .numbers();
      MemorySegment listed =
          (begun
                  ? NpyArray.reopen(listsAside, arena).expect(NpyType.INT32, count)
                  : NpyArray.create(listsAside, NpyType.INT32, arena, count))
              .numbers();
      encode(draft, book, first, coded, listed);
      sizes = old.map(o -> o.sizes().clone()).orElseGet(() -> new int[book.quantiser().size()]);
      count(listed, sizes);
      radii = old.map(o -> o.radii().clone()).orElseGet(() -> new float[sizes.length]);
      Files.deleteIfExists(folder.resolve(ListIndex.CELLS));
      Files.deleteIfExists(folder.resolve(ListIndex.CODES));
      new ListFiling(
              folder,
              book,
              sizes,
              radii,
              old,
              cell -> numbering.number(first + cell / cells) * cells + cell % cells)
          .run(coded, listed, workers);
    }
    Npy.write(folder.resolve(ListIndex.SIZES), new int[] {sizes.length}, sizes);
    Npy.write(folder.resolve(ListIndex.RADII), new int[] {radii.length}, radii);
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("hyperpatch", (double) hyperpatch);
    numbers.put("axes", (double) book.axes());
    numbers.put(ListIndex.ENERGY, book.projection().energy());
    numbers.put("lists", (double) sizes.length);
    numbers.put(ListIndex.TRAINED, (double) old.map(ListIndex::trained).orElse(store.exemplars()));
    if (!numbering.isWhole()) {
      numbers.put(ListIndex.HELD, (double) numbering.end());
    }
    draft.finish(numbers);
  }

  /** Tells a draft of these cells from all others. */
  private String what(int from, int to, int count) {
    return String.format(
        Locale.ROOT,
        "lists of cells %d to %d%s, hyperpatch %d",
        from,
        to,
        count == to - from ? "" : " without those of shards that are gone",
        hyperpatch);
  }

  /** The code book of the lists there are, of a build that was broken off, or a new one. */
  private CodeBook book(AnnexDraft draft, Path folder, Optional<ListIndex> old, Arena arena)
      throws IOException {
    if (draft.begun()) {
      return CodeBook.read(
              name -> NpyArray.map(folder.resolve(name), arena),
              inputs,
              draft.noted(ListIndex.ENERGY))
          .orElseThrow(
              () ->
                  new UserError(
                      folder
                          + ": expected the files of an interrupted build, found others; delete"
                          + " this folder"));
    }
    CodeBook book =
        old.map(ListIndex::book).orElseGet(() -> CodeBook.of(store, hyperpatch, workers));
    book.write(folder);
    note(draft, book, 0);
    return book;
  }

  private static void note(AnnexDraft draft, CodeBook book, int coded) throws IOException {
    draft.note(Map.of(ListIndex.ENERGY, book.projection().energy(), CODED, (double) coded));
  }

  /** Codes all exemplars that are not coded yet; what is done is noted every now and then. */
  private void encode(
      AnnexDraft draft, CodeBook book, int firstExemplar, MemorySegment coded, MemorySegment listed)
      throws IOException {
    int exemplars = store.exemplars() - firstExemplar;
    int done = (int) draft.noted(CODED);
    ExemplarCoding coding = new ExemplarCoding(store, hyperpatch, book);
    try (Progress.Task task = progress.begin("building search lists", "pictures", exemplars)) {
      task.advance(done);
      for (int from = done; from < exemplars; from += noted) {
        int begin = from;
        int count = Math.min(noted, exemplars - from);
        workers.run(
            count,
            (number, thread) -> {
              coding.code(firstExemplar + begin + number, begin + number, coded, listed);
              task.advance(1);
            });
        note(draft, book, from + count);
      }
    }
  }

  private static void count(MemorySegment listed, int[] sizes) {
    long count = listed.byteSize() / 4;
    for (long cell = 0; cell < count; cell++) {
      sizes[listed.get(ListEntries.INT, cell * 4)]++;
    }
  }
}
