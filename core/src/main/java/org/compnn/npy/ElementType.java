package org.compnn.npy;

/** How the numbers of a cell are stored. */
public enum ElementType {
  FLOAT32(4, "<f4"),
  FLOAT16(2, "<f2"),
  /** Signed bytes; a number is byte x scale of its channel. */
  INT8(1, "|i1");

  private final int bytes;
  private final String npy;

  ElementType(int bytes, String npy) {
    this.bytes = bytes;
    this.npy = npy;
  }

  public int bytes() {
    return bytes;
  }

  /** The type's name in an NPY header. */
  public String npy() {
    return npy;
  }
}
