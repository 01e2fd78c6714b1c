package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.compnn.image.LabelMap;

/**
 * Pixels whose labels confident learning doubts (Northcutt, Jiang and Chuang, "Confident Learning",
 * 2021), as cleanlab ranks pictures by for segmentation under the name {@code num_pixel_issues}: a
 * class is confident of a pixel where its probability reaches the mean over the pixels given that
 * class; the confident classes of the pixels of each given label say how many are wrong and what
 * they should be, and so many with the greatest margin are taken.
 */
public final class PixelIssues {
  private PixelIssues() {}

  /**
   * Finds them over a whole data set.
   *
   * @param probabilities of each picture
   * @param given the labels of each picture; {@link LabelMap#UNLABELLED} counts for nothing
   * @param classes how many there are
   * @return the doubtful pixels of each picture
   */
  public static List<BitSet> of(
      List<PictureProbabilities> probabilities, List<LabelMap> given, int classes) {
    double[] thresholds = thresholds(probabilities, given, classes);
    long[][] joint = new long[classes][classes];
    long[] counts = new long[classes];
    Margins margins = new Margins(classes);
    each(
        probabilities,
        given,
        classes,
        (_, pixel, label, picture) -> {
          counts[label]++;
          int confident = confident(picture, pixel, thresholds, classes);
          if (confident >= 0) {
            joint[label][confident]++;
          }
          float own = picture.of(pixel, label);
          for (int other = 0; other < classes; other++) {
            margins.add(label, other, picture.of(pixel, other) - own);
          }
        });
    float[][] least = new float[classes][classes];
    for (int label = 0; label < classes; label++) {
      long sum = Arrays.stream(joint[label]).sum();
      for (int other = 0; other < classes; other++) {
        long wrong =
            other == label || sum == 0
                ? 0
                : Math.round((double) joint[label][other] * counts[label] / sum);
        least[label][other] = margins.least(label, other, wrong);
      }
    }
    List<BitSet> issues = new ArrayList<>();
    given.forEach(map -> issues.add(new BitSet(map.classes().length)));
    each(
        probabilities,
        given,
        classes,
        (number, pixel, label, picture) -> {
          float own = picture.of(pixel, label);
          for (int other = 0; other < classes; other++) {
            if (picture.of(pixel, other) - own >= least[label][other]) {
              issues.get(number).set(pixel);
            }
          }
        });
    return issues;
  }

  private static double[] thresholds(
      List<PictureProbabilities> probabilities, List<LabelMap> given, int classes) {
    double[] sums = new double[classes];
    long[] counts = new long[classes];
    each(
        probabilities,
        given,
        classes,
        (_, pixel, label, picture) -> {
          sums[label] += picture.of(pixel, label);
          counts[label]++;
        });
    for (int c = 0; c < classes; c++) {
      sums[c] = counts[c] == 0 ? Double.POSITIVE_INFINITY : sums[c] / counts[c];
    }
    return sums;
  }

  private static int confident(
      PictureProbabilities picture, int pixel, double[] thresholds, int classes) {
    int best = -1;
    for (int c = 0; c < classes; c++) {
      if (picture.of(pixel, c) >= thresholds[c]
          && (best < 0 || picture.of(pixel, c) > picture.of(pixel, best))) {
        best = c;
      }
    }
    return best;
  }

  /** By how much other classes beat the given label, where they do. */
  private static final class Margins {
    private final float[][][] values;
    private final int[][] counts;

    Margins(int classes) {
      values = new float[classes][classes][0];
      counts = new int[classes][classes];
    }

    void add(int label, int other, float margin) {
      if (margin > 0) {
        int count = counts[label][other]++;
        if (count == values[label][other].length) {
          values[label][other] = Arrays.copyOf(values[label][other], Math.max(64, 2 * count));
        }
        values[label][other][count] = margin;
      }
    }

    /** The least of so many greatest ones; infinite for none. */
    float least(int label, int other, long many) {
      int count = counts[label][other];
      if (many == 0 || count == 0) {
        return Float.POSITIVE_INFINITY;
      }
      float[] sorted = Arrays.copyOf(values[label][other], count);
      Arrays.sort(sorted);
      return sorted[(int) Math.max(0, count - many)];
    }
  }

  @FunctionalInterface
  private interface Visit {
    void pixel(int number, int pixel, int label, PictureProbabilities picture);
  }

  private static void each(
      List<PictureProbabilities> probabilities, List<LabelMap> given, int classes, Visit visit) {
    for (int number = 0; number < given.size(); number++) {
      byte[] labels = given.get(number).classes();
      for (int pixel = 0; pixel < labels.length; pixel++) {
        int label = labels[pixel] & 0xff;
        if (label < classes) {
          visit.pixel(number, pixel, label, probabilities.get(number));
        }
      }
    }
  }
}
