package org.compnn.network.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.TensorProto;

/** Small constant tensors as numbers: the parameters that operators take as inputs. */
final class Written {
  private Written() {}

  /** A tensor's numbers, flat, or empty where it is not written in the file or is no parameter. */
  static Optional<double[]> numbers(Graph graph, String tensor) {
    Optional<TensorProto> written = graph.written(tensor);
    if (written.isPresent()) {
      return numbers(written.get());
    }
    return graph
        .maker(tensor)
        .filter(n -> n.getOpType().equals("Constant"))
        .flatMap(Written::attribute);
  }

  private static Optional<double[]> attribute(NodeProto constant) {
    if (Attributes.has(constant, "value_ints")) {
      return Attributes.numbers(constant, "value_ints")
          .map(v -> java.util.Arrays.stream(v).asDoubleStream().toArray());
    }
    if (Attributes.has(constant, "value_int")) {
      return Optional.of(new double[] {Attributes.number(constant, "value_int", 0)});
    }
    return Attributes.reals(constant, "value_floats");
  }

  private static Optional<double[]> numbers(TensorProto tensor) {
    long count = 1;
    for (long dim : tensor.getDimsList()) {
      if (dim < 0 || dim > Tensors.MOST_NUMBERS || count * dim > Tensors.MOST_NUMBERS) {
        return Optional.empty();
      }
      count *= dim;
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return Optional.empty();
    }
    double[] numbers = new double[(int) count];
    if (tensor.hasRawData()) {
      return raw(tensor, numbers) ? Optional.of(numbers) : Optional.empty();
    }
    for (int i = 0; i < numbers.length; i++) {
      if (i < tensor.getInt64DataCount()) {
        numbers[i] = tensor.getInt64Data(i);
      } else if (i < tensor.getInt32DataCount()) {
        numbers[i] = tensor.getInt32Data(i);
      } else if (i < tensor.getFloatDataCount()) {
        numbers[i] = tensor.getFloatData(i);
      } else if (i < tensor.getDoubleDataCount()) {
        numbers[i] = tensor.getDoubleData(i);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(numbers);
  }

  private static boolean raw(TensorProto tensor, double[] into) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int bytes =
        switch (tensor.getDataType()) {
          case TensorProto.DataType.INT64_VALUE, TensorProto.DataType.DOUBLE_VALUE -> 8;
          case TensorProto.DataType.INT32_VALUE, TensorProto.DataType.FLOAT_VALUE -> 4;
          case TensorProto.DataType.BOOL_VALUE -> 1;
          default -> 0;
        };
    if (bytes == 0 || raw.remaining() < (long) bytes * into.length) {
      return false;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] =
          switch (tensor.getDataType()) {
            case TensorProto.DataType.INT64_VALUE -> raw.getLong();
            case TensorProto.DataType.DOUBLE_VALUE -> raw.getDouble();
            case TensorProto.DataType.INT32_VALUE -> raw.getInt();
            case TensorProto.DataType.BOOL_VALUE -> raw.get();
            default -> raw.getFloat();
          };
    }
    return true;
  }
}
