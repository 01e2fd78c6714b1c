package org.compnn.npy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The number types of NPY files that this library reads and writes; all little-endian. */
public enum NpyType {
  FLOAT32("<f4", 4),
  FLOAT16("<f2", 2),
  FLOAT64("<f8", 8),
  INT64("<i8", 8),
  INT32("<i4", 4),
  UINT32("<u4", 4),
  INT16("<i2", 2),
  UINT16("<u2", 2),
  INT8("|i1", 1),
  UINT8("|u1", 1);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type's name in an NPY header, such as {@code <f4}. */
  public String code() {
    return code;
  }

  /** Bytes a number. */
  public int bytes() {
    return bytes;
  }

  /** All names, for messages. */
  static String codes() {
    return Arrays.stream(values()).map(NpyType::code).collect(Collectors.joining(", "));
  }

  /** The type of that name; single bytes have no byte order, so any order is taken for them. */
  static Optional<NpyType> of(String code) {
    for (NpyType type : values()) {
      if (type.code.equals(code)
          || (type.bytes == 1
              && code.length() == 3
              && "<>|=".indexOf(code.charAt(0)) >= 0
              && code.endsWith(type.code.substring(1)))) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
