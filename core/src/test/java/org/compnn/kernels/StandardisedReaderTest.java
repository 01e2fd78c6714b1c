package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.compnn.npy.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vector twin against the plain one, bit for bit. */
final class StandardisedReaderTest {
  private static final int CELLS = 300;

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 32",
    "FLOAT16, 32",
    "INT8, 32",
    "FLOAT32, 48",
    "FLOAT16, 48",
    "INT8, 48",
    "FLOAT32, 5",
    "FLOAT16, 5",
    "INT8, 5",
    "FLOAT16, 1",
    "FLOAT16, 2048",
    "INT8, 130",
    "INT8, 12"
  })
  void readsTheSameAsThePlainLoops(ElementType type, int channels) {
    Random random = new Random(channels);
    float[] mean = numbers(random, channels);
    float[] deviation = numbers(random, channels);
    for (int c = 0; c < channels; c++) {
      deviation[c] = Math.abs(deviation[c]) + 1e-3f;
    }
    float[] scale = new float[type == ElementType.INT8 ? channels : 0];
    Arrays.fill(scale, 0.03f);
    CellCodec codec = new CellCodec(type, scale);
    Standardisation standardisation = new Standardisation(mean, deviation);
    float[] cells = numbers(random, CELLS * channels);
    // What float16 treats in a way of its own: zeros of both signs, numbers below its normal ones,
    // the largest.
    float[] special = {0, -0f, 1e-7f, -6e-8f, 3e-5f, 65504, -65504, 1};
    System.arraycopy(special, 0, cells, 0, Math.min(special.length, cells.length));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stored = arena.allocate((long) cells.length * type.bytes());
      codec.encode(cells, 0, cells.length, stored, 0);
      StandardisedReader plain = StandardisedReader.plain(codec, standardisation);
      StandardisedReader vectors = StandardisedReader.vectors(type, codec, standardisation);
      for (int from : new int[] {0, 1, 7, CELLS - 3}) {
        for (int count : new int[] {1, 2, 3, CELLS - from}) {
          float[] one = new float[3 + count * channels];
          float[] other = one.clone();
          long offset = (long) from * channels * type.bytes();
          if (from + count <= CELLS) {
            plain.read(stored, offset, count * channels, one, 3);
            vectors.read(stored, offset, count * channels, other, 3);
            assertThat(bits(other)).isEqualTo(bits(one));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0x7c00", "0xfc00", "0x7e01", "0xfe00"})
  void readsInfinitiesAndWhatIsNoNumber(String half) {
    CellCodec codec = new CellCodec(ElementType.FLOAT16, new float[0]);
    Standardisation standardisation = new Standardisation(new float[] {0}, new float[] {1});
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stored = arena.allocate(128);
      stored.set(
          java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED, 6, Integer.decode(half).shortValue());
      float[] one = new float[64];
      float[] other = new float[64];
      StandardisedReader.plain(codec, standardisation).read(stored, 0, 64, one, 0);
      StandardisedReader.vectors(ElementType.FLOAT16, codec, standardisation)
          .read(stored, 0, 64, other, 0);
      assertThat(other).isEqualTo(one);
      assertThat(Float.isFinite(other[3])).isFalse();
    }
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
    return bits;
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
