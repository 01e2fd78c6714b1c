package org.compnn.network.run;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.compnn.network.graph.Port;

/** Inputs to try a network with. */
final class Stimulus {
  private Stimulus() {}

  /** Zeros for seed 0; for others numbers from 0 to 1, or bytes. */
  static OnnxTensor of(Port input, long seed) throws OrtException {
    int size =
        switch (input.type().element()) {
          case UINT8, INT8 -> 1;
          case FLOAT16, BFLOAT16 -> 2;
          case DOUBLE -> 8;
          default -> 4;
        };
    ByteBuffer numbers =
        ByteBuffer.allocateDirect(Math.toIntExact(input.type().count() * size))
            .order(ByteOrder.nativeOrder());
    if (seed != 0) {
      fill(numbers, input, new Random(seed));
    }
    return OnnxTensor.createTensor(
        Session.environment(),
        numbers,
        input.type().dims(),
        switch (input.type().element()) {
          case UINT8 -> OnnxJavaType.UINT8;
          case INT8 -> OnnxJavaType.INT8;
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case BFLOAT16 -> OnnxJavaType.BFLOAT16;
          case DOUBLE -> OnnxJavaType.DOUBLE;
          default -> OnnxJavaType.FLOAT;
        });
  }

  private static void fill(ByteBuffer numbers, Port input, Random random) {
    while (numbers.hasRemaining()) {
      float value = random.nextFloat();
      switch (input.type().element()) {
        case UINT8, INT8 -> numbers.put((byte) random.nextInt(128));
        case FLOAT16 -> numbers.putShort(Float.floatToFloat16(value));
        case BFLOAT16 -> numbers.putShort((short) (Float.floatToIntBits(value) >>> 16));
        case DOUBLE -> numbers.putDouble(value);
        default -> numbers.putFloat(value);
      }
    }
    numbers.flip();
  }
}
