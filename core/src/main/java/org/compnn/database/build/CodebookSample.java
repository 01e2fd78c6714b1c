package org.compnn.database.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.compnn.database.Manifest;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.kernels.Kernels;
import org.compnn.kernels.Standardisation;
import org.compnn.kernels.TransformCode;
import org.compnn.measure.EvenSample;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/**
 * Learns the code books of layers from a sample of the training set, spread evenly over it, before
 * anything is stored: so nothing but codes ever is. The same for the same data set, in however many
 * shards it is stored.
 */
final class CodebookSample {
  /** Exemplars that a code book is learnt from at the most. */
  private static final int EXEMPLARS = 128;

  /** Every so many of them is only for measuring. */
  private static final int HELD_OUT = 8;

  /** Numbers of cells that are kept at the most, 16 MB. */
  private static final int NUMBERS = 1 << 22;

  /** Cells that are searched for. */
  private static final int ASKED = 480;

  private static final long SEED = 11;

  private final Network network;
  private final List<Layer> layers;
  private final List<Pair> pairs;
  private final boolean skipsBroken;

  private CodebookSample(Network network, Dataset dataset, IndexSettings settings) {
    this.network = network;
    this.layers =
        settings.layers().stream()
            .flatMap(term -> network.layersNamed(term).stream())
            .distinct()
            .toList();
    this.pairs = EvenSample.of(dataset.pairs(), EXEMPLARS);
    this.skipsBroken = dataset.skipsBroken();
  }

  /**
   * The code books.
   *
   * @return for each layer, packed as {@link Codebook#packed}
   * @throws UserError if a layer has too many channels, or a pair cannot be read or does not fit
   */
  static List<float[]> learn(
      Network network, Dataset dataset, IndexSettings settings, Progress progress) {
    CodebookSample sample = new CodebookSample(network, dataset, settings);
    sample.refuseWide();
    try (Workers workers = Workers.of(settings.threads());
        Progress.Task task =
            progress.begin("learning the code of cells", "pictures", sample.pairs.size())) {
      List<Optional<List<Taken>>> taken =
          workers.map(
              sample.pairs.size(),
              number -> {
                Optional<List<Taken>> each = sample.taken(number);
                task.advance(1);
                return each;
              });
      List<List<Taken>> all = taken.stream().flatMap(Optional::stream).toList();
      if (all.isEmpty()) {
        throw new UserError(
            dataset.name() + ": expected at least one readable training pair, found none");
      }
      List<float[]> packed = new ArrayList<>();
      for (int i = 0; i < sample.layers.size(); i++) {
        int layer = i;
        List<Taken> of = all.stream().map(each -> each.get(layer)).toList();
        packed.add(codebook(of, sample.layers.get(i).channels(), workers).packed());
      }
      return packed;
    }
  }

  private void refuseWide() {
    for (Layer layer : layers) {
      if (layer.channels() > TransformCode.MOST_CHANNELS) {
        throw new UserError(
            "%s: expected layers of at most %d channels to be stored coded, found %d in layer %s; store its cells as int8 or float16"
                .formatted(
                    network.file(), TransformCode.MOST_CHANNELS, layer.channels(), layer.name()));
      }
    }
  }

  /**
   * Of an exemplar.
   *
   * @param cells some of its cells, in the network's terms
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  private record Taken(ChannelSums sums, float[] cells) {}

  private Optional<List<Taken>> taken(int number) {
    Pair.Content content;
    try {
      content = pairs.get(number).read();
    } catch (UserError e) {
      if (skipsBroken) {
        // Said when its shard is built.
        return Optional.empty();
      }
      throw e;
    }
    var activations = network.run(content.sample(), layers);
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      FeatureMap map = activations.frame().repeated(activations.layers().get(i));
      taken.add(
          new Taken(
              ChannelSums.of(ChannelStatistics.of(map)),
              some(map, new Random(SEED + number), layers.get(i), pairs.get(number).id())));
    }
    return Optional.of(taken);
  }

  private float[] some(FeatureMap map, Random random, Layer layer, String id) {
    int channels = map.channels();
    int all = map.rows() * map.columns();
    int count = Math.clamp(NUMBERS / channels / pairs.size(), 1, all);
    float[] some = new float[count * channels];
    for (int n = 0; n < count; n++) {
      // One of every run of so many.
      int from = (int) ((long) n * all / count);
      int to = (int) ((long) (n + 1) * all / count);
      int cell = from + random.nextInt(to - from);
      System.arraycopy(map.cells(), cell * channels, some, n * channels, channels);
    }
    for (float x : some) {
      if (!Float.isFinite(x)) {
        throw new UserError(
            "%s: expected finite numbers at layer %s, found %s; check the preprocessing"
                .formatted(id, layer.name(), x));
      }
    }
    return some;
  }

  private static Codebook codebook(List<Taken> taken, int channels, Workers workers) {
    ChannelSums sums = ChannelSums.none(channels);
    List<float[]> learnt = new ArrayList<>();
    List<float[]> held = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      sums = sums.and(taken.get(i).sums());
      boolean out = taken.size() > 1 && i % HELD_OUT == Math.min(HELD_OUT, taken.size()) / 2;
      (out ? held : learnt).add(taken.get(i).cells());
    }
    float[] mean = sums.means();
    float[] deviation = sums.deviations();
    Standardisation standardisation = new Standardisation(mean, deviation);
    float[] base = joined(learnt);
    float[] standardised = base.clone();
    standardisation.apply(standardised, 0, standardised.length);
    float[] numbers = Codebook.learn(mean, deviation, standardised);
    TransformCode code = new TransformCode(numbers);
    code.standardise(base);
    float[] asked = asked(joined(held), channels);
    float[] rounded = asked.clone();
    code.standardise(rounded);
    standardisation.apply(asked, 0, asked.length);
    return new Codebook(
        numbers,
        measured(
            code.axes(),
            energy(numbers, standardised, channels, code.axes()),
            taken.size(),
            new Both(asked, rounded, channels),
            new Both(standardised, base, channels),
            workers));
  }

  private static float[] joined(List<float[]> each) {
    float[] joined = new float[each.stream().mapToInt(one -> one.length).sum()];
    int at = 0;
    for (float[] one : each) {
      System.arraycopy(one, 0, joined, at, one.length);
      at += one.length;
    }
    return joined;
  }

  private static float[] asked(float[] held, int channels) {
    int all = held.length / channels;
    int count = Math.min(ASKED, all);
    float[] asked = new float[count * channels];
    for (int n = 0; n < count; n++) {
      System.arraycopy(
          held, EvenSample.place(n, count, all) * channels, asked, n * channels, channels);
    }
    return asked;
  }

  /** The share of cells' squared lengths along axes that have bits. */
  private static double energy(float[] numbers, float[] cells, int channels, int axes) {
    Kernels kernels = Kernels.best();
    double all = 0;
    double kept = 0;
    for (int at = 0; at < cells.length; at += channels) {
      all += kernels.dot(cells, at, cells, at, channels);
      for (int k = 0; k < axes; k++) {
        int axis = (TransformCode.HEAD + k) * channels;
        double along = kernels.dot(cells, at, numbers, axis, channels);
        kept += along * along;
      }
    }
    return all > 0 ? Math.min(1, kept / all) : 1;
  }

  /**
   * Cells in both their forms.
   *
   * @param real standardised
   * @param coded as they are stored
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  private record Both(float[] real, float[] coded, int channels) {
    int count() {
      return real.length / channels;
    }
  }

  /** Compares what is nearest by code with what is nearest. */
  private static Manifest.CodingEntry measured(
      int axes, double energy, int exemplars, Both asked, Both among, Workers workers) {
    int channels = among.channels;
    Kernels kernels = Kernels.best();
    List<double[]> distances =
        workers.map(
            asked.count(),
            number -> {
              int query = number * channels;
              double nearest = Double.POSITIVE_INFINITY;
              double byCode = Double.POSITIVE_INFINITY;
              double found = Double.POSITIVE_INFINITY;
              for (int at = 0; at < among.real.length; at += channels) {
                double real = kernels.squaredDistance(asked.real, query, among.real, at, channels);
                double coded =
                    kernels.squaredDistance(asked.coded, query, among.coded, at, channels);
                nearest = Math.min(nearest, real);
                if (coded < byCode) {
                  byCode = coded;
                  found = real;
                }
              }
              return new double[] {nearest, found};
            });
    double nearest = distances.stream().mapToDouble(each -> each[0]).sum();
    double found = distances.stream().mapToDouble(each -> each[1]).sum();
    long same = distances.stream().filter(each -> each[1] <= each[0]).count();
    return new Manifest.CodingEntry(
        axes,
        energy,
        exemplars,
        asked.count(),
        among.count(),
        nearest > 0 ? found / nearest : 1,
        asked.count() > 0 ? (double) same / asked.count() : 1);
  }
}
