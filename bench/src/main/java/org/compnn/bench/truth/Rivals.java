package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.compnn.compose.Mask;
import org.compnn.database.CellStore;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;

/** Cheaper ways to name training pictures; made for one subject, since they look at them once. */
final class Rivals {
  private static final int SIDE = 8;

  private Rivals() {}

  /** All that a subject's network allows. */
  static List<Attributor> of(Subject subject) {
    List<Attributor> rivals = new ArrayList<>();
    rivals.add(new Chance(subject.compnn().network().hash().hashCode()));
    rivals.add(pooled(subject));
    rivals.add(colours(subject));
    if (subject.kind() == Kind.SEGNET) {
      rivals.add(tracIn(subject));
    }
    return rivals;
  }

  /**
   * Numbers that know nothing, the same for the same question of the same network.
   *
   * @param seed of the network
   */
  private record Chance(long seed) implements Attributor {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public double[] of(Asked asked, Mask region) {
      Random random =
          new Random((seed * 31 + asked.example().id().hashCode()) * 31 + region.count());
      return random.doubles(asked.subject().training().size()).toArray();
    }
  }

  /** The cosine of mean activations of whole pictures, as Captum's SimilarityInfluence has it. */
  private static Attributor pooled(Subject subject) {
    CellStore cells = subject.compnn().database().cells("penultimate");
    double[][] known = new double[subject.training().size()][];
    for (int exemplar = 0; exemplar < known.length; exemplar++) {
      Run run = subject.compnn().run(exemplar, List.of(cells));
      known[subject.place(exemplar)] = mean(run.layer(cells));
    }
    return new Similar("nearest picture, pooled features", known) {
      @Override
      double[] describe(Asked asked) {
        return mean(asked.run().layer(cells));
      }
    };
  }

  private static Attributor colours(Subject subject) {
    double[][] known =
        subject.training().stream()
            .map(example -> small(subject.kind().input(example)))
            .toArray(double[][]::new);
    return new Similar("nearest picture, pixel colours", known) {
      @Override
      double[] describe(Asked asked) {
        return small(subject.kind().input(asked.example()));
      }
    };
  }

  private abstract static class Similar implements Attributor {
    private final String name;
    private final double[][] known;

    Similar(String name, double[][] known) {
      this.name = name;
      this.known = known;
    }

    abstract double[] describe(Asked asked);

    @Override
    public String name() {
      return name;
    }

    @Override
    public double[] of(Asked asked, Mask region) {
      double[] wanted = describe(asked);
      double[] similar = new double[known.length];
      for (int i = 0; i < known.length; i++) {
        similar[i] = cosine(wanted, known[i]);
      }
      return similar;
    }
  }

  /**
   * TracIn (Pruthi and others 2020) of the last layer alone, at the last checkpoint, in closed
   * form: the gradient of a linear head's cross-entropy is the error times the activation, summed
   * up over pixels; two pictures influence each other by the product of their gradients.
   */
  private static Attributor tracIn(Subject subject) {
    CellStore cells = subject.compnn().database().cells("penultimate");
    double[][] known = new double[subject.training().size()][];
    for (int exemplar = 0; exemplar < known.length; exemplar++) {
      Run run = subject.compnn().run(exemplar, List.of(cells));
      LabelMap labels = subject.training().get(subject.place(exemplar)).labels();
      BitSet all = new BitSet();
      all.set(0, labels.classes().length);
      known[subject.place(exemplar)] = gradient(run.layer(cells), run.scores(), labels, all);
    }
    return new Attributor() {
      @Override
      public String name() {
        return "TracIn, last layer";
      }

      @Override
      public double[] of(Asked asked, Mask region) {
        double[] here =
            gradient(
                asked.run().layer(cells),
                asked.run().scores(),
                asked.example().labels(),
                region.pixels());
        double[] products = new double[known.length];
        for (int i = 0; i < known.length; i++) {
          products[i] = product(here, known[i]);
        }
        return products;
      }
    };
  }

  /**
   * The gradient of the cross-entropy, summed up over pixels, by the weights and the bias of a head
   * that is one product for each pixel.
   *
   * @return classes x (channels + 1)
   */
  static double[] gradient(FeatureMap features, FeatureMap scores, LabelMap labels, BitSet pixels) {
    int classes = scores.channels();
    int channels = features.channels();
    double[] gradient = new double[classes * (channels + 1)];
    double[] log = new double[classes];
    for (int p = pixels.nextSetBit(0); p >= 0; p = pixels.nextSetBit(p + 1)) {
      int label = labels.classes()[p] & 0xff;
      if (label >= classes) {
        continue;
      }
      Outcome.logSoftmax(scores, p, log);
      for (int c = 0; c < classes; c++) {
        double error = Math.exp(log[c]) - (c == label ? 1 : 0);
        for (int i = 0; i < channels; i++) {
          gradient[c * (channels + 1) + i] += error * features.cells()[p * channels + i];
        }
        gradient[c * (channels + 1) + channels] += error;
      }
    }
    return gradient;
  }

  private static double[] mean(FeatureMap map) {
    double[] mean = new double[map.channels()];
    for (int i = 0; i < map.cells().length; i++) {
      mean[i % map.channels()] += map.cells()[i];
    }
    return mean;
  }

  /** A picture of 8 x 8 means, each colour less the mean of the scale. */
  private static double[] small(Picture picture) {
    double[] small = new double[SIDE * SIDE * 3];
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        int block = row * SIDE / picture.height() * SIDE + column * SIDE / picture.width();
        for (int c = 0; c < 3; c++) {
          int level = picture.rgb()[(row * picture.width() + column) * 3 + c] & 0xff;
          small[block * 3 + c] += level - 127.5;
        }
      }
    }
    return small;
  }

  private static double cosine(double[] a, double[] b) {
    return product(a, b) / Math.sqrt(product(a, a) * product(b, b) + 1e-12);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
