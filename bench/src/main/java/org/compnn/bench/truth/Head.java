package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;

/** What the last layer of a network that labels reads and says, for all training pictures. */
final class Head {
  private final CellStore cells;
  private final List<Cells> training = new ArrayList<>();
  private final float[] weights;
  private final float[] deviation;

  /**
   * Of one picture.
   *
   * @param features standardised, with a cell for each pixel
   * @param probabilities pixels x classes
   * @param labels what was taught, or is right
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Cells(FeatureMap features, float[] probabilities, LabelMap labels) {
    int classes() {
      return probabilities.length / (features.rows() * features.columns());
    }

    int label(int pixel) {
      return labels.classes()[pixel] & 0xff;
    }

    /** The class of the highest probability. */
    int said(int pixel) {
      int best = 0;
      for (int c = 1; c < classes(); c++) {
        if (probabilities[pixel * classes() + c] > probabilities[pixel * classes() + best]) {
          best = c;
        }
      }
      return best;
    }

    /** How little of the probability the label that was taught has, 0..1; 0 without one. */
    double unlearned(int pixel) {
      int label = label(pixel);
      return label < classes() ? 1 - probabilities[pixel * classes() + label] : 0;
    }

    /** The product of the errors of two pixels, each with a label; 0 without one. */
    double errors(int pixel, int label, Cells there, int source, int taught) {
      int classes = classes();
      if (label >= classes || taught >= classes) {
        return 0;
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double here = probabilities[pixel * classes + c] - (c == label ? 1 : 0);
        double other = there.probabilities[source * classes + c] - (c == taught ? 1 : 0);
        sum += here * other;
      }
      return sum;
    }

    /** The product of the activations of two pixels, and 1 for the bias. */
    double activations(int pixel, Cells there, int source) {
      int channels = features.channels();
      double sum = 1;
      for (int i = 0; i < channels; i++) {
        sum +=
            (double) features.cells()[pixel * channels + i]
                * there.features.cells()[source * channels + i];
      }
      return sum;
    }
  }

  /**
   * @param weights of the last layer, classes x channels
   */
  Head(Subject subject, float[] weights) {
    this.weights = weights.clone();
    cells = subject.compnn().database().cells("penultimate");
    deviation = cells.deviation();
    for (int i = 0; i < subject.training().size(); i++) {
      training.add(of(subject.run(i, cells), subject.training().get(i)));
    }
  }

  int size() {
    return training.size();
  }

  /**
   * How much the loss listens to each channel: the sum over classes of the head's squared weights,
   * or the mean over training pixels of the squared gradient; of standardised channels, 1 on
   * average.
   */
  float[] squares(boolean gradient) {
    double[] sums = new double[deviation.length];
    for (Cells each : training) {
      int classes = each.classes();
      int pixels = gradient ? each.probabilities().length / classes : 1;
      for (int p = 0; p < pixels; p += 4) {
        for (int i = 0; i < sums.length; i++) {
          double sum = 0;
          for (int c = 0; c < classes; c++) {
            double w = weights[c * sums.length + i] * deviation[i];
            double error = each.probabilities()[p * classes + c] - (c == each.label(p) ? 1 : 0);
            sum += gradient ? w * error : w * w;
          }
          sums[i] += gradient ? sum * sum : sum;
        }
      }
    }
    double mean = Arrays.stream(sums).average().orElseThrow();
    float[] squares = new float[sums.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = (float) (sums[i] / mean);
    }
    return squares;
  }

  /** Of a training picture. */
  Cells of(int picture) {
    return training.get(picture);
  }

  /** Of a picture that is asked about. */
  Cells of(Asked asked) {
    return of(asked.run(), asked.example());
  }

  private Cells of(Run run, Example example) {
    return new Cells(
        cells.standardise(run.layer(cells)), Outcome.probabilities(run.scores()), example.labels());
  }
}
