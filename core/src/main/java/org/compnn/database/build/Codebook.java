package org.compnn.database.build;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.database.Manifest;
import org.compnn.kernels.TransformCode;
import org.compnn.npy.ElementType;

/**
 * What the coded cells of a layer are stored by.
 *
 * @param numbers see {@link TransformCode}
 * @param measured what it was learnt from, and what it does to searches
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Codebook(float[] numbers, Manifest.CodingEntry measured) {
  /** Numbers of what was measured, behind the others where all travel together. */
  private static final int MEASURED = 7;

  /**
   * Learns a code book.
   *
   * @param mean per channel, of the training set or a sample of it
   * @param deviation likewise
   * @param standardised cells, one after the other
   */
  static float[] learn(float[] mean, float[] deviation, float[] standardised) {
    int channels = mean.length;
    PrincipalBasis basis = PrincipalBasis.of(standardised, channels);
    List<AxisQuantiser> quantisers =
        AxisQuantiser.of(basis.along(standardised), ElementType.CODED.cellBytes(channels));
    int[] order =
        IntStream.range(0, channels)
            .boxed()
            .sorted(Comparator.comparingInt(k -> -quantisers.get(k).bits()))
            .mapToInt(k -> k)
            .toArray();
    float[] numbers = new float[(TransformCode.HEAD + channels) * channels];
    System.arraycopy(mean, 0, numbers, TransformCode.MEAN * channels, channels);
    System.arraycopy(deviation, 0, numbers, TransformCode.DEVIATION * channels, channels);
    for (int k = 0; k < channels; k++) {
      AxisQuantiser quantiser = quantisers.get(order[k]);
      numbers[TransformCode.BITS * channels + k] = quantiser.bits();
      numbers[TransformCode.OFFSET * channels + k] = quantiser.offset();
      numbers[TransformCode.STEP * channels + k] = quantiser.step();
      for (int c = 0; c < channels; c++) {
        numbers[(TransformCode.HEAD + k) * channels + c] = (float) basis.axes()[order[k]][c];
      }
    }
    return numbers;
  }

  /** All of it in one array, so that it can go wherever the steps of bytes can. */
  float[] packed() {
    float[] packed = Arrays.copyOf(numbers, numbers.length + MEASURED);
    int at = numbers.length;
    packed[at] = measured.axes();
    packed[at + 1] = (float) measured.energy();
    packed[at + 2] = measured.exemplars();
    packed[at + 3] = measured.cells();
    packed[at + 4] = measured.among();
    packed[at + 5] = (float) measured.ratio();
    packed[at + 6] = (float) measured.recall();
    return packed;
  }

  /** The other way round. */
  static Codebook unpacked(float[] packed) {
    int at = packed.length - MEASURED;
    return new Codebook(
        Arrays.copyOf(packed, at),
        new Manifest.CodingEntry(
            (int) packed[at],
            decimals(packed[at + 1]),
            (int) packed[at + 2],
            (int) packed[at + 3],
            (int) packed[at + 4],
            decimals(packed[at + 5]),
            decimals(packed[at + 6])));
  }

  private static double decimals(float number) {
    return Math.round(number * 1e4) / 1e4;
  }
}
