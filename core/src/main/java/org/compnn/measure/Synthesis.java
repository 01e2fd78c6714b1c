package org.compnn.measure;

import org.compnn.image.Picture;

/**
 * How near a picture is to a reference.
 *
 * @param l1 mean absolute difference over pixels and channels, on colours of 0..1; 0 is best (on
 *     -1..1, as some papers have it, it is twice as large)
 * @param psnr peak signal-to-noise ratio in decibels, {@code 10 log10(1 / mean squared difference)}
 *     over all channels together; infinite for identical pictures
 * @param ssim mean structural similarity, at most 1, see {@link StructuralSimilarity}; {@link
 *     Double#NaN} for pictures of fewer than 11 rows or columns
 */
public record Synthesis(double l1, double psnr, double ssim) {
  /**
   * The metrics of one picture.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Synthesis of(Picture reference, Picture answer) {
    if (reference.height() != answer.height() || reference.width() != answer.width()) {
      throw new IllegalArgumentException(
          "a picture of %d x %d cannot be measured against one of %d x %d"
              .formatted(answer.height(), answer.width(), reference.height(), reference.width()));
    }
    byte[] a = reference.rgb();
    byte[] b = answer.rgb();
    long absolute = 0;
    long squared = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 0xff) - (b[i] & 0xff);
      absolute += Math.abs(difference);
      squared += (long) difference * difference;
    }
    double l1 = absolute / (255.0 * a.length);
    double psnr = 10 * Math.log10(255.0 * 255.0 * a.length / squared);
    return new Synthesis(l1, psnr, StructuralSimilarity.mean(reference, answer));
  }
}
