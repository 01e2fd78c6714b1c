package org.compnn.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DistinctColoursTest {
  private static final int[] OKABE_ITO = {
    0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7
  };

  private static final double LEAST_APART = 0.05;

  private static final int GENERATED = 13;

  /** Levels a channel that candidates are made of. */
  private static final int LEVELS = 9;

  /** Candidates as grey as the muted colours, or too near to black or white, are left out. */
  private static final double LEAST_CHROMA = 0.08;

  private static final double DARKEST = 0.35;
  private static final double LIGHTEST = 0.92;

  private static final double[][] PROTANOPIA = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };

  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968},
    {0.280085, 0.672501, 0.047413},
    {-0.011820, 0.042940, 0.968881}
  };

  @Test
  void eachIsTheOneFarthestFromAllBeforeItToTheWorstOfThreeEyes() {
    assertThat(DistinctColours.all()).isEqualTo(generate());
  }

  @Test
  void noTwoLookAlikeToAnyOfTheEyes() {
    List<double[][]> views = DistinctColours.all().stream().map(c -> seen(c)).toList();
    for (int a = 0; a < views.size(); a++) {
      for (int b = 0; b < a; b++) {
        for (int eye = 0; eye < 3; eye++) {
          // A step that is just noticed measures about 0.02.
          assertThat(distance(views.get(a)[eye], views.get(b)[eye]))
              .as("colours %d and %d to eye %d", a, b, eye)
              .isGreaterThan(LEAST_APART);
        }
      }
    }
  }

  @Test
  void neighboursAmongTheMutedColoursDiffer() {
    for (int i = 0; i < 100; i++) {
      assertThat(DistinctColours.muted(i)).isNotEqualTo(DistinctColours.muted(i + 1));
    }
    assertThat(DistinctColours.muted(20)).isEqualTo(0x8C9BA2);
    assertThat(DistinctColours.muted(25)).isEqualTo(0x798A8A);
  }

  private static List<Integer> generate() {
    List<double[][]> chosen = new ArrayList<>();
    List<Integer> colours = new ArrayList<>();
    for (int colour : OKABE_ITO) {
      colours.add(colour);
      chosen.add(seen(colour));
    }
    int[] candidates = candidates();
    double[][][] views =
        Arrays.stream(candidates).mapToObj(c -> seen(c)).toArray(double[][][]::new);
    double[] nearest = new double[candidates.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (double[][] each : chosen) {
      narrow(nearest, views, each);
    }
    for (int n = 0; n < GENERATED; n++) {
      int best = 0;
      for (int i = 1; i < nearest.length; i++) {
        best = nearest[i] > nearest[best] ? i : best;
      }
      colours.add(candidates[best]);
      narrow(nearest, views, views[best]);
    }
    return List.copyOf(colours);
  }

  private static int[] candidates() {
    int[] all = new int[LEVELS * LEVELS * LEVELS];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      int red = i / (LEVELS * LEVELS) * 255 / (LEVELS - 1);
      int green = i / LEVELS % LEVELS * 255 / (LEVELS - 1);
      int blue = i % LEVELS * 255 / (LEVELS - 1);
      int colour = red << 16 | green << 8 | blue;
      double[] lab = lab(linear(colour));
      if (lab[0] >= DARKEST && lab[0] <= LIGHTEST && Math.hypot(lab[1], lab[2]) >= LEAST_CHROMA) {
        all[n++] = colour;
      }
    }
    return Arrays.copyOf(all, n);
  }

  private static void narrow(double[] nearest, double[][][] views, double[][] chosen) {
    for (int i = 0; i < nearest.length; i++) {
      for (int eye = 0; eye < chosen.length; eye++) {
        nearest[i] = Math.min(nearest[i], distance(views[i][eye], chosen[eye]));
      }
    }
  }

  /** A colour in OKLab to each of the three eyes. */
  private static double[][] seen(int colour) {
    double[] linear = linear(colour);
    return new double[][] {
      lab(linear), lab(times(PROTANOPIA, linear)), lab(times(DEUTERANOPIA, linear))
    };
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }

  private static double[] linear(int colour) {
    return new double[] {
      linearChannel(colour >> 16 & 0xff),
      linearChannel(colour >> 8 & 0xff),
      linearChannel(colour & 0xff)
    };
  }

  private static double linearChannel(int level) {
    double v = level / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double[] times(double[][] matrix, double[] colour) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = matrix[i][0] * colour[0] + matrix[i][1] * colour[1] + matrix[i][2] * colour[2];
      product[i] = Math.clamp(sum, 0, 1);
    }
    return product;
  }

  private static double[] lab(double[] rgb) {
    double l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    double m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    double s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }
}
