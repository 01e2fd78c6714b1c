package org.compnn.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Arrays as base64 in JSON: {@code {"type": "u2", "base64": ...}}, little-endian. */
final class Numbers {
  private static final int MOST_IN_TWO_BYTES = 0xffff;

  private Numbers() {}

  /** Whole numbers from 0, in two bytes each where they fit. */
  static ObjectNode whole(int count, IntUnaryOperator value) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, value.applyAsInt(i));
    }
    boolean small = most <= MOST_IN_TWO_BYTES;
    byte[] bytes = new byte[Math.multiplyExact(count, small ? 2 : 4)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (small) {
        buffer.putShort((short) value.applyAsInt(i));
      } else {
        buffer.putInt(value.applyAsInt(i));
      }
    }
    return node(small ? "u2" : "u4", bytes);
  }

  static ObjectNode floats(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, 4)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return node("f4", bytes);
  }

  private static ObjectNode node(String type, byte[] bytes) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("base64", Base64.getEncoder().encodeToString(bytes));
  }
}
