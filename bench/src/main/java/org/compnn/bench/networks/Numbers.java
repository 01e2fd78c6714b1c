package org.compnn.bench.networks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** The numbers of a tensor, whatever their type. */
final class Numbers {
  private Numbers() {}

  static boolean whole(OnnxTensor tensor) {
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> false;
      default -> true;
    };
  }

  static double[] of(OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> {
        FloatBuffer from = tensor.getFloatBuffer();
        yield all(from.remaining(), from::get);
      }
      case DOUBLE -> {
        DoubleBuffer from = tensor.getDoubleBuffer();
        yield all(from.remaining(), from::get);
      }
      case INT64 -> {
        LongBuffer from = tensor.getLongBuffer();
        yield all(from.remaining(), from::get);
      }
      case INT32 -> {
        IntBuffer from = tensor.getIntBuffer();
        yield all(from.remaining(), from::get);
      }
      case INT8 -> {
        ByteBuffer from = tensor.getByteBuffer();
        yield all(from.remaining(), from::get);
      }
      case UINT8, BOOL -> {
        ByteBuffer from = tensor.getByteBuffer();
        yield all(from.remaining(), i -> from.get(i) & 0xff);
      }
      default -> throw new IllegalArgumentException("no numbers in a tensor of " + type);
    };
  }

  private static double[] all(int count, IntToDoubleFunction number) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, number);
    return numbers;
  }
}
