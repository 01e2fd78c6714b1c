package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.compnn.npy.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransformCodeTest {
  private static final float HALF = (float) Math.sqrt(0.5);

  /** Three channels; the axes are the sum and the difference of the first two, and the third. */
  private static final float[] BOOK = {
    1, 2, 3, // means
    2, 1, 4, // deviations
    8, 4, 4, // bits
    0.5f, -1, -2, // offsets
    0.01f, 0.25f, 0.5f, // steps
    HALF, HALF, 0, //
    HALF, -HALF, 0, //
    0, 0, 1
  };

  @Test
  void aCellBecomesItsCodesAndComesBack() {
    TransformCode code = new TransformCode(BOOK);
    // Coordinates 0.5 - 100 x 0.01, -1 + 7 x 0.25, -2 + 12 x 0.5.
    double[] coordinates = {-0.5, 0.75, 4};
    float first = (float) ((coordinates[0] + coordinates[1]) * Math.sqrt(0.5));
    float second = (float) ((coordinates[0] - coordinates[1]) * Math.sqrt(0.5));
    float[] cells = {1000, 2000, -3000, first * 2 + 1, second + 2, 4 * 4 + 3};
    byte[] stored = new byte[2 * ElementType.CODED.cellBytes(3)];
    code.encode(cells, 0, 6, MemorySegment.ofArray(stored), 0);
    assertThat(stored).containsExactly(127, 0, -100, 7 | 12 << 4);
    float[] read = new float[3];
    code.read(MemorySegment.ofArray(stored), 2, 3, read, 0);
    assertThat(read).containsExactly(new float[] {-0.5f, 0.75f, 4}, within(1e-6f));
    float[] like = cells.clone();
    code.standardise(like);
    assertThat(Arrays.copyOfRange(like, 3, 6)).isEqualTo(read);
    code.restore(read, 0, 3);
    assertThat(read).containsExactly(new float[] {cells[3], cells[4], cells[5]}, within(1e-5f));
  }

  /** Channels such that axes end within vectors, within longs and within bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 31, 32, 64, 130, 768})
  void theVectorTwinReadsTheSameBitForBit(int channels) {
    Random random = new Random(channels);
    float[] book = new float[(TransformCode.HEAD + channels) * channels];
    int bytes = ElementType.CODED.cellBytes(channels);
    int eights = bytes / 2;
    int fours = Math.min(channels - eights, 2 * (bytes - eights) - channels % 2);
    for (int k = 0; k < channels; k++) {
      boolean kept = k < eights + fours;
      book[TransformCode.MEAN * channels + k] = random.nextFloat();
      book[TransformCode.DEVIATION * channels + k] = 0.5f + random.nextFloat();
      book[TransformCode.BITS * channels + k] = k < eights ? 8 : kept ? 4 : 0;
      book[TransformCode.OFFSET * channels + k] = random.nextFloat() - 0.5f;
      book[TransformCode.STEP * channels + k] = kept ? 0.01f + 0.1f * random.nextFloat() : 0;
      book[(TransformCode.HEAD + k) * channels + k] = 1;
    }
    int cells = 9000 / channels + 3;
    byte[] stored = new byte[cells * bytes];
    random.nextBytes(stored);
    MemorySegment all = MemorySegment.ofArray(stored);
    TransformCode plain = new TransformCode(book, false);
    TransformCode vectors = new TransformCode(book, true);
    for (int from : new int[] {0, 1, cells - 2}) {
      for (int count : new int[] {1, 2, cells - from}) {
        float[] one = new float[count * channels + 1];
        float[] other = one.clone();
        plain.read(all, (long) from * bytes, count * channels, one, 1);
        vectors.read(all, (long) from * bytes, count * channels, other, 1);
        assertThat(other).isEqualTo(one);
        for (int i = 0; i < count * channels; i++) {
          assertThat(one[1 + i])
              .isEqualTo(
                  number(stored, (from + i / channels) * bytes, i % channels, eights, fours, book));
        }
      }
    }
  }

  private static float number(byte[] stored, int cell, int k, int eights, int fours, float[] book) {
    int channels = (int) Math.round(Math.sqrt(book.length + 6.25) - 2.5);
    int half = Math.ceilDiv(fours, 2);
    int i = k - eights;
    int code =
        k < eights
            ? stored[cell + k]
            : i >= fours
                ? 0
                : i < half ? stored[cell + k] & 15 : (stored[cell + k - half] >> 4) & 15;
    return code * book[TransformCode.STEP * channels + k]
        + book[TransformCode.OFFSET * channels + k];
  }

  @Test
  void whatIsNoCodeBookIsRefused() {
    for (int row : new int[] {TransformCode.DEVIATION, TransformCode.BITS, TransformCode.STEP}) {
      float[] wrong = BOOK.clone();
      wrong[3 * row] = 0;
      assertThatThrownBy(() -> new TransformCode(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected");
    }
    float[] shorter = BOOK.clone();
    shorter[3 * TransformCode.HEAD] = 0.1f;
    assertThatThrownBy(() -> new TransformCode(shorter)).hasMessageContaining("axes of length 1");
    assertThatThrownBy(() -> new TransformCode(new float[23]))
        .hasMessage("expected a code book, found 23 numbers");
  }
}
