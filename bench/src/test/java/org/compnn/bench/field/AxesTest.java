package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AxesTest {
  private static float[] sample(int count, int inputs, int rank) {
    Random random = new Random(4);
    float[][] directions = new float[rank][inputs];
    for (float[] direction : directions) {
      for (int i = 0; i < inputs; i++) {
        direction[i] = (float) random.nextGaussian();
      }
    }
    float[] sample = new float[count * inputs];
    for (int n = 0; n < count; n++) {
      for (float[] direction : directions) {
        float weight = (float) random.nextGaussian();
        for (int i = 0; i < inputs; i++) {
          sample[n * inputs + i] += weight * direction[i];
        }
      }
    }
    return sample;
  }

  @Test
  void asManyAxesAsTheSampleHasDimensionsKeepAllDistances() {
    float[] sample = sample(200, 12, 3);
    Axes axes = Axes.of(sample, 12, 3);
    assertThat(axes.energy()).isCloseTo(1, within(1e-6));
    float[] left = new float[12];
    float[] right = new float[12];
    float[] projected = new float[6];
    for (int n = 0; n + 1 < 200; n += 2) {
      System.arraycopy(sample, n * 12, left, 0, 12);
      System.arraycopy(sample, n * 12 + 12, right, 0, 12);
      axes.project(left, projected, 0);
      axes.project(right, projected, 3);
      double near = 0;
      for (int k = 0; k < 3; k++) {
        near += Math.pow(projected[k] - projected[k + 3], 2);
      }
      double whole = Windows.distance(left, right);
      assertThat(near).isCloseTo(whole, within(1e-4 * whole + 1e-6));
    }
  }

  @Test
  void axesAreOrthonormalAndFewerKeepLess() {
    float[] sample = sample(300, 10, 10);
    Axes all = Axes.of(sample, 10, 10);
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        double dot = 0;
        for (int i = 0; i < 10; i++) {
          dot += all.basis()[i * 10 + a] * all.basis()[i * 10 + b];
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-5));
      }
    }
    double before = 0;
    for (int axes = 1; axes <= 10; axes++) {
      double energy = Axes.of(sample, 10, axes).energy();
      assertThat(energy).isGreaterThan(before);
      before = energy;
    }
    assertThat(before).isCloseTo(1, within(1e-9));
  }
}
