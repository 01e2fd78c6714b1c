package org.compnn.network;

import java.util.List;
import org.compnn.network.onnx.TensorProto.DataType;

/**
 * What a tensor holds.
 *
 * @param element the kind of its numbers
 * @param shape its dimensions; -1 where one is free
 */
record TensorType(DataType element, List<Long> shape) {
  TensorType {
    shape = List.copyOf(shape);
  }

  boolean known() {
    return shape.stream().allMatch(d -> d >= 0);
  }

  int rank() {
    return shape.size();
  }

  long dim(int axis) {
    return shape.get(axis);
  }

  long[] dims() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many numbers; the shape must be known. */
  long count() {
    long count = 1;
    for (long dim : shape) {
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  boolean floating() {
    return switch (element) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> true;
      default -> false;
    };
  }

  boolean integral() {
    return switch (element) {
      case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> true;
      default -> false;
    };
  }
}
