package org.compnn.bench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A program of its own: opens a network with ONNX Runtime alone and runs it once, on zeros. What
 * that takes in a fresh JVM is what nothing that runs the network can go below.
 */
final class ColdNetwork {
  private ColdNetwork() {}

  /**
   * @param args the ONNX file; rows and columns for axes that are free
   */
  public static void main(String[] args) throws OrtException {
    int[] free = {1, 3, Integer.parseInt(args[1]), Integer.parseInt(args[2])};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(args[0], options)) {
      Map.Entry<String, NodeInfo> input = session.getInputInfo().entrySet().iterator().next();
      long[] shape = ((TensorInfo) input.getValue().getInfo()).getShape();
      int numbers = 1;
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = shape[axis] > 0 ? shape[axis] : free[axis];
        numbers = Math.multiplyExact(numbers, Math.toIntExact(shape[axis]));
      }
      try (OnnxTensor zeros =
              OnnxTensor.createTensor(environment, FloatBuffer.allocate(numbers), shape);
          OrtSession.Result result = session.run(Map.of(input.getKey(), zeros))) {
        System.out.println(result.size());
      }
    }
  }
}
