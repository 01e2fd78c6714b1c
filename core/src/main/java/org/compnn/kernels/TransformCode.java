package org.compnn.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.compnn.npy.ElementType;

/**
 * Transform coding of cells (Huang and Schultheiss 1963; Goyal 2001): a standardised cell is turned
 * into the principal axes of all cells, and each coordinate rounded to a step of its axis, in 8
 * bits, 4 bits or none. Cells are compared as coordinates and never turned back, since distances
 * and angles are the same.
 *
 * <p>A stored cell has {@link ElementType#numbers} bytes: a signed byte for each axis of 8 bits;
 * then, for the n axes of 4 bits, ceil(n / 2) bytes, with the first half of the axes in their lower
 * bits and the rest in their upper ones. A coordinate is code x step + offset; along an axis of no
 * bits all cells have the offset.
 */
public final class TransformCode implements CellForm {
  /** Rows of a code book before its axes. */
  public static final int HEAD = 5;

  /** Row of the means that cells are standardised by. */
  public static final int MEAN = 0;

  /** Row of the deviations that cells are standardised by. */
  public static final int DEVIATION = 1;

  /** Row of the bits of each axis: 8 first, then 4, then 0. */
  public static final int BITS = 2;

  /** Row of what each axis' code 0 stands for. */
  public static final int OFFSET = 3;

  /** Row of the axes' steps. */
  public static final int STEP = 4;

  /** Channels at the most: every cell of a query costs their square. */
  public static final int MOST_CHANNELS = 1024;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWER = 0x0f0f0f0f0f0f0f0fL;

  /** Numbers a block, small enough for the first-level cache. */
  private static final int BLOCK = 2048;

  /** How far an axis' length may be from 1. */
  private static final double UNEVEN = 1e-3;

  private final Kernels kernels = Kernels.best();
  private final int channels;
  private final int eights;
  private final int fours;
  private final int bytes;
  private final boolean vectors;
  private final float[] mean;
  private final float[] deviation;
  private final Standardisation standardisation;

  /** [channel][axis], of the axes that have bits. */
  private final float[] forward;

  /** [axis][channel], of all. */
  private final float[] back;

  private final float[] offset;
  private final float[] step;
  private final float[] steps;
  private final float[] offsets;

  /**
   * @param codebook {@link #HEAD} rows and one for each axis, of one number for each channel (or,
   *     in those of bits, offsets and steps, for each axis)
   * @throws IllegalArgumentException if these are no code book
   */
  public TransformCode(float[] codebook) {
    this(codebook, Best.VECTORS && VectorCodec.possible());
  }

  TransformCode(float[] codebook, boolean vectors) {
    this.channels = channels(codebook.length);
    this.vectors = vectors;
    this.mean = row(codebook, MEAN);
    this.deviation = row(codebook, DEVIATION);
    float[] bits = row(codebook, BITS);
    this.offset = row(codebook, OFFSET);
    this.step = row(codebook, STEP);
    this.back = Arrays.copyOfRange(codebook, HEAD * channels, codebook.length);
    this.eights = counted(bits, 0, 8);
    this.fours = counted(bits, eights, 4);
    int kept = eights + fours;
    this.bytes = ElementType.CODED.cellBytes(channels);
    check(codebook, kept + counted(bits, kept, 0));
    this.standardisation = new Standardisation(mean, deviation);
    this.forward = new float[channels * kept];
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < kept; k++) {
        forward[c * kept + k] = back[k * channels + c];
      }
    }
    int run = Math.max(1, BLOCK / channels) * channels;
    this.steps = new float[run];
    this.offsets = new float[run];
    for (int i = 0; i < run; i++) {
      steps[i] = step[i % channels];
      offsets[i] = offset[i % channels];
    }
  }

  /**
   * Channels of a code book.
   *
   * @param numbers how many it has
   * @throws IllegalArgumentException if none has so many
   */
  static int channels(int numbers) {
    for (int channels = 1; channels <= MOST_CHANNELS; channels++) {
      if ((HEAD + channels) * channels == numbers) {
        return channels;
      }
    }
    throw new IllegalArgumentException("expected a code book, found " + numbers + " numbers");
  }

  private float[] row(float[] codebook, int row) {
    return Arrays.copyOfRange(codebook, row * channels, (row + 1) * channels);
  }

  private static int counted(float[] bits, int from, int wanted) {
    int to = from;
    while (to < bits.length && bits[to] == wanted) {
      to++;
    }
    return to - from;
  }

  private void check(float[] codebook, int sorted) {
    for (float number : codebook) {
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException("expected finite numbers, found " + number);
      }
    }
    if (sorted != channels || eights + Math.ceilDiv(fours, 2) > bytes) {
      throw new IllegalArgumentException(
          "expected axes of 8, 4 and 0 bits, of %d bytes together, found others".formatted(bytes));
    }
    for (int k = 0; k < channels; k++) {
      double square = 0;
      for (int c = 0; c < channels; c++) {
        square += (double) back[k * channels + c] * back[k * channels + c];
      }
      if (!(deviation[k] > 0)
          || (k < eights + fours ? !(step[k] > 0) : step[k] != 0)
          || Math.abs(square - 1) > UNEVEN) {
        throw new IllegalArgumentException(
            "expected deviations and steps greater than 0, and axes of length 1, found others");
      }
    }
  }

  /** The means that cells are standardised by. */
  public float[] mean() {
    return mean.clone();
  }

  /** The deviations that cells are standardised by. */
  public float[] deviation() {
    return deviation.clone();
  }

  /** How many axes have bits. */
  public int axes() {
    return eights + fours;
  }

  /**
   * Stores cells.
   *
   * @param numbers whole cells in the network's terms, from index {@code from}
   * @param into receives their bytes from {@code at}
   */
  public void encode(float[] numbers, int from, int count, MemorySegment into, long at) {
    int kept = eights + fours;
    int run = steps.length;
    float[] block = new float[Math.min(run, count)];
    float[] turned = new float[kept];
    byte[] cell = new byte[bytes];
    for (int done = 0; done < count; done += run) {
      int n = Math.min(run, count - done);
      System.arraycopy(numbers, from + done, block, 0, n);
      standardisation.apply(block, 0, n);
      for (int each = 0; each < n; each += channels) {
        if (kept > 0) {
          kernels.project(block, each, channels, forward, kept, turned, 0);
        }
        pack(turned, cell);
        MemorySegment.copy(
            cell,
            0,
            into,
            ValueLayout.JAVA_BYTE,
            at + (long) (done + each) / channels * bytes,
            bytes);
      }
    }
  }

  private void pack(float[] turned, byte[] cell) {
    for (int k = 0; k < eights; k++) {
      cell[k] = (byte) code(turned[k], k, -128, 127);
    }
    int half = Math.ceilDiv(fours, 2);
    for (int i = 0; i < half; i++) {
      int lower = code(turned[eights + i], eights + i, 0, 15);
      int other = eights + half + i;
      int upper = half + i < fours ? code(turned[other], other, 0, 15) : 0;
      cell[eights + i] = (byte) (lower | upper << 4);
    }
  }

  private int code(float coordinate, int axis, int least, int most) {
    return Math.clamp(Math.round((coordinate - offset[axis]) / step[axis]), least, most);
  }

  @Override
  public void standardise(float[] numbers) {
    byte[] stored = new byte[Math.multiplyExact(numbers.length / channels, bytes)];
    MemorySegment all = MemorySegment.ofArray(stored);
    encode(numbers, 0, numbers.length, all, 0);
    read(all, 0, numbers.length, numbers, 0);
  }

  @Override
  public void read(MemorySegment stored, long offset, int count, float[] into, int at) {
    int most = Math.min(count, steps.length);
    byte[] packed = new byte[most / channels * bytes + Long.BYTES];
    byte[] codes = new byte[most + 2 * Long.BYTES];
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      int cells = n / channels;
      MemorySegment.copy(
          stored,
          ValueLayout.JAVA_BYTE,
          offset + (long) done / channels * bytes,
          packed,
          0,
          cells * bytes);
      for (int cell = 0; cell < cells; cell++) {
        unpack(packed, cell * bytes, codes, cell * channels);
      }
      scale(codes, n, into, at + done);
    }
  }

  /**
   * A byte for each axis. Eight are moved at a time, so some land behind where they belong; what
   * belongs there is written after them, or has a step of 0.
   */
  private void unpack(byte[] packed, int from, byte[] codes, int to) {
    for (int k = 0; k < eights; k += Long.BYTES) {
      LONG.set(codes, to + k, (long) LONG.get(packed, from + k));
    }
    int half = Math.ceilDiv(fours, 2);
    for (int i = 0; i < half; i += Long.BYTES) {
      LONG.set(codes, to + eights + i, (long) LONG.get(packed, from + eights + i) & LOWER);
    }
    for (int i = 0; i < half; i += Long.BYTES) {
      long both = (long) LONG.get(packed, from + eights + i);
      LONG.set(codes, to + eights + half + i, (both >>> 4) & LOWER);
    }
  }

  private void scale(byte[] codes, int count, float[] into, int at) {
    int begin = vectors ? VectorCodec.scaled(codes, count, steps, offsets, into, at) : 0;
    for (int i = begin; i < count; i++) {
      into[at + i] = codes[i] * steps[i] + offsets[i];
    }
  }

  @Override
  public void restore(float[] numbers, int at, int count) {
    float[] cell = new float[channels];
    for (int from = at; from < at + count; from += channels) {
      kernels.project(numbers, from, channels, back, channels, cell, 0);
      for (int c = 0; c < channels; c++) {
        numbers[from + c] = cell[c] * deviation[c] + mean[c];
      }
    }
  }
}
