package org.compnn.bench.truth;

import java.util.BitSet;
import java.util.Map;
import java.util.WeakHashMap;
import org.compnn.compose.Mask;
import org.compnn.database.CellStore;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;

/**
 * Influence by the last layer alone, in closed form: the gradient of a linear head's cross-entropy
 * is the error times the activation, summed up over pixels.
 *
 * <p>TracIn (Pruthi and others 2020), at the last checkpoint, multiplies the gradients of the
 * region and of what was learned from. The influence function (Koh and Liang 2017) puts the inverse
 * of the loss's second derivative between them, here that of the head (Gauss and Newton's, which is
 * exact for a linear one) of every 16th training pixel, damped by a hundredth of its mean diagonal.
 */
final class LastLayer {
  private static final int EVERY = 16;
  private static final double DAMPING = 0.01;

  private final Subject subject;
  private final CellStore cells;
  private final Map<Parts, double[][]> gradients = new WeakHashMap<>();
  private final Map<Parts, double[][]> solved = new WeakHashMap<>();

  LastLayer(Subject subject) {
    this.subject = subject;
    cells = subject.compnn().database().cells("penultimate");
  }

  Attributor tracIn() {
    return new Influence("TracIn, last layer") {
      @Override
      double[][] known(Parts parts) {
        return gradients(parts);
      }
    };
  }

  Attributor influence() {
    return new Influence("influence function, last layer") {
      @Override
      double[][] known(Parts parts) {
        return solved.computeIfAbsent(parts, LastLayer.this::solved);
      }
    };
  }

  private abstract class Influence implements Attributor {
    private final String name;

    Influence(String name) {
      this.name = name;
    }

    abstract double[][] known(Parts parts);

    @Override
    public String name() {
      return name;
    }

    @Override
    public double[] of(Asked asked, Mask region, Parts parts) {
      double[] here =
          gradient(
              asked.run().layer(cells),
              asked.run().scores(),
              asked.example().labels(),
              region.pixels());
      double[][] known = known(parts);
      double[] products = new double[known.length];
      for (int i = 0; i < known.length; i++) {
        products[i] = Rivals.product(here, known[i]);
      }
      return products;
    }
  }

  private double[][] gradients(Parts parts) {
    return gradients.computeIfAbsent(
        parts,
        _ ->
            subject.each(
                parts,
                cells,
                (run, part) ->
                    gradient(
                        run.layer(cells),
                        run.scores(),
                        subject.training().get(part.picture()).labels(),
                        part.mask().pixels())));
  }

  private double[][] solved(Parts parts) {
    double[][] second = new double[0][];
    for (int i = 0; i < subject.pictures().size(); i++) {
      Run run = subject.run(i, cells);
      second = curvature(second, run.layer(cells), run.scores(), EVERY);
    }
    double mean = 0;
    for (int i = 0; i < second.length; i++) {
      mean += second[i][i] / second.length;
    }
    for (int i = 0; i < second.length; i++) {
      second[i][i] += DAMPING * mean;
    }
    Cholesky factors = Cholesky.of(second);
    double[][] known = gradients(parts);
    double[][] products = new double[known.length][];
    for (int i = 0; i < known.length; i++) {
      products[i] = factors.solve(known[i]);
    }
    return products;
  }

  /**
   * The gradient of the cross-entropy, summed up over pixels, by the weights and the bias of a head
   * that is one product for each pixel. Pixels without a label add nothing.
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

  /**
   * Adds the second derivative of the cross-entropy of some pixels by the same weights.
   *
   * @param sum so far, empty at first
   * @param every so many pixels one is taken
   */
  static double[][] curvature(double[][] sum, FeatureMap features, FeatureMap scores, int every) {
    int classes = scores.channels();
    int side = features.channels() + 1;
    double[][] second = sum.length > 0 ? sum : new double[classes * side][classes * side];
    double[] log = new double[classes];
    double[] activation = new double[side];
    activation[side - 1] = 1;
    for (int p = 0; p < features.rows() * features.columns(); p += every) {
      Outcome.logSoftmax(scores, p, log);
      for (int i = 0; i < side - 1; i++) {
        activation[i] = features.cells()[p * (side - 1) + i];
      }
      for (int a = 0; a < classes; a++) {
        for (int b = 0; b < classes; b++) {
          double mixed = Math.exp(log[a]) * ((a == b ? 1 : 0) - Math.exp(log[b]));
          for (int i = 0; i < side; i++) {
            double[] row = second[a * side + i];
            for (int j = 0; j < side; j++) {
              row[b * side + j] += mixed * activation[i] * activation[j];
            }
          }
        }
      }
    }
    return second;
  }
}
