package org.compnn.network.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.Port;
import org.compnn.network.onnx.TensorProto.DataType;

/** The off-heap tensors of one run of a session, used by one thread at a time. */
public final class Slot implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final Map<String, FloatBuffer> floats = new HashMap<>();
  private final Map<String, LongBuffer> longs = new HashMap<>();
  private final Map<String, OnnxTensor> tensorsIn = new HashMap<>();
  private final Map<String, OnnxTensor> tensorsOut = new HashMap<>();
  private final OrtSession.RunOptions options;

  Slot(List<Port> inputs, List<Port> outputs, Set<String> given) {
    try {
      options = new OrtSession.RunOptions();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    try {
      for (Port port : inputs) {
        tensorsIn.put(port.inputName(), tensor(port, "in:"));
      }
      for (Port port : outputs) {
        tensorsOut.put(GraphEdit.sessionOutput(port, given), tensor(port, "out:"));
      }
    } catch (OrtException e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  private OnnxTensor tensor(Port port, String side) throws OrtException {
    boolean real = port.passes() == DataType.FLOAT;
    long bytes = Math.multiplyExact(port.type().count(), real ? Float.BYTES : Long.BYTES);
    ByteBuffer memory =
        arena
            .allocate(Math.max(bytes, ALIGNMENT), ALIGNMENT)
            .asSlice(0, bytes)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    if (real) {
      FloatBuffer buffer = memory.asFloatBuffer();
      floats.put(side + port.tensor(), buffer);
      return OnnxTensor.createTensor(Session.environment(), buffer, port.type().dims());
    }
    LongBuffer buffer = memory.asLongBuffer();
    longs.put(side + port.tensor(), buffer);
    return OnnxTensor.createTensor(Session.environment(), buffer, port.type().dims());
  }

  OrtSession.RunOptions options() {
    return options;
  }

  Map<String, OnnxTensor> tensorsIn() {
    return tensorsIn;
  }

  Map<String, OnnxTensor> tensorsOut() {
    return tensorsOut;
  }

  public FloatBuffer floatsIn(String tensor) {
    return found(floats.get("in:" + tensor), tensor);
  }

  public LongBuffer longsIn(String tensor) {
    return found(longs.get("in:" + tensor), tensor);
  }

  public FloatBuffer floatsOut(String tensor) {
    return found(floats.get("out:" + tensor), tensor);
  }

  public LongBuffer longsOut(String tensor) {
    return found(longs.get("out:" + tensor), tensor);
  }

  private static <B> B found(@org.jspecify.annotations.Nullable B buffer, String tensor) {
    if (buffer == null) {
      throw new IllegalArgumentException("the session does not carry " + tensor);
    }
    return buffer;
  }

  @Override
  public void close() {
    tensorsIn.values().forEach(OnnxTensor::close);
    tensorsOut.values().forEach(OnnxTensor::close);
    options.close();
    arena.close();
  }
}
