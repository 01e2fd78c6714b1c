package org.compnn.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.npy.Npy;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Makes the {@link ListIndex} of a layer: axes and centroids from a sample, then every cell's code
 * and list, then the codes in the order of the lists. Few cells are in memory at a time; what is
 * under way lies in files, and the index gets its name when it is whole.
 */
public final class ListIndexBuilder {
  /** Hyperpatches that lists can be made for at the most; greater ones are served by these. */
  public static final int LARGEST = ListIndex.LARGEST;

  /** For the room that is needed. */
  private static final int MOST_AXES = 16;

  private final Database database;
  private final CellStore store;
  private final int hyperpatch;
  private final int threads;
  private final Progress progress;
  private final int inputs;

  private ListIndexBuilder(
      Database database, CellStore store, int hyperpatch, int threads, Progress progress) {
    this.database = database;
    this.store = store;
    this.hyperpatch = hyperpatch;
    this.threads = threads;
    this.progress = progress;
    this.inputs = hyperpatch * hyperpatch * store.layer().channels();
  }

  /** Whether a layer is so small that exact search of all of it is fast: it needs no lists. */
  public static boolean worthwhile(CellStore store) {
    return !FieldSearch.affordable(store.layer().cells(), store, store.exemplars());
  }

  /** Whether a layer has lists of all its cells for hyperpatches of a size. */
  public static boolean present(Database database, CellStore store, int hyperpatch) {
    return ListIndex.of(database, store, hyperpatch).filter(o -> o.whole(store)).isPresent();
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
      Database database, CellStore store, int hyperpatch, int threads, Progress progress) {
    Optional<ListIndex> lists = ListIndex.of(database, store, hyperpatch);
    if (lists.isEmpty() || lists.get().whole(store)) {
      return false;
    }
    run(database, store, hyperpatch, threads, progress, true);
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
      Database database, CellStore store, int hyperpatch, int threads, Progress progress) {
    run(database, store, hyperpatch, threads, progress, false);
  }

  private static void run(
      Database database,
      CellStore store,
      int hyperpatch,
      int threads,
      Progress progress,
      boolean extend) {
    try {
      new ListIndexBuilder(database, store, hyperpatch, threads, progress).build(extend);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build(boolean extend) throws IOException {
    long all = (long) store.exemplars() * store.layer().cells();
    if (all > Integer.MAX_VALUE) {
      throw new UserError(
          "%s: expected at most %d cells in layer %s for the field search's lists, found %d; index fewer exemplars or a coarser layer, or use --search exact"
              .formatted(database.folder(), Integer.MAX_VALUE, store.layer().name(), all));
    }
    Optional<ListIndex> old = extend ? ListIndex.of(database, store, hyperpatch) : Optional.empty();
    Annex.Draft draft = database.draft(store, ListIndex.name(hyperpatch));
    Path folder = draft.folder(all * (2L * MOST_AXES + 8));
    CodeBook book;
    int[] sizes;
    float[] radii;
    try (Workers workers = new Workers(threads);
        Arena arena = Arena.ofShared()) {
      book = old.map(ListIndex::book).orElseGet(() -> CodeBook.of(store, hyperpatch, workers));
      Path codesAside = folder.resolve("codes.tmp");
      Path listsAside = folder.resolve("lists.tmp");
      int held = old.map(o -> (int) o.entries()).orElse(0);
      int count = (int) all - held;
      MemorySegment coded =
          NpyArray.create(codesAside, NpyType.INT8, arena, count, book.axes()).numbers();
      MemorySegment listed = NpyArray.create(listsAside, NpyType.INT32, arena, count).numbers();
      encode(book, held / store.layer().cells(), coded, listed, workers);
      sizes = old.map(o -> o.sizes().clone()).orElseGet(() -> new int[book.quantiser().size()]);
      count(listed, sizes);
      radii = old.map(ListIndex::radii).orElseGet(() -> new float[sizes.length]).clone();
      new ListFiling(folder, book, sizes, radii, old).run(held, coded, listed, workers, threads);
      Files.delete(codesAside);
      Files.delete(listsAside);
    }
    write(folder, book, sizes);
    if (radii.length > 0) {
      Npy.write(folder.resolve(ListIndex.RADII), new int[] {radii.length}, radii);
    }
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("hyperpatch", (double) hyperpatch);
    numbers.put("axes", (double) book.axes());
    numbers.put("energy", book.projection().energy());
    numbers.put("lists", (double) sizes.length);
    numbers.put(ListIndex.TRAINED, (double) old.map(ListIndex::trained).orElse(store.exemplars()));
    draft.finish(numbers);
  }

  private int first() {
    return -((hyperpatch - 1) / 2);
  }

  private void encode(
      CodeBook book,
      int firstExemplar,
      MemorySegment coded,
      MemorySegment listed,
      Workers workers) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    int axes = book.axes();
    float[] steps = book.steps();
    int exemplars = store.exemplars() - firstExemplar;
    ListChooser chooser = new ListChooser(book.quantiser(), Kernels.best());
    try (Progress.Task task = progress.begin("sorting cells", "exemplars", exemplars)) {
      workers.run(
          exemplars,
          (number, thread) -> {
            float[] cells = new float[rows * columns * channels];
            store.read(firstExemplar + number, 0, rows * columns, cells, 0);
            float[] window = new float[inputs];
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
                  first(),
                  hyperpatch,
                  window,
                  0);
              book.projection().project(Kernels.best(), window, 0, codes, cell * axes);
            }
            chooser.scratch(1, 1).choose(codes, 0, rows * columns, lists);
            for (int i = 0; i < codes.length; i++) {
              bytes[i] =
                  (byte)
                      Math.clamp(
                          Math.round(codes[i] / steps[i % axes]), -ListIndex.CUT, ListIndex.CUT);
            }
            long at = (long) number * rows * columns;
            MemorySegment.copy(bytes, 0, coded, ValueLayout.JAVA_BYTE, at * axes, bytes.length);
            MemorySegment.copy(lists, 0, listed, ListIndex.INT, at * 4, lists.length);
            task.advance(1);
          });
    }
  }

  private static void count(MemorySegment listed, int[] sizes) {
    long count = listed.byteSize() / 4;
    for (long cell = 0; cell < count; cell++) {
      sizes[listed.get(ListIndex.INT, cell * 4)]++;
    }
  }

  private static void write(Path folder, CodeBook book, int[] sizes) {
    int axes = book.axes();
    Projection projection = book.projection();
    CoarseQuantiser quantiser = book.quantiser();
    Npy.write(
        folder.resolve(ListIndex.BASIS), new int[] {projection.inputs(), axes}, projection.basis());
    Npy.write(folder.resolve(ListIndex.STEPS), new int[] {axes}, book.steps());
    Npy.write(
        folder.resolve(ListIndex.GROUPS),
        new int[] {quantiser.groups().length / axes, axes},
        quantiser.groups());
    Npy.write(
        folder.resolve(ListIndex.FIRST), new int[] {quantiser.first().length}, quantiser.first());
    Npy.write(
        folder.resolve(ListIndex.LISTS), new int[] {quantiser.size(), axes}, quantiser.lists());
    Npy.write(folder.resolve(ListIndex.SIZES), new int[] {sizes.length}, sizes);
  }
}
