package org.compnn.network;

import org.compnn.network.onnx.TensorProto.DataType;

/**
 * A tensor that goes into or comes out of a session. It passes as float32 or int64, whatever the
 * graph has there: the graph is given a cast where it has another kind of number.
 *
 * @param tensor its name in the ONNX file
 * @param type what the graph has there; the shape is known
 */
record Port(String tensor, TensorType type) {
  /** The kind of number that passes. */
  DataType passes() {
    return type.floating() ? DataType.FLOAT : DataType.INT64;
  }

  boolean cast() {
    return type.element() != passes();
  }

  /** Its name as a session's input. */
  String inputName() {
    return cast() ? "compnn:in:" + tensor : tensor;
  }

  /** Its name as a session's output, where the tensor is made inside the session. */
  String outputName() {
    return cast() ? "compnn:out:" + tensor : tensor;
  }
}
