package org.compnn.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
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

  /** Axes of a code; a layer whose hyperpatches have fewer numbers gets as many as these. */
  private static final int AXES = 16;

  /**
   * Entries of a list, on average: probing one costs the same however large the database. Shorter
   * lists find more for the entries compared, until choosing lists costs more than reading them.
   */
  private static final int PER_LIST = 512;

  private static final int AXES_SAMPLE = 20_000;
  private static final int SAMPLE_PER_LIST = 40;
  private static final int SAMPLED_EXEMPLARS = 96;

  /** Numbers of a sample at the most, 64 MB. */
  private static final int SAMPLE_NUMBERS = 1 << 24;

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

  /** Whether a layer has lists for hyperpatches of a size. */
  public static boolean present(Database database, CellStore store, int hyperpatch) {
    return database.annex(store, ListIndex.name(hyperpatch)).isPresent();
  }

  /**
   * Builds the lists of a layer, in place of any that are there.
   *
   * @param hyperpatch the size that they serve best
   * @throws UserError if the disk is full, or the layer has more than 2,147,483,647 cells
   */
  public static void build(
      Database database, CellStore store, int hyperpatch, int threads, Progress progress) {
    try {
      new ListIndexBuilder(database, store, hyperpatch, threads, progress).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build() throws IOException {
    long all = (long) store.exemplars() * store.layer().cells();
    if (all > Integer.MAX_VALUE) {
      throw new UserError(
          "%s: expected at most %d cells in layer %s for the field search's lists, found %d; index fewer exemplars or a coarser layer, or use --search exact"
              .formatted(database.folder(), Integer.MAX_VALUE, store.layer().name(), all));
    }
    int cellCount = (int) all;
    Annex.Draft draft = database.draft(store, ListIndex.name(hyperpatch));
    int axes = Math.min(AXES, inputs);
    Path folder = draft.folder(all * (2L * axes + 8));
    Projection projection;
    float[] codes;
    try (Workers workers = new Workers(threads)) {
      projection = Projection.of(axesSample(workers), inputs, axes, workers);
      codes = listsSample(projection, cellCount, workers);
    }
    float[] steps = steps(codes, axes);
    int wanted = Math.max(1, cellCount / PER_LIST);
    CoarseQuantiser quantiser = CoarseQuantiser.train(codes, axes, wanted);
    int[] sizes;
    try (Arena arena = Arena.ofShared();
        Workers workers = new Workers(threads)) {
      Path codesAside = folder.resolve("codes.tmp");
      Path listsAside = folder.resolve("lists.tmp");
      MemorySegment coded =
          NpyArray.create(codesAside, NpyType.INT8, arena, cellCount, axes).numbers();
      MemorySegment listed = NpyArray.create(listsAside, NpyType.INT32, arena, cellCount).numbers();
      encode(projection, quantiser, steps, coded, listed, workers);
      sizes = sizes(listed, quantiser.size());
      arrange(folder, axes, sizes, coded, listed, workers);
      Files.delete(codesAside);
      Files.delete(listsAside);
    }
    write(folder, projection, quantiser, steps, sizes);
    Map<String, Double> numbers = new TreeMap<>();
    numbers.put("hyperpatch", (double) hyperpatch);
    numbers.put("axes", (double) axes);
    numbers.put("energy", projection.energy());
    numbers.put("lists", (double) quantiser.size());
    draft.finish(numbers);
  }

  /** Hyperpatches as they are, for their principal axes. */
  private float[] axesSample(Workers workers) {
    int count = Math.clamp(SAMPLE_NUMBERS / inputs, 256, AXES_SAMPLE);
    float[] sample = new float[count * inputs];
    sample(count, workers, (window, n) -> System.arraycopy(window, 0, sample, n * inputs, inputs));
    return sample;
  }

  /** Codes of hyperpatches, for the lists' centroids. */
  private float[] listsSample(Projection projection, int cellCount, Workers workers) {
    long wanted = (long) SAMPLE_PER_LIST * Math.max(1, cellCount / PER_LIST);
    int axes = projection.axes();
    int count = Math.clamp(wanted, 256, SAMPLE_NUMBERS / axes);
    float[] codes = new float[count * axes];
    Kernels kernels = Kernels.best();
    sample(count, workers, (window, n) -> projection.project(kernels, window, 0, codes, n * axes));
    return codes;
  }

  /** What becomes of a sampled hyperpatch. */
  @FunctionalInterface
  private interface Taker {
    void take(float[] window, int number);
  }

  /** Hyperpatches from places chosen at random in exemplars spread over the database. */
  private void sample(int count, Workers workers, Taker taker) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    int exemplars = Math.min(SAMPLED_EXEMPLARS, store.exemplars());
    workers.run(
        exemplars,
        (e, thread) -> {
          float[] cells = new float[store.layer().cells() * channels];
          float[] window = new float[inputs];
          Random random = new Random(((long) count << 32) + e);
          store.read(
              (int) ((long) e * store.exemplars() / exemplars),
              0,
              store.layer().cells(),
              cells,
              0);
          for (int n = (int) ((long) count * e / exemplars);
              n < (int) ((long) count * (e + 1) / exemplars);
              n++) {
            Windows.copy(
                cells,
                rows,
                columns,
                channels,
                random.nextInt(rows),
                random.nextInt(columns),
                first(),
                hyperpatch,
                window,
                0);
            taker.take(window, n);
          }
        });
  }

  private int first() {
    return -((hyperpatch - 1) / 2);
  }

  /** The sample's peaks take all but a little of a signed byte. */
  private static float[] steps(float[] codes, int axes) {
    float[] peak = new float[axes];
    for (int i = 0; i < codes.length; i++) {
      peak[i % axes] = Math.max(peak[i % axes], Math.abs(codes[i]));
    }
    float[] steps = new float[axes];
    for (int k = 0; k < axes; k++) {
      steps[k] = peak[k] > 0 ? peak[k] / 120 : 1;
    }
    return steps;
  }

  private void encode(
      Projection projection,
      CoarseQuantiser quantiser,
      float[] steps,
      MemorySegment coded,
      MemorySegment listed,
      Workers workers) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    int axes = projection.axes();
    ListChooser chooser = new ListChooser(quantiser, Kernels.best());
    try (Progress.Task task = progress.begin("sorting cells", "exemplars", store.exemplars())) {
      workers.run(
          store.exemplars(),
          (exemplar, thread) -> {
            float[] cells = new float[rows * columns * channels];
            store.read(exemplar, 0, rows * columns, cells, 0);
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
              projection.project(Kernels.best(), window, 0, codes, cell * axes);
            }
            chooser.scratch(1, 1).choose(codes, 0, rows * columns, lists);
            for (int i = 0; i < codes.length; i++) {
              bytes[i] = (byte) Math.clamp(Math.round(codes[i] / steps[i % axes]), -127, 127);
            }
            long at = (long) exemplar * rows * columns;
            MemorySegment.copy(bytes, 0, coded, ValueLayout.JAVA_BYTE, at * axes, bytes.length);
            MemorySegment.copy(lists, 0, listed, ListIndex.INT, at * 4, lists.length);
            task.advance(1);
          });
    }
  }

  private static int[] sizes(MemorySegment listed, int lists) {
    int[] sizes = new int[lists];
    long count = listed.byteSize() / 4;
    for (long cell = 0; cell < count; cell++) {
      sizes[listed.get(ListIndex.INT, cell * 4)]++;
    }
    return sizes;
  }

  /** Copies codes to their places; each thread sees all cells and takes those of its lists. */
  private void arrange(
      Path folder,
      int axes,
      int[] sizes,
      MemorySegment coded,
      MemorySegment listed,
      Workers workers) {
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
                  axes,
                  ListIndex.BLOCK)
              .numbers();
      cells.fill((byte) 0xff);
      int count = Math.toIntExact(listed.byteSize() / 4);
      workers.run(
          threads,
          (part, thread) -> {
            int from = (int) ((long) sizes.length * part / threads);
            int to = (int) ((long) sizes.length * (part + 1) / threads);
            int[] next = new int[to - from];
            for (int cell = 0; cell < count; cell++) {
              int list = listed.get(ListIndex.INT, cell * 4L);
              if (list < from || list >= to) {
                continue;
              }
              int entry = next[list - from]++;
              long block = (long) firstBlock[list] + entry / ListIndex.BLOCK;
              int lane = entry % ListIndex.BLOCK;
              cells.set(ListIndex.INT, (block * ListIndex.BLOCK + lane) * 4, cell);
              for (int k = 0; k < axes; k++) {
                codes.set(
                    ValueLayout.JAVA_BYTE,
                    (block * axes + k) * ListIndex.BLOCK + lane,
                    coded.get(ValueLayout.JAVA_BYTE, (long) cell * axes + k));
              }
            }
          });
    }
  }

  private static void write(
      Path folder, Projection projection, CoarseQuantiser quantiser, float[] steps, int[] sizes) {
    int axes = projection.axes();
    Npy.write(
        folder.resolve(ListIndex.BASIS), new int[] {projection.inputs(), axes}, projection.basis());
    Npy.write(folder.resolve(ListIndex.STEPS), new int[] {axes}, steps);
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
