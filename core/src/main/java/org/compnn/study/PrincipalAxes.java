package org.compnn.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The directions in which points differ most, at right angles to each other, the widest first.
 *
 * @param mean the middle of the points, a number for each channel
 * @param axes directions of length 1, as many numbers each; fewer than asked for where points do
 *     not differ in so many directions
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; axes are no map key.
public record PrincipalAxes(float[] mean, List<float[]> axes) {
  private static final int ITERATIONS = 60;
  private static final double NOTHING = 1e-12;

  public PrincipalAxes {
    axes = List.copyOf(axes);
  }

  /**
   * The axes of some points.
   *
   * @param points point by point, {@code channels} numbers each; at least one point
   * @param wanted how many axes
   */
  public static PrincipalAxes of(float[] points, int channels, int wanted) {
    int count = points.length / channels;
    double[] sums = new double[channels];
    for (int i = 0; i < count * channels; i++) {
      sums[i % channels] += points[i];
    }
    float[] mean = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) (sums[c] / count);
    }
    float[] centred = new float[count * channels];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = points[i] - mean[i % channels];
    }
    List<float[]> axes = new ArrayList<>();
    for (int axis = 0; axis < Math.min(wanted, channels); axis++) {
      double[] found = widest(centred, channels, axes);
      if (found.length == 0) {
        break;
      }
      axes.add(oriented(found));
    }
    return new PrincipalAxes(mean, axes);
  }

  /** Power iteration beside the axes found so far; empty where nothing is left. */
  private static double[] widest(float[] centred, int channels, List<float[]> before) {
    double[] axis = new double[channels];
    for (int c = 0; c < channels; c++) {
      // Any start that no symmetry of the points makes useless.
      axis[c] = 1 + 0.5 * Math.sin(1.0 + 3 * c);
    }
    double length = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      beside(axis, before);
      double norm = Math.sqrt(dot(axis, axis));
      if (norm < NOTHING) {
        return new double[0];
      }
      for (int c = 0; c < channels; c++) {
        axis[c] /= norm;
      }
      double[] next = new double[channels];
      for (int at = 0; at < centred.length; at += channels) {
        double along = 0;
        for (int c = 0; c < channels; c++) {
          along += axis[c] * centred[at + c];
        }
        for (int c = 0; c < channels; c++) {
          next[c] += along * centred[at + c];
        }
      }
      beside(next, before);
      length = Math.sqrt(dot(next, next));
      if (length < NOTHING * centred.length) {
        return new double[0];
      }
      axis = next;
    }
    for (int c = 0; c < channels; c++) {
      axis[c] /= length;
    }
    return axis;
  }

  private static void beside(double[] axis, List<float[]> before) {
    for (float[] other : before) {
      double along = 0;
      for (int c = 0; c < axis.length; c++) {
        along += axis[c] * other[c];
      }
      for (int c = 0; c < axis.length; c++) {
        axis[c] -= along * other[c];
      }
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int c = 0; c < one.length; c++) {
      sum += one[c] * other[c];
    }
    return sum;
  }

  /** The largest number is positive, so that a map is not mirrored from one time to the next. */
  private static float[] oriented(double[] axis) {
    int largest = 0;
    for (int c = 1; c < axis.length; c++) {
      largest = Math.abs(axis[c]) > Math.abs(axis[largest]) + 1e-9 ? c : largest;
    }
    double sign = Math.signum(axis[largest]);
    float[] oriented = new float[axis.length];
    for (int c = 0; c < axis.length; c++) {
      oriented[c] = (float) (sign * axis[c]);
    }
    return oriented;
  }

  /**
   * Where a point lies along the axes.
   *
   * @param points holds the point
   * @param at where its first number stands
   * @return a number for each axis
   */
  public float[] project(float[] points, int at) {
    float[] place = new float[axes.size()];
    for (int axis = 0; axis < place.length; axis++) {
      float[] direction = axes.get(axis);
      double along = 0;
      for (int c = 0; c < mean.length; c++) {
        along += (double) (points[at + c] - mean[c]) * direction[c];
      }
      place[axis] = (float) along;
    }
    return place;
  }

  /** Where the middle of some points lies along the axes. */
  float[] projectMean(double[] sums, double count) {
    float[] middle = new float[mean.length];
    for (int c = 0; c < middle.length; c++) {
      middle[c] = (float) (sums[c] / Math.max(1, count));
    }
    return project(middle, 0);
  }
}
