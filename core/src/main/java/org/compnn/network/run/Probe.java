package org.compnn.network.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.UserError;

/**
 * Asks ONNX Runtime what a graph's tensors are for an input of a given shape. Nearly all of it
 * comes from its shape inference, when a session is opened; only what that leaves open is run, on
 * an input of zeros.
 */
public final class Probe {
  private final OnnxFile file;
  private final Port input;
  private final Map<String, TensorType> types = new HashMap<>();
  private final Map<String, double[]> numbers = new HashMap<>();

  private Probe(OnnxFile file, Port input) {
    this.file = file;
    this.input = input;
  }

  /**
   * Asks what some tensors are.
   *
   * @param tensors those whose types are asked for
   * @param parameters those whose numbers are asked for too, where they are no weights
   */
  public static Tensors ask(
      OnnxFile file, Port input, Collection<String> tensors, Collection<String> parameters) {
    Probe probe = new Probe(file, input);
    probe.types.put(input.tensor(), input.type());
    List<String> exposed = tensors.stream().filter(t -> !t.equals(input.tensor())).toList();
    probe.infer(exposed);
    probe.measure(exposed.stream().filter(t -> !probe.types.containsKey(t)).toList(), probe.types);
    probe.measure(parameters.stream().filter(probe::open).toList(), new HashMap<>());
    return new Tensors(file.graph(), probe.types, probe.numbers);
  }

  /** A tensor that some node makes whose numbers are not known yet. */
  private boolean open(String tensor) {
    return file.graph().numbers(tensor).isEmpty()
        && !numbers.containsKey(tensor)
        && types.containsKey(tensor)
        && file.graph().producer(tensor) >= 0;
  }

  private void infer(List<String> tensors) {
    try (OrtSession session =
        Session.open(file, GraphEdit.exposing(file.graph(), input, tensors), 1, false)) {
      for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
        if (output.getValue().getInfo() instanceof TensorInfo info) {
          TensorType type = typeOf(info);
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
                file, GraphEdit.exposing(file.graph(), input, new ArrayList<>(tensors)), 1, false);
        OnnxTensor zeros = Trial.zeros(input);
        OrtSession.Result result = session.run(Map.of(input.tensor(), zeros))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor tensor) {
          into.put(output.getKey(), typeOf(tensor.getInfo()));
          small(tensor).ifPresent(n -> numbers.put(output.getKey(), n));
        }
      }
    } catch (OrtException e) {
      throw unreadable(e);
    }
  }

  private static Optional<double[]> small(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    if (info.getNumElements() > Tensors.MOST_NUMBERS) {
      return Optional.empty();
    }
    double[] numbers = new double[(int) Math.max(1, info.getNumElements())];
    switch (typeOf(info).element()) {
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

  private static TensorType typeOf(TensorInfo info) {
    // ONNX Runtime numbers its types in its own way; the names are ONNX's.
    String name = info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
    DataType element = DataType.UNDEFINED;
    for (DataType type : DataType.values()) {
      if (type.name().equals(name)) {
        element = type;
      }
    }
    return new TensorType(element, LongStream.of(info.getShape()).boxed().toList());
  }

  private UserError unreadable(OrtException e) {
    return new UserError(
        "%s: the network failed on an input of %s: %s"
            .formatted(file.path(), input.type().shape(), Session.firstLine(e)),
        e);
  }
}
