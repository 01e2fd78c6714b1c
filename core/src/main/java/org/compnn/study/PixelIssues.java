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
   * @param probabilities of each picture, pixel by pixel, the classes of a pixel together
   * @param given the labels of each picture; {@link LabelMap#UNLABELLED} counts for nothing
   * @param classes how many there are
   * @return the doubtful pixels of each picture
   */
  public static List<BitSet> of(List<float[]> probabilities, List<LabelMap> given, int classes) {
    double[] thresholds = thresholds(probabilities, given, classes);
    long[][] joint = new long[classes][classes];
    long[] counts = new long[classes];
    each(
        probabilities,
        given,
        classes,
        (_, _, label, at) -> {
          counts[label]++;
          int confident = confident(at, thresholds, classes);
          if (confident >= 0) {
            joint[label][confident]++;
          }
        });
    List<BitSet> issues = new ArrayList<>();
    given.forEach(map -> issues.add(new BitSet(map.classes().length)));
    for (int label = 0; label < classes; label++) {
      long sum = Arrays.stream(joint[label]).sum();
      for (int other = 0; other < classes; other++) {
        long wrong =
            other == label || sum == 0
                ? 0
                : Math.round((double) joint[label][other] * counts[label] / sum);
        if (wrong > 0) {
          take(probabilities, given, classes, label, other, wrong, issues);
        }
      }
    }
    return issues;
  }

  private static double[] thresholds(
      List<float[]> probabilities, List<LabelMap> given, int classes) {
    double[] sums = new double[classes];
    long[] counts = new long[classes];
    each(
        probabilities,
        given,
        classes,
        (_, _, label, at) -> {
          sums[label] += at.of(label);
          counts[label]++;
        });
    for (int c = 0; c < classes; c++) {
      sums[c] = counts[c] == 0 ? Double.POSITIVE_INFINITY : sums[c] / counts[c];
    }
    return sums;
  }

  private static int confident(At at, double[] thresholds, int classes) {
    int best = -1;
    for (int c = 0; c < classes; c++) {
      if (at.of(c) >= thresholds[c] && (best < 0 || at.of(c) > at.of(best))) {
        best = c;
      }
    }
    return best;
  }

  /** Marks so many pixels of one given label that another class beats by most. */
  private static void take(
      List<float[]> probabilities,
      List<LabelMap> given,
      int classes,
      int label,
      int other,
      long count,
      List<BitSet> issues) {
    List<Float> margins = new ArrayList<>();
    each(
        probabilities,
        given,
        classes,
        (_, _, l, at) -> {
          if (l == label && at.of(other) > at.of(label)) {
            margins.add(at.of(other) - at.of(label));
          }
        });
    if (margins.isEmpty()) {
      return;
    }
    margins.sort(null);
    float least = margins.get((int) Math.max(0, margins.size() - count));
    each(
        probabilities,
        given,
        classes,
        (picture, pixel, l, at) -> {
          if (l == label && at.of(other) - at.of(label) >= least) {
            issues.get(picture).set(pixel);
          }
        });
  }

  @FunctionalInterface
  private interface At {
    float of(int classIndex);
  }

  @FunctionalInterface
  private interface Visit {
    void pixel(int picture, int pixel, int label, At at);
  }

  private static void each(
      List<float[]> probabilities, List<LabelMap> given, int classes, Visit visit) {
    for (int picture = 0; picture < given.size(); picture++) {
      byte[] labels = given.get(picture).classes();
      float[] all = probabilities.get(picture);
      for (int pixel = 0; pixel < labels.length; pixel++) {
        int label = labels[pixel] & 0xff;
        if (label < classes) {
          int from = pixel * classes;
          visit.pixel(picture, pixel, label, c -> all[from + c]);
        }
      }
    }
  }
}
