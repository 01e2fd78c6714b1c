package org.compnn.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Numbers at every pixel, such as depths or surface normals.
 *
 * @param height rows
 * @param width columns
 * @param channels numbers a pixel, 1 or more
 * @param values height x width x channels numbers, row by row, the channels of a pixel together;
 *     NaN stands for no value; owned by the map and not to be changed once it is shared
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; a map of values is no map key.
public record ValueMap(int height, int width, int channels, float[] values) implements Raster {
  public ValueMap {
    if (height <= 0
        || width <= 0
        || channels <= 0
        || values.length
            != Math.multiplyExact(Math.multiplyExact(height, width), (long) channels)) {
      throw new IllegalArgumentException(
          "a map of %d x %d x %d cannot have %d values"
              .formatted(height, width, channels, values.length));
    }
  }

  /**
   * Reads a file of values.
   *
   * @throws org.compnn.problem.UserError if it is none, or is broken
   */
  public static ValueMap read(Path file) {
    return ValueFile.read(file);
  }

  /**
   * The map that {@link #littleEndian} gave the bytes of.
   *
   * @param bytes height x width x channels floats of 4 bytes, the lowest byte first
   */
  public static ValueMap ofLittleEndian(int height, int width, int channels, byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new ValueMap(height, width, channels, values);
  }

  /** All numbers as floats of 4 bytes, the lowest byte first, in the same order. */
  public byte[] littleEndian() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Without a number at any pixel. */
  public static ValueMap unknown(int height, int width, int channels) {
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
    Arrays.fill(values, Float.NaN);
    return new ValueMap(height, width, channels, values);
  }

  @Override
  public long bytes() {
    return (long) values.length * Float.BYTES;
  }

  /** The number of a pixel; NaN where there is none. */
  public float value(int row, int column, int channel) {
    return values[(row * width + column) * channels + channel];
  }

  /**
   * Whether a pixel has numbers in all channels.
   *
   * @param pixel row x width + column
   */
  public boolean known(int pixel) {
    for (int c = 0; c < channels; c++) {
      if (Float.isNaN(values[pixel * channels + c])) {
        return false;
      }
    }
    return true;
  }
}
