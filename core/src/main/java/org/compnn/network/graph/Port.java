package org.compnn.network.graph;

import org.compnn.network.onnx.TensorProto.DataType;

/**
 * A tensor that goes into or comes out of a session. It passes as float32 or int64, whatever the
 * graph has there: the graph is given a cast where it has another kind of number.
 *
 * @param tensor its name in the ONNX file
 * @param type what the graph has there; the shape is known
 * @param passes the kind of number that passes, FLOAT or INT64
 */
public record Port(String tensor, TensorType type, DataType passes) {
  /** Real numbers pass as float32, whole ones as int64. */
  public static Port of(String tensor, TensorType type) {
    return new Port(tensor, type, type.floating() ? DataType.FLOAT : DataType.INT64);
  }

  /** Passes as float32, whatever the graph has. */
  public static Port real(String tensor, TensorType type) {
    return new Port(tensor, type, DataType.FLOAT);
  }

  boolean cast() {
    return type.element() != passes;
  }

  /** Its name as a session's input. */
  public String inputName() {
    return cast() ? "compnn:in:" + tensor : tensor;
  }

  /** Its name as a session's output, where the tensor is made inside the session. */
  String outputName() {
    return cast() ? "compnn:out:" + tensor : tensor;
  }
}
