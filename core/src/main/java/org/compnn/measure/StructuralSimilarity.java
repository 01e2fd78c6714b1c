package org.compnn.measure;

import org.compnn.image.Picture;

/**
 * Structural similarity after Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from
 * error visibility to structural similarity" (2004): a Gaussian window of 11 x 11 with deviation
 * 1.5, K1 = 0.01, K2 = 0.03, population variances, dynamic range 255, mean over all windows that
 * lie wholly within the picture. It is taken for each channel of RGB and averaged. That is what
 * scikit-image calls {@code structural_similarity(a, b, channel_axis=2, gaussian_weights=True,
 * sigma=1.5, use_sample_covariance=False, data_range=255)}.
 */
final class StructuralSimilarity {
  static final int WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;
  private static final double[] WEIGHTS = weights();

  private StructuralSimilarity() {}

  /** The mean over windows and channels, or NaN for a picture smaller than a window. */
  static double mean(Picture a, Picture b) {
    int height = a.height();
    int width = a.width();
    if (height < WINDOW || width < WINDOW) {
      return Double.NaN;
    }
    double sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      sum += channel(a.rgb(), b.rgb(), channel, height, width);
    }
    return sum / (3.0 * (height - WINDOW + 1) * (width - WINDOW + 1));
  }

  private static double channel(byte[] a, byte[] b, int channel, int height, int width) {
    double[] x = new double[height * width];
    double[] y = new double[height * width];
    double[] xx = new double[height * width];
    double[] yy = new double[height * width];
    double[] xy = new double[height * width];
    for (int from = 0; from < x.length; from += width) {
      products(a, b, channel, from, from + width, x, y, xx, yy, xy);
    }
    double[] meanX = blur(x, height, width);
    double[] meanY = blur(y, height, width);
    double[] meanXx = blur(xx, height, width);
    double[] meanYy = blur(yy, height, width);
    double[] meanXy = blur(xy, height, width);
    double sum = 0;
    int columns = width - WINDOW + 1;
    for (int from = 0; from < meanX.length; from += columns) {
      sum = added(sum, from, from + columns, meanX, meanY, meanXx, meanYy, meanXy);
    }
    return sum;
  }

  // Rows have methods of their own, which are soon compiled, each once: a loop over all that runs
  // long has the whole method compiled from within.
  private static void products(
      byte[] a,
      byte[] b,
      int channel,
      int from,
      int to,
      double[] x,
      double[] y,
      double[] xx,
      double[] yy,
      double[] xy) {
    for (int i = from; i < to; i++) {
      x[i] = a[3 * i + channel] & 0xff;
      y[i] = b[3 * i + channel] & 0xff;
      xx[i] = x[i] * x[i];
      yy[i] = y[i] * y[i];
      xy[i] = x[i] * y[i];
    }
  }

  private static double added(
      double before,
      int from,
      int to,
      double[] meanX,
      double[] meanY,
      double[] meanXx,
      double[] meanYy,
      double[] meanXy) {
    double sum = before;
    for (int i = from; i < to; i++) {
      double product = meanX[i] * meanY[i];
      double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
      double covariance = meanXy[i] - product;
      double variances = meanXx[i] + meanYy[i] - squares;
      sum += (2 * product + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum;
  }

  /** Weighted means over every window that lies within the grid. */
  private static double[] blur(double[] values, int height, int width) {
    int columns = width - WINDOW + 1;
    double[] along = new double[height * columns];
    for (int row = 0; row < height; row++) {
      blur(values, row * width, 1, along, row * columns, columns);
    }
    double[] blurred = new double[(height - WINDOW + 1) * columns];
    for (int from = 0; from < blurred.length; from += columns) {
      blur(along, from, columns, blurred, from, columns);
    }
    return blurred;
  }

  /** Means of {@code count} windows that begin next to each other; their numbers lie apart. */
  private static void blur(double[] values, int from, int apart, double[] into, int to, int count) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int k = 0; k < WINDOW; k++) {
        sum += WEIGHTS[k] * values[from + i + k * apart];
      }
      into[to + i] = sum;
    }
  }

  private static double[] weights() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int k = 0; k < WINDOW; k++) {
      int offset = k - WINDOW / 2;
      weights[k] = Math.exp(-offset * offset / (2 * DEVIATION * DEVIATION));
      sum += weights[k];
    }
    for (int k = 0; k < WINDOW; k++) {
      weights[k] /= sum;
    }
    return weights;
  }
}
