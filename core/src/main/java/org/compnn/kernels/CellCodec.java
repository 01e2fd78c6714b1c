package org.compnn.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.compnn.npy.ElementType;

/**
 * Turns the numbers of cells into their stored form and back. All loops run over plain arrays of a
 * block, so that the compiler turns them into vector instructions (F16C for float16).
 */
public final class CellCodec {
  /** Largest float16; what lies beyond is stored as this. */
  public static final float HALF_MAX = 65504f;

  /** A float whose neighbours are 1 apart, and whose bits end in zeros. */
  private static final float WHOLE_STEPS = 0x1.8p23f;

  /** Numbers a block, small enough for the first-level cache. */
  private static final int BLOCK = 2048;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ElementType type;
  private final float[] scale;
  private final float[] inverse;
  private final Optional<TransformCode> code;

  /**
   * @param scale for {@link ElementType#INT8}, per channel, greater than 0; for {@link
   *     ElementType#CODED} the code book, see {@link TransformCode}; else empty
   */
  public CellCodec(ElementType type, float[] scale) {
    this.type = type;
    this.code =
        type == ElementType.CODED ? Optional.of(new TransformCode(scale)) : Optional.empty();
    if (code.isPresent()) {
      this.scale = new float[0];
      this.inverse = new float[0];
      return;
    }
    // Repeated over a block of whole cells, so that layers of few channels run in long loops too.
    int run = scale.length == 0 ? 0 : Math.ceilDiv(BLOCK, scale.length) * scale.length;
    this.scale = new float[run];
    this.inverse = new float[run];
    for (int i = 0; i < run; i++) {
      this.scale[i] = scale[i % scale.length];
      this.inverse[i] = 1 / scale[i % scale.length];
    }
  }

  /** The scales of as many numbers; none where numbers are not scaled. */
  float[] scale(int count) {
    float[] run = new float[scale.length == 0 ? 0 : count];
    for (int i = 0; i < run.length; i++) {
      run[i] = scale[i % scale.length];
    }
    return run;
  }

  /**
   * Stores numbers.
   *
   * @param numbers whole cells, from index {@code from}
   * @param into receives {@code count} numbers of the stored type from its byte {@code offset}
   */
  public void encode(float[] numbers, int from, int count, MemorySegment into, long offset) {
    switch (type) {
      case FLOAT32 -> MemorySegment.copy(numbers, from, into, FLOAT, offset, count);
      case FLOAT16 -> {
        short[] block = new short[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += BLOCK) {
          int n = Math.min(BLOCK, count - done);
          halve(numbers, from + done, n, block);
          MemorySegment.copy(block, 0, into, SHORT, offset + 2L * done, n);
        }
      }
      case CODED -> code.orElseThrow().encode(numbers, from, count, into, offset);
      case INT8 -> {
        byte[] block = new byte[Math.min(scale.length, count)];
        for (int done = 0; done < count; done += scale.length) {
          int n = Math.min(scale.length, count - done);
          quantise(numbers, from + done, n, block);
          MemorySegment.copy(block, 0, into, ValueLayout.JAVA_BYTE, offset + done, n);
        }
      }
    }
  }

  /**
   * Reads numbers back.
   *
   * @param stored numbers of the stored type, from byte {@code offset}, the start of a cell
   * @param into receives {@code count} numbers from index {@code at}
   */
  public void decode(MemorySegment stored, long offset, int count, float[] into, int at) {
    switch (type) {
      case FLOAT32 -> MemorySegment.copy(stored, FLOAT, offset, into, at, count);
      case FLOAT16 -> {
        short[] block = new short[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += BLOCK) {
          int n = Math.min(BLOCK, count - done);
          MemorySegment.copy(stored, SHORT, offset + 2L * done, block, 0, n);
          widen(block, n, into, at + done);
        }
      }
      case CODED -> {
        code.orElseThrow().read(stored, offset, count, into, at);
        code.orElseThrow().restore(into, at, count);
      }
      case INT8 -> {
        byte[] block = new byte[Math.min(scale.length, count)];
        for (int done = 0; done < count; done += scale.length) {
          int n = Math.min(scale.length, count - done);
          MemorySegment.copy(stored, ValueLayout.JAVA_BYTE, offset + done, block, 0, n);
          rescale(block, n, into, at + done);
        }
      }
    }
  }

  /** Replaces numbers of whole cells by what would be read back had they been stored. */
  public void round(float[] numbers) {
    switch (type) {
      case FLOAT32 -> {}
      case FLOAT16 -> {
        short[] block = new short[Math.min(BLOCK, numbers.length)];
        for (int done = 0; done < numbers.length; done += BLOCK) {
          int n = Math.min(BLOCK, numbers.length - done);
          halve(numbers, done, n, block);
          widen(block, n, numbers, done);
        }
      }
      case CODED -> {
        code.orElseThrow().standardise(numbers);
        code.orElseThrow().restore(numbers, 0, numbers.length);
      }
      case INT8 -> {
        byte[] block = new byte[Math.min(scale.length, numbers.length)];
        for (int done = 0; done < numbers.length; done += scale.length) {
          int n = Math.min(scale.length, numbers.length - done);
          quantise(numbers, done, n, block);
          rescale(block, n, numbers, done);
        }
      }
    }
  }

  private static void halve(float[] numbers, int from, int count, short[] block) {
    for (int i = 0; i < count; i++) {
      float clipped = Math.min(Math.max(numbers[from + i], -HALF_MAX), HALF_MAX);
      block[i] = Float.floatToFloat16(clipped);
    }
  }

  private static void widen(short[] block, int count, float[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = Float.float16ToFloat(block[i]);
    }
  }

  private void quantise(float[] numbers, int from, int count, byte[] block) {
    for (int i = 0; i < count; i++) {
      float steps = Math.min(Math.max(numbers[from + i] * inverse[i], -127f), 127f);
      // The lowest bits of a float of this size count its whole steps; unlike Math.round it runs in
      // vector instructions.
      block[i] = (byte) Float.floatToRawIntBits(steps + WHOLE_STEPS);
    }
  }

  private void rescale(byte[] block, int count, float[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = block[i] * scale[i];
    }
  }
}
