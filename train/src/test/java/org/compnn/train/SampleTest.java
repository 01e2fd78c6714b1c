package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Resample;
import org.junit.jupiter.api.Test;

final class SampleTest {
  private static Sample numbered(int rows, int columns) {
    byte[] rgb = new byte[rows * columns * 3];
    byte[] labels = new byte[rows * columns];
    for (int i = 0; i < labels.length; i++) {
      rgb[i * 3] = (byte) i;
      rgb[i * 3 + 1] = (byte) (i + 50);
      rgb[i * 3 + 2] = (byte) (i + 100);
      labels[i] = (byte) i;
    }
    return new Sample("n", new Picture(rows, columns, rgb), new LabelMap(rows, columns, labels));
  }

  @Test
  void aWindowCutsInputAndTargetAlike() {
    Sample window = numbered(4, 5).window(1, 2, 2, 3, false);
    assertThat(((LabelMap) window.target()).classes()).containsExactly(7, 8, 9, 12, 13, 14);
    for (int i = 0; i < 6; i++) {
      assertThat(window.input().rgb()[i * 3]).isEqualTo(((LabelMap) window.target()).classes()[i]);
    }
  }

  @Test
  void aMirroredWindowRunsBackwards() {
    Sample window = numbered(4, 5).window(0, 0, 2, 5, true);
    assertThat(((LabelMap) window.target()).classes())
        .containsExactly(4, 3, 2, 1, 0, 9, 8, 7, 6, 5);
    assertThat(window.input().pixel(0, 0)).isEqualTo(4 << 16 | 54 << 8 | 104);
  }

  @Test
  void jitterStaysInsideAndReachesEveryPlace() {
    Sample large = numbered(6, 6);
    Random random = new Random(1);
    boolean[] seen = new boolean[9];
    for (int i = 0; i < 300; i++) {
      int first = large.jittered(4, 4, false, random).input().pixel(0, 0) >> 16;
      seen[first / 6 * 3 + first % 6] = true;
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void numbersAreNormalisedChannelByChannel() {
    float[] numbers =
        Sample.inputs(
            List.of(numbered(1, 2), numbered(1, 2)),
            new float[] {0, 0.1f, 0.2f},
            new float[] {1, 0.5f, 0.25f});
    assertThat(numbers).hasSize(12);
    assertThat(numbers[1]).isCloseTo(1 / 255f, Offset.offset(1e-6f));
    assertThat(numbers[2]).isCloseTo((50 / 255f - 0.1f) / 0.5f, Offset.offset(1e-6f));
    assertThat(numbers[11]).isCloseTo((101 / 255f - 0.2f) / 0.25f, Offset.offset(1e-6f));
  }

  @Test
  void labelsKeepTheirClassesWhenResized() {
    Sample large = numbered(2, 2).resized(4, 4, Resample.BILINEAR, Resample.NEAREST);
    assertThat(((LabelMap) large.target()).classes())
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3);
  }

  /**
   * Class 0 on 6 of 8 pixels, 1 on 1 of 4, 2 nowhere: frequencies 3/4 and 1/4, their median 1/2.
   */
  @Test
  void rareClassesWeighMoreByTheMedianFrequency() {
    Sample a = labelled(0, 0, 0, 1);
    Sample b = labelled(0, 0, 0, 255);
    assertThat(SegNetCourse.balanced(List.of(a, b), 3, 10))
        .containsExactly(new double[] {0.5 / 0.75, 0.5 / 0.25, 0}, Offset.offset(1e-9));
    assertThat(SegNetCourse.balanced(List.of(a, b), 3, 1.5)[1]).isEqualTo(1.5);
  }

  private static Sample labelled(int... classes) {
    byte[] bytes = new byte[classes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) classes[i];
    }
    return new Sample(
        "l", Picture.black(1, classes.length), new LabelMap(1, classes.length, bytes));
  }

  @Test
  void normalisationIsTheMeanAndDeviationOfAllPixels() {
    Course.Normalisation n = TrainingSet.normalisation(List.of(numbered(1, 2), numbered(1, 2)));
    assertThat(n.mean()[1]).isCloseTo(50.5f / 255, Offset.offset(0.0006f));
    assertThat(n.deviation()[1]).isCloseTo(0.5f / 255, Offset.offset(0.0006f));
  }

  @Test
  void theRateIsHeldAndThenFallsToNearNothing() {
    Schedule schedule = new Schedule(16, 24, 10, 1, 0.1, 2, true, 1, 1);
    assertThat(schedule.rate(5)).isEqualTo(0.1);
    assertThat(schedule.rate(9)).isLessThan(schedule.rate(8));
    assertThat(schedule.rate(10)).isBetween(0.001, 0.02);
    assertThat(schedule.enlargedColumns()).isEqualTo(27);
  }
}
