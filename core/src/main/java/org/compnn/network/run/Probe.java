package org.compnn.network.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.compnn.network.graph.GraphEdit;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.UserError;
import org.compnn.threads.NativeCalls;

/**
 * Finds out what a graph's tensors are for an input of a given shape. Nearly all of it comes from
 * ONNX Runtime's shape inference, when a session is opened. What that leaves open (behind a loop, a
 * branch, a reshape to sizes worked out on the way) is run and measured, on two inputs: where they
 * differ, the shape depends on the picture and stays open.
 */
public final class Probe {
  /** After so many measurements that each only opened the way to the next, all the rest at once. */
  private static final int ROUNDS = 6;

  private final OnnxFile file;
  private final Port input;
  private final Running running;
  private final Set<String> varying;
  private final Map<String, TensorType> types = new HashMap<>();
  private final Map<String, TensorType> measured = new LinkedHashMap<>();
  private final Map<String, double[]> numbers = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  private Probe(OnnxFile file, Port input, Running running) {
    this.file = file;
    this.input = input;
    this.running = running;
    this.varying = file.graph().varying(input.tensor());
  }

  /**
   * Finds out what some tensors are.
   *
   * @param tensors those whose types are asked for
   * @param parameters those whose numbers are asked for too, where they are no weights and do not
   *     depend on the picture
   * @throws UserError where the network fails, takes too long, or has a tensor that is larger than
   *     the machine's memory
   */
  public static Tensors ask(
      OnnxFile file,
      Port input,
      Collection<String> tensors,
      Collection<String> parameters,
      Running running) {
    Probe probe = new Probe(file, input, running);
    Memory.check(file.path(), input.tensor(), input.type());
    probe.types.put(input.tensor(), input.type());
    probe.find(tensors.stream().filter(t -> !t.equals(input.tensor())).toList());
    probe.note(parameters.stream().filter(probe::open).toList());
    return new Tensors(file.graph(), probe.types, probe.numbers);
  }

  /** A tensor that some node makes whose numbers are not known yet. */
  private boolean open(String tensor) {
    return file.graph().numbers(tensor).isEmpty()
        && !numbers.containsKey(tensor)
        && !varying.contains(tensor)
        && file.graph().producer(tensor) >= 0;
  }

  private void find(List<String> tensors) {
    infer(tensors);
    note(unknown(tensors).stream().filter(t -> !varying.contains(t)).toList());
    for (int round = 0; !unknown(tensors).isEmpty(); round++) {
      List<String> unknown = unknown(tensors);
      List<String> first = unknown.stream().filter(this::reachable).toList();
      boolean last = first.isEmpty() || round == ROUNDS;
      Map<String, TensorType> before = new HashMap<>(measured);
      measure(last ? unknown : first);
      if (!last && !before.equals(measured)) {
        infer(tensors);
      }
    }
  }

  private List<String> unknown(List<String> tensors) {
    return tensors.stream().filter(t -> !types.containsKey(t) && !asked.contains(t)).toList();
  }

  /** Whether all that a tensor is made of is known, or never will be. */
  private boolean reachable(String tensor) {
    int maker = file.graph().producer(tensor);
    return maker < 0
        || file.graph().reads(maker).stream()
            .allMatch(t -> !varying.contains(t) || types.containsKey(t) || asked.contains(t));
  }

  private void infer(List<String> tensors) {
    try (NativeCalls.Call _ = NativeCalls.begin();
        OrtSession session =
            Session.open(
                file, GraphEdit.exposing(file.graph(), input, tensors, measured), 1, false)) {
      for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
        if (output.getValue().getInfo() instanceof TensorInfo info) {
          TensorType type = typeOf(info);
          // ONNX Runtime says the same of a scalar and of a tensor whose rank it does not know.
          if (type.known() && type.rank() > 0) {
            learn(output.getKey(), type);
          }
        }
      }
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private void learn(String tensor, TensorType type) {
    Memory.check(file.path(), tensor, type);
    types.put(tensor, type);
  }

  /** Measures tensors that do not depend on the picture, and their numbers. */
  private void note(List<String> tensors) {
    if (!tensors.isEmpty()) {
      asked.addAll(tensors);
      run(tensors, 0).forEach(this::learn);
    }
  }

  private void measure(List<String> tensors) {
    asked.addAll(tensors);
    Map<String, TensorType> one = run(tensors, 0);
    Map<String, TensorType> other = run(tensors, 1);
    one.forEach(
        (tensor, type) -> {
          if (type.equals(other.get(tensor))) {
            learn(tensor, type);
            measured.put(tensor, type);
          }
        });
  }

  private Map<String, TensorType> run(List<String> tensors, long seed) {
    Map<String, TensorType> found = new LinkedHashMap<>();
    try (NativeCalls.Call _ = NativeCalls.begin();
        OrtSession session =
            Session.open(
                file,
                GraphEdit.exposing(file.graph(), input, new ArrayList<>(tensors), measured),
                running.threads(),
                false);
        OnnxTensor picture = Stimulus.of(input, seed);
        OrtSession.RunOptions options = new OrtSession.RunOptions();
        Watch watch = Watch.over(options, running)) {
      try (OrtSession.Result result =
          session.run(Map.of(input.tensor(), picture), session.getOutputNames(), options)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          if (output.getValue() instanceof OnnxTensor tensor) {
            found.put(output.getKey(), typeOf(tensor.getInfo()));
            if (!varying.contains(output.getKey())) {
              SmallTensor.numbers(tensor, found.get(output.getKey()))
                  .ifPresent(n -> numbers.put(output.getKey(), n));
            }
          }
        }
      } catch (OrtException e) {
        throw watch.expired() ? Session.tooLong(file.path(), running, e) : failed(e);
      }
    } catch (OrtException e) {
      throw failed(e);
    }
    return found;
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

  private UserError failed(OrtException e) {
    return new UserError(
        "%s: the network failed on an input of %s: %s"
            .formatted(file.path(), input.type().shape(), Session.firstLine(e)),
        e);
  }
}
