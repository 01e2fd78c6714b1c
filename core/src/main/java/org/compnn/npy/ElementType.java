package org.compnn.npy;

/** How the numbers of a cell are stored. */
public enum ElementType {
  FLOAT32(4, "<f4"),
  FLOAT16(2, "<f2"),
  /** Signed bytes; a number is byte x scale of its channel. */
  INT8(1, "|i1"),
  /**
   * Transform coding: a cell's coordinates along the principal axes of all cells, in 8 or 4 bits or
   * none, by how much they vary; a third of the bytes of float16 together.
   */
  CODED(1, "|i1");

  private final int bytes;
  private final String npy;

  ElementType(int bytes, String npy) {
    this.bytes = bytes;
    this.npy = npy;
  }

  /** Bytes a stored number; of coded cells, a byte that holds one number or two. */
  public int bytes() {
    return bytes;
  }

  /** How many numbers, of {@link #bytes} each, a cell of so many channels is stored as. */
  public int numbers(int channels) {
    return this == CODED ? Math.ceilDiv(2 * channels, 3) : channels;
  }

  /** What a cell of so many channels takes, in bytes. */
  public int cellBytes(int channels) {
    return numbers(channels) * bytes;
  }

  /** The type's name in an NPY header. */
  public String npy() {
    return npy;
  }
}
