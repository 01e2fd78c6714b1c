package org.compnn.network;

import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * Turns planes of numbers (channels, rows, columns) into cells (rows, columns, channels) and back.
 */
final class Cells {
  private static final int CHANNELS = 16;
  private static final int PIXELS = 256;

  /** A row of the block; not a power of two, so that its columns do not fall on one cache line. */
  private static final int PITCH = PIXELS + 16;

  private Cells() {}

  /**
   * Reads a tensor as cells.
   *
   * @param from the tensor, off the heap
   * @param count number of cells
   * @param channelsLast whether they lie as cells already
   */
  static float[] read(FloatBuffer from, int count, int channels, boolean channelsLast) {
    return read(from, count, channels, channelsLast, float[]::new);
  }

  /**
   * The same.
   *
   * @param arrays gives arrays of a length, whatever is in them
   */
  static float[] read(
      FloatBuffer from,
      int count,
      int channels,
      boolean channelsLast,
      IntFunction<float[]> arrays) {
    float[] cells = arrays.apply(Math.multiplyExact(count, channels));
    if (channelsLast || channels == 1) {
      from.get(0, cells);
      return cells;
    }
    float[] block = new float[CHANNELS * PITCH];
    for (int p = 0; p < count; p += PIXELS) {
      int pixels = Math.min(PIXELS, count - p);
      for (int c = 0; c < channels; c += CHANNELS) {
        int width = Math.min(CHANNELS, channels - c);
        for (int k = 0; k < width; k++) {
          from.get((c + k) * count + p, block, k * PITCH, pixels);
        }
        transpose(block, pixels, width, cells, p * channels + c, channels);
      }
    }
    return cells;
  }

  private static void transpose(
      float[] block, int pixels, int width, float[] cells, int from, int channels) {
    for (int i = 0; i < pixels; i++) {
      int at = from + i * channels;
      for (int k = 0; k < width; k++) {
        cells[at + k] = block[k * PITCH + i];
      }
    }
  }

  /** Writes cells as a tensor, the other way round. */
  static void write(
      float[] cells, int count, int channels, boolean channelsLast, FloatBuffer into) {
    if (channelsLast || channels == 1) {
      into.put(0, cells);
      return;
    }
    float[] block = new float[CHANNELS * PITCH];
    for (int p = 0; p < count; p += PIXELS) {
      int pixels = Math.min(PIXELS, count - p);
      for (int c = 0; c < channels; c += CHANNELS) {
        int width = Math.min(CHANNELS, channels - c);
        for (int i = 0; i < pixels; i++) {
          int at = (p + i) * channels + c;
          for (int k = 0; k < width; k++) {
            block[k * PITCH + i] = cells[at + k];
          }
        }
        for (int k = 0; k < width; k++) {
          into.put((c + k) * count + p, block, k * PITCH, pixels);
        }
      }
    }
  }
}
