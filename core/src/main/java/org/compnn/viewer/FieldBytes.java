package org.compnn.viewer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.compnn.search.Field;

/**
 * A field as pages read it, in arrays that a browser maps without a copy. Little-endian: the
 * letters {@code CNNF}; six uint32: version 1, rows, columns, top-k, bytes of an exemplar's index
 * (2 or 4), 0; then the arrays of rows x columns x top-k numbers: distance (float32), exemplar
 * (uint16 or uint32), row (uint16), column (uint16). An entry without a match has infinite distance
 * and the highest number as its exemplar.
 */
public final class FieldBytes {
  private static final int HEAD = 28;
  private static final int MOST_IN_TWO_BYTES = 0xffff;

  private FieldBytes() {}

  /**
   * Encodes a field.
   *
   * @param exemplars how many the database has
   */
  public static byte[] of(Field field, int exemplars) {
    int count = field.exemplar().length;
    int width = exemplars < MOST_IN_TWO_BYTES ? 2 : 4;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEAD, Math.multiplyExact(count, 8 + width)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'C').put((byte) 'N').put((byte) 'N').put((byte) 'F');
    bytes.putInt(1).putInt(field.rows()).putInt(field.columns()).putInt(field.topK());
    bytes.putInt(width).putInt(0);
    for (float distance : field.distance()) {
      bytes.putFloat(distance);
    }
    for (int exemplar : field.exemplar()) {
      if (width == 2) {
        bytes.putShort((short) exemplar);
      } else {
        bytes.putInt(exemplar);
      }
    }
    for (int row : field.row()) {
      bytes.putShort((short) Math.max(0, row));
    }
    for (int column : field.column()) {
      bytes.putShort((short) Math.max(0, column));
    }
    return bytes.array();
  }

  /** The same bytes in Base64, for a page that holds its field within. */
  public static String text(Field field, int exemplars) {
    return Base64.getEncoder().encodeToString(of(field, exemplars));
  }
}
