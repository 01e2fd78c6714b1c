package org.compnn.network;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.problem.UserError;

/**
 * Asks ONNX Runtime what a graph's tensors are for an input of a given shape. Nearly all of it
 * comes from its shape inference, when a session is opened; only what that leaves open is run, on
 * an input of zeros.
 */
final class Probe {
  private final OnnxFile file;
  private final Graph graph;
  private final Port input;
  private final Map<String, TensorType> types = new HashMap<>();
  private final Map<String, double[]> numbers = new HashMap<>();

  private Probe(OnnxFile file, Graph graph, Port input) {
    this.file = file;
    this.graph = graph;
    this.input = input;
  }

  static Probe of(OnnxFile file, Graph graph, Port input, Collection<String> tensors) {
    Probe probe = new Probe(file, graph, input);
    probe.types.put(input.tensor(), input.type());
    List<String> exposed = tensors.stream().filter(t -> !t.equals(input.tensor())).toList();
    probe.infer(exposed);
    probe.measure(exposed.stream().filter(t -> !probe.types.containsKey(t)).toList(), probe.types);
    return probe;
  }

  /** A tensor's type, where it is a tensor and its shape is settled. */
  Optional<TensorType> type(String tensor) {
    return Optional.ofNullable(types.get(tensor));
  }

  /** A tensor's numbers where they do not depend on the picture, flat. */
  Optional<double[]> numbers(String tensor) {
    Optional<double[]> written = Written.numbers(graph, tensor);
    if (written.isPresent()) {
      return written;
    }
    double[] known = numbers.get(tensor);
    return Optional.ofNullable(known);
  }

  /** Works out the numbers of some tensors for this input's shape. */
  void evaluate(Collection<String> tensors) {
    measure(List.copyOf(tensors), new HashMap<>());
  }

  private void infer(List<String> tensors) {
    try (OrtSession session =
        Session.open(file, GraphEdit.exposing(graph, input, tensors), 1, false)) {
      for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
        if (output.getValue().getInfo() instanceof TensorInfo info) {
          TensorType type = TensorType.of(info);
          if (type.known()) {
            types.put(output.getKey(), type);
          }
        }
      }
    } catch (OrtException e) {
      throw unreadable(e);
    }
  }

  private void measure(List<String> tensors, Map<String, TensorType> into) {
    if (tensors.isEmpty()) {
      return;
    }
    try (OrtSession session =
            Session.open(
                file, GraphEdit.exposing(graph, input, new ArrayList<>(tensors)), 1, false);
        OnnxTensor zeros = zeros();
        OrtSession.Result result = session.run(Map.of(input.tensor(), zeros))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          into.put(output.getKey(), TensorType.of(tensor.getInfo()));
          small(tensor).ifPresent(n -> numbers.put(output.getKey(), n));
        }
      }
    } catch (OrtException e) {
      throw unreadable(e);
    }
  }

  private static Optional<double[]> small(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    if (info.getNumElements() > Written.MOST) {
      return Optional.empty();
    }
    double[] numbers = new double[(int) Math.max(1, info.getNumElements())];
    switch (TensorType.of(info).element()) {
      case INT64 -> {
        LongBuffer buffer = tensor.getLongBuffer();
        for (int i = 0; i < buffer.remaining(); i++) {
          numbers[i] = buffer.get(i);
        }
      }
      case INT32 -> {
        IntBuffer buffer = tensor.getIntBuffer();
        for (int i = 0; i < buffer.remaining(); i++) {
          numbers[i] = buffer.get(i);
        }
      }
      case FLOAT -> {
        FloatBuffer buffer = tensor.getFloatBuffer();
        for (int i = 0; i < buffer.remaining(); i++) {
          numbers[i] = buffer.get(i);
        }
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(numbers);
  }

  private OnnxTensor zeros() throws OrtException {
    int size =
        switch (input.type().element()) {
          case UINT8, INT8 -> 1;
          case FLOAT16, BFLOAT16 -> 2;
          case DOUBLE -> 8;
          default -> 4;
        };
    ByteBuffer zeros =
        ByteBuffer.allocateDirect(Math.toIntExact(input.type().count() * size))
            .order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(
        Session.environment(),
        zeros,
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

  private UserError unreadable(OrtException e) {
    return new UserError(
        "%s: the network cannot be run on an input of %s: %s"
            .formatted(file.path(), input.type().shape(), Session.firstLine(e)),
        e);
  }
}
