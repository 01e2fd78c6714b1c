package org.compnn.network.run;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;

/** The numbers of tensors that are small. */
final class SmallTensor {
  private SmallTensor() {}

  /** A tensor's numbers, flat; none where there are many, or they are of a rare kind. */
  static Optional<double[]> numbers(OnnxTensor tensor, TensorType type) {
    if (type.count() > Tensors.MOST_NUMBERS) {
      return Optional.empty();
    }
    return switch (type.element()) {
      case INT64 -> numbers(tensor.getLongBuffer().remaining(), tensor.getLongBuffer()::get);
      case INT32 -> numbers(tensor.getIntBuffer().remaining(), tensor.getIntBuffer()::get);
      case FLOAT -> numbers(tensor.getFloatBuffer().remaining(), tensor.getFloatBuffer()::get);
      case BOOL -> {
        ByteBuffer truths = tensor.getByteBuffer();
        yield numbers(truths.remaining(), truths::get);
      }
      default -> Optional.empty();
    };
  }

  private static Optional<double[]> numbers(int count, IntToDoubleFunction at) {
    double[] numbers = new double[count];
    java.util.Arrays.setAll(numbers, at);
    return Optional.of(numbers);
  }
}
