package org.compnn.search.lists;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.npy.Npy;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;
import org.compnn.search.exact.Windows;
import org.compnn.threads.Workers;

/**
 * What turns hyperpatches into codes and codes into lists, learnt from a sample.
 *
 * @param projection to the codes' axes
 * @param steps what the codes' bytes are multiplied by, per axis
 * @param quantiser which list a code belongs to
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record CodeBook(Projection projection, float[] steps, CoarseQuantiser quantiser) {
  /** Axes of a code come in steps of so many, as the kernels take them. */
  private static final int AXES = 16;

  /** Axes at the most. */
  static final int MOST_AXES = 64;

  /** A code has the fewest axes that keep so much of the energy. */
  private static final double ENOUGH = 0.98;

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

  /**
   * Learns a code book.
   *
   * @param hyperpatch the size of hyperpatches
   */
  static CodeBook of(CellStore store, int hyperpatch, Workers workers) {
    return new Sample(store, hyperpatch, workers).learn();
  }

  int axes() {
    return steps.length;
  }

  static final String BASIS = "basis.npy";
  static final String STEPS = "steps.npy";
  static final String GROUPS = "groups.npy";
  static final String FIRST = "first.npy";
  static final String LISTS = "lists.npy";

  /**
   * Reads a code book.
   *
   * @param arrays finds an array by its name
   * @param inputs numbers of a hyperpatch
   * @param energy see {@link Projection}
   * @return empty if the arrays do not fit together
   * @throws UserError if they are not of the size that the steps call for
   */
  static Optional<CodeBook> read(Function<String, NpyArray> arrays, int inputs, double energy) {
    float[] steps = arrays.apply(STEPS).floats();
    int axes = steps.length;
    int[] first = arrays.apply(FIRST).ints();
    if (first.length < 2 || first[0] != 0) {
      return Optional.empty();
    }
    for (int g = 1; g < first.length; g++) {
      if (first[g] < first[g - 1]) {
        return Optional.empty();
      }
    }
    int lists = first[first.length - 1];
    return Optional.of(
        new CodeBook(
            new Projection(
                axes,
                inputs,
                arrays.apply(BASIS).expect(NpyType.FLOAT32, inputs, axes).floats(),
                energy),
            steps,
            new CoarseQuantiser(
                axes,
                arrays.apply(GROUPS).expect(NpyType.FLOAT32, first.length - 1, axes).floats(),
                first,
                arrays.apply(LISTS).expect(NpyType.FLOAT32, lists, axes).floats())));
  }

  /** Writes all but the energy. */
  void write(Path folder) {
    int axes = axes();
    Npy.write(folder.resolve(BASIS), new int[] {projection.inputs(), axes}, projection.basis());
    Npy.write(folder.resolve(STEPS), new int[] {axes}, steps);
    Npy.write(
        folder.resolve(GROUPS),
        new int[] {quantiser.groups().length / axes, axes},
        quantiser.groups());
    Npy.write(folder.resolve(FIRST), new int[] {quantiser.first().length}, quantiser.first());
    Npy.write(folder.resolve(LISTS), new int[] {quantiser.size(), axes}, quantiser.lists());
  }

  private static final class Sample {
    private final CellStore store;
    private final int hyperpatch;
    private final Workers workers;
    private final int inputs;

    Sample(CellStore store, int hyperpatch, Workers workers) {
      this.store = store;
      this.hyperpatch = hyperpatch;
      this.workers = workers;
      this.inputs = hyperpatch * hyperpatch * store.layer().channels();
    }

    CodeBook learn() {
      long cells = (long) store.exemplars() * store.layer().cells();
      int lists = (int) Math.max(1, cells / PER_LIST);
      Projection projection =
          Projection.of(axesSample(), inputs, mostAxes(), workers).shortest(AXES, ENOUGH);
      int axes = projection.axes();
      float[] codes = listsSample(projection, lists);
      return new CodeBook(
          projection, steps(codes, axes), CoarseQuantiser.train(codes, axes, lists, workers));
    }

    /** Lists take less than 0.6 of what the cells take as float16, where that has 16 axes' room. */
    private int mostAxes() {
      int room = store.layer().channels() / AXES * AXES;
      return Math.min(inputs, Math.clamp(room, AXES, MOST_AXES));
    }

    /** Hyperpatches as they are, for their principal axes. */
    private float[] axesSample() {
      int count = Math.clamp(SAMPLE_NUMBERS / inputs, 256, AXES_SAMPLE);
      float[] sample = new float[count * inputs];
      sample(count, (window, n) -> System.arraycopy(window, 0, sample, n * inputs, inputs));
      return sample;
    }

    /** Codes of hyperpatches, for the lists' centroids. */
    private float[] listsSample(Projection projection, int lists) {
      long wanted = (long) SAMPLE_PER_LIST * lists;
      int axes = projection.axes();
      int count = Math.clamp(wanted, 256, SAMPLE_NUMBERS / axes);
      float[] codes = new float[count * axes];
      Kernels kernels = Kernels.best();
      sample(count, (window, n) -> projection.project(kernels, window, 0, codes, n * axes));
      return codes;
    }

    /** What becomes of a sampled hyperpatch. */
    @FunctionalInterface
    private interface Taker {
      void take(float[] window, int number);
    }

    /** Hyperpatches from places chosen at random in exemplars spread over the database. */
    private void sample(int count, Taker taker) {
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
                  -((hyperpatch - 1) / 2),
                  hyperpatch,
                  window,
                  0);
              taker.take(window, n);
            }
          });
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
  }
}
