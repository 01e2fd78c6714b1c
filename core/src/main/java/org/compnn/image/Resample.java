package org.compnn.image;

/**
 * How a picture's pixels are made when it is resized; the filters of Pillow (PIL), whose numbers
 * stand in the {@code resample} entry of Hugging Face's {@code preprocessor_config.json}.
 *
 * @see <a href="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters">Pillow's
 *     filters</a>
 */
public enum Resample {
  /** The pixel under the centre of the new one. */
  NEAREST(0, 0) {
    @Override
    double weight(double x) {
      return x == 0 ? 1 : 0;
    }
  },
  /** A sinc windowed by a sinc, three lobes. */
  LANCZOS(1, 3) {
    @Override
    double weight(double x) {
      return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  /** A triangle. */
  BILINEAR(2, 1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys' cubic with a = -0.5. */
  BICUBIC(3, 2) {
    @Override
    double weight(double x) {
      double a = -0.5;
      double d = Math.abs(x);
      if (d < 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
  },
  /** The mean of the pixels under the new one. */
  BOX(4, 0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  /** A sinc windowed by a raised cosine, one lobe. */
  HAMMING(5, 1) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      return d < 1 ? sinc(d) * (0.54 + 0.46 * Math.cos(Math.PI * d)) : 0;
    }
  };

  private final int code;
  private final double support;

  Resample(int code, double support) {
    this.code = code;
    this.support = support;
  }

  /** Pillow's number of this filter, 0..5. */
  public int code() {
    return code;
  }

  /**
   * The filter of that number.
   *
   * @throws IllegalArgumentException if Pillow has no such filter
   */
  public static Resample fromCode(int code) {
    for (Resample filter : values()) {
      if (filter.code == code) {
        return filter;
      }
    }
    throw new IllegalArgumentException("resample is 0..5, not " + code);
  }

  /** How far the filter reaches on either side, in pixels of the coarser picture. */
  double support() {
    return support;
  }

  /** The filter at distance {@code x}, not normalised. */
  abstract double weight(double x);

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
