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
    for (int i = 0; i < x.length; i++) {
      x[i] = a[3 * i + channel] & 0xff;
      y[i] = b[3 * i + channel] & 0xff;
      xx[i] = x[i] * x[i];
      yy[i] = y[i] * y[i];
      xy[i] = x[i] * y[i];
    }
    double[] meanX = blur(x, height, width);
    double[] meanY = blur(y, height, width);
    double[] meanXx = blur(xx, height, width);
    double[] meanYy = blur(yy, height, width);
    double[] meanXy = blur(xy, height, width);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
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
      for (int column = 0; column < columns; column++) {
        double sum = 0;
        for (int k = 0; k < WINDOW; k++) {
          sum += WEIGHTS[k] * values[row * width + column + k];
        }
        along[row * columns + column] = sum;
      }
    }
    double[] blurred = new double[(height - WINDOW + 1) * columns];
    for (int i = 0; i < blurred.length; i++) {
      double sum = 0;
      for (int k = 0; k < WINDOW; k++) {
        sum += WEIGHTS[k] * along[i + k * columns];
      }
      blurred[i] = sum;
    }
    return blurred;
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
