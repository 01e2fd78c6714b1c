package org.compnn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.compnn.image.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesisTest {
  private static final int HEIGHT = 24;
  private static final int WIDTH = 33;

  @Test
  void aKnownPairMeasuresAsSciPyHasIt() {
    // Expected values: scikit-image's formula (Gaussian weights, population variance, 5 pixels of
    // border cropped) with scipy.ndimage.gaussian_filter(sigma=1.5, truncate=3.5) on these bytes.
    Picture pattern = pattern();
    Synthesis metrics = Synthesis.of(pattern, noisy(pattern));

    assertThat(metrics.ssim()).isCloseTo(0.5635242575373642, within(1e-9));
    assertThat(metrics.l1()).isCloseTo(0.060884993728130984, within(1e-12));
    assertThat(metrics.psnr()).isCloseTo(22.949925718143938, within(1e-9));
    assertThat(Synthesis.of(pattern, negative(pattern)).ssim())
        .isCloseTo(-0.48748448742540473, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void similarityIsTheMeanOverWindowsOfThePublishedFormula(long seed) {
    Random random = new Random(seed);
    int height = 11 + random.nextInt(6);
    int width = 11 + random.nextInt(6);
    byte[] a = new byte[height * width * 3];
    byte[] b = new byte[height * width * 3];
    random.nextBytes(a);
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) Math.clamp((a[i] & 0xff) + random.nextInt(-40, 41), 0, 255);
    }
    double expected = plain(a, b, height, width);

    Synthesis metrics = Synthesis.of(new Picture(height, width, a), new Picture(height, width, b));

    assertThat(metrics.ssim()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void identicalPicturesHaveInfinitePsnrAndSimilarityOne() {
    Synthesis metrics = Synthesis.of(pattern(), pattern());

    assertThat(metrics.l1()).isZero();
    assertThat(metrics.psnr()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(metrics.ssim()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aPictureSmallerThanAWindowHasNoSimilarityButTheRest() {
    Picture black = Picture.black(10, 40);
    byte[] white = new byte[10 * 40 * 3];
    Arrays.fill(white, (byte) 255);
    Synthesis metrics = Synthesis.of(black, new Picture(10, 40, white));

    assertThat(metrics.ssim()).isNaN();
    assertThat(metrics.l1()).isEqualTo(1);
    assertThat(metrics.psnr()).isEqualTo(0);
  }

  @Test
  void picturesOfDifferentSizesAreRefused() {
    assertThatThrownBy(() -> Synthesis.of(Picture.black(12, 13), Picture.black(13, 12)))
        .hasMessageContaining("13 x 12");
  }

  /** Window by window, with two-dimensional weights and centred moments. */
  private static double plain(byte[] a, byte[] b, int height, int width) {
    double total = 0;
    int windows = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row + 11 <= height; row++) {
        for (int column = 0; column + 11 <= width; column++) {
          double weight = 0;
          double meanA = 0;
          double meanB = 0;
          for (int i = 0; i < 121; i++) {
            double w = gauss(i);
            int at = ((row + i / 11) * width + column + i % 11) * 3 + channel;
            weight += w;
            meanA += w * (a[at] & 0xff);
            meanB += w * (b[at] & 0xff);
          }
          meanA /= weight;
          meanB /= weight;
          double varianceA = 0;
          double varianceB = 0;
          double covariance = 0;
          for (int i = 0; i < 121; i++) {
            double w = gauss(i) / weight;
            int at = ((row + i / 11) * width + column + i % 11) * 3 + channel;
            double da = (a[at] & 0xff) - meanA;
            double db = (b[at] & 0xff) - meanB;
            varianceA += w * da * da;
            varianceB += w * db * db;
            covariance += w * da * db;
          }
          double c1 = 6.5025;
          double c2 = 58.5225;
          total +=
              (2 * meanA * meanB + c1)
                  * (2 * covariance + c2)
                  / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
          windows++;
        }
      }
    }
    return total / windows;
  }

  private static double gauss(int i) {
    double y = i / 11 - 5;
    double x = i % 11 - 5;
    return Math.exp(-(x * x + y * y) / 4.5);
  }

  private static Picture pattern() {
    byte[] rgb = new byte[HEIGHT * WIDTH * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = (y * WIDTH + x) * 3;
        rgb[at] = (byte) (x * 7 + y * 3);
        rgb[at + 1] = (byte) (x * y);
        rgb[at + 2] = (byte) (255 - x * 5);
      }
    }
    return new Picture(HEIGHT, WIDTH, rgb);
  }

  private static Picture noisy(Picture picture) {
    byte[] rgb = picture.rgb().clone();
    long state = 42;
    for (int i = 0; i < rgb.length; i++) {
      state = state * 1103515245 + 12345 & 0x7fffffff;
      int noise = (int) (state >> 16 & 0xff) % 64 - 32;
      rgb[i] = (byte) Math.clamp((rgb[i] & 0xff) + noise, 0, 255);
    }
    return new Picture(HEIGHT, WIDTH, rgb);
  }

  private static Picture negative(Picture picture) {
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (255 - (rgb[i] & 0xff));
    }
    return new Picture(HEIGHT, WIDTH, rgb);
  }
}
