package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.compnn.npy.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellCodecTest {
  private static final int CHANNELS = 5;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aFloat16IsOffByAtMostOnePartIn2048OrHalfTheSmallestStep(long seed) {
    float[] numbers = numbers(seed, 5000 + (int) seed);
    float[] back = roundTrip(new CellCodec(ElementType.FLOAT16, new float[0]), numbers, 2);
    for (int i = 0; i < numbers.length; i++) {
      double bound = Math.max(Math.abs((double) numbers[i]) / 2048, Math.scalb(1.0, -25));
      assertThat((double) back[i]).isCloseTo(numbers[i], within(bound));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aByteIsOffByAtMostHalfAStepOfItsChannel(long seed) {
    float[] numbers = numbers(seed, CHANNELS * 777);
    float[] peak = new float[CHANNELS];
    for (int i = 0; i < numbers.length; i++) {
      peak[i % CHANNELS] = Math.max(peak[i % CHANNELS], Math.abs(numbers[i]));
    }
    float[] scale = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      scale[c] = peak[c] / 127;
    }
    float[] back = roundTrip(new CellCodec(ElementType.INT8, scale), numbers, 1);
    for (int i = 0; i < numbers.length; i++) {
      double bound = scale[i % CHANNELS] * 0.50001;
      assertThat((double) back[i]).isCloseTo(numbers[i], within(bound));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void roundingGivesWhatStoringAndReadingGives(long seed) {
    float[] scale = {0.1f, 0.2f, 0.5f, 1, 3};
    for (ElementType type : EnumSet.complementOf(EnumSet.of(ElementType.CODED))) {
      CellCodec codec = new CellCodec(type, type == ElementType.INT8 ? scale : new float[0]);
      float[] numbers = numbers(seed, CHANNELS * 999);
      float[] back = roundTrip(codec, numbers, type.bytes());
      codec.round(numbers);
      assertThat(numbers).isEqualTo(back);
    }
  }

  @Test
  void float32IsKeptToTheBit() {
    float[] numbers = numbers(3, 4321);
    assertThat(roundTrip(new CellCodec(ElementType.FLOAT32, new float[0]), numbers, 4))
        .isEqualTo(numbers);
  }

  @Test
  void whatLiesBeyondTheStoredTypeIsStoredAsItsLargest() {
    float[] wild = {1e9f, -1e9f, Float.POSITIVE_INFINITY, 65519, 1.5f};
    assertThat(roundTrip(new CellCodec(ElementType.FLOAT16, new float[0]), wild, 2))
        .containsExactly(65504, -65504, 65504, 65504, 1.5f);
    assertThat(roundTrip(new CellCodec(ElementType.INT8, new float[] {2, 2, 2, 2, 2}), wild, 1))
        .containsExactly(254, -254, 254, 254, 2);
  }

  private static float[] roundTrip(CellCodec codec, float[] numbers, int bytes) {
    MemorySegment stored = MemorySegment.ofArray(new byte[(numbers.length + 3) * bytes]);
    codec.encode(numbers, 0, numbers.length, stored, 3L * bytes);
    float[] back = new float[numbers.length + 1];
    codec.decode(stored, 3L * bytes, numbers.length, back, 1);
    return Arrays.copyOfRange(back, 1, back.length);
  }

  /** From tiny to large, all within float16. */
  private static float[] numbers(long seed, int count) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(40) - 27));
    }
    return numbers;
  }
}
