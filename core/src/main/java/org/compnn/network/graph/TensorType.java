package org.compnn.network.graph;

import java.util.List;
import org.compnn.network.onnx.TensorProto.DataType;

/**
 * What a tensor holds.
 *
 * @param element the kind of its numbers
 * @param shape its dimensions; -1 where one is free
 */
public record TensorType(DataType element, List<Long> shape) {
  public TensorType {
    shape = List.copyOf(shape);
  }

  public boolean known() {
    return shape.stream().allMatch(d -> d >= 0);
  }

  public int rank() {
    return shape.size();
  }

  public long dim(int axis) {
    return shape.get(axis);
  }

  public long[] dims() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many numbers; the shape must be known. */
  public long count() {
    long count = 1;
    for (long dim : shape) {
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  public boolean floating() {
    return switch (element) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> true;
      default -> false;
    };
  }

  public boolean integral() {
    return switch (element) {
      case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> true;
      default -> false;
    };
  }
}
