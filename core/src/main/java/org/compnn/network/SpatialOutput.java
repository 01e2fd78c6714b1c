package org.compnn.network;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.QueryMasks;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.network.run.Slot;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * The output of a network that is explained.
 *
 * @param name the graph's output
 * @param tensor the tensor that holds its scores, its image or its values: the same, or what an arg
 *     max at the network's end takes its maximum of
 * @param type its type
 * @param plane which of its axes are what
 * @param others further outputs with rows and columns, which are not looked at
 */
record SpatialOutput(
    String name, String tensor, TensorType type, Plane plane, List<String> others) {
  SpatialOutput {
    others = List.copyOf(others);
  }

  /**
   * Finds it.
   *
   * @param asked its name, where it was asked for
   * @param window rows and columns that the network is run at
   */
  static SpatialOutput of(
      OnnxFile file,
      Optional<String> asked,
      Tensors tensors,
      Trace trace,
      PictureInput input,
      Size window) {
    Graph graph = file.graph();
    Map<String, SpatialOutput> found = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (ValueInfoProto output : graph.model().getGraph().getOutputList()) {
      all.add(output.getName());
      if (asked.isEmpty() || asked.get().equals(output.getName())) {
        String tensor = scores(graph, output.getName());
        tensors
            .type(tensor)
            .filter(t -> t.floating() || t.integral())
            .flatMap(
                t ->
                    Plane.of(t, trace.grid(tensor), input.channelsLast(), window, input.batch())
                        .map(p -> new SpatialOutput(output.getName(), tensor, t, p, List.of())))
            .filter(o -> o.rows() > 1 || o.columns() > 1)
            .ifPresent(o -> found.putIfAbsent(tensor, o));
      }
    }
    if (!found.isEmpty()) {
      return first(file, List.copyOf(found.values()));
    }
    if (asked.isPresent()) {
      throw UserError.about(
          Knob.OUTPUT,
          "%s: no output \"%s\" with rows and columns; the outputs are %s"
              .formatted(file.path(), asked.get(), String.join(", ", all)));
    }
    throw new UserError(
        "%s: expected an output with rows and columns, found none among %s"
            .formatted(file.path(), String.join(", ", all)));
  }

  /** The largest, of several the first: what follows it helped to train the network. */
  private static SpatialOutput first(OnnxFile file, List<SpatialOutput> found) {
    int most = found.stream().mapToInt(o -> o.rows() * o.columns()).max().orElseThrow();
    List<SpatialOutput> largest =
        found.stream().filter(o -> o.rows() * o.columns() == most).toList();
    SpatialOutput first = largest.getFirst();
    if (largest.stream().anyMatch(o -> o.channels() != first.channels())) {
      throw UserError.about(
          Knob.OUTPUT,
          "%s: several outputs have rows and columns; choose one: %s"
              .formatted(
                  file.path(),
                  String.join(", ", found.stream().map(SpatialOutput::name).toList())));
    }
    return new SpatialOutput(
        first.name,
        first.tensor,
        first.type,
        first.plane,
        found.stream().map(SpatialOutput::name).filter(n -> !n.equals(first.name)).toList());
  }

  /** Back over an arg max, and over what follows it without changing its grid, to the scores. */
  private static String scores(Graph graph, String output) {
    String tensor = output;
    Set<String> passed = new HashSet<>();
    // A damaged graph may lead back to where it came from.
    while (passed.add(tensor)) {
      Optional<NodeProto> maker = graph.maker(tensor);
      if (maker.isEmpty()) {
        return output;
      }
      switch (maker.get().getOpType()) {
        case "ArgMax" -> {
          return maker.get().getInput(0);
        }
        case "Cast", "Identity", "Squeeze", "Unsqueeze" -> tensor = maker.get().getInput(0);
        default -> {
          return output;
        }
      }
    }
    return output;
  }

  /**
   * Whether they are the scores that an arg max at the end takes its maximum of, or those of
   * queries and masks.
   */
  boolean scored() {
    return !tensor.equals(name) || name.equals(QueryMasks.SCORES);
  }

  int rows() {
    return Math.toIntExact(type.dim(plane.rowAxis()));
  }

  int columns() {
    return Math.toIntExact(type.dim(plane.columnAxis()));
  }

  int channels() {
    return plane.channelAxis() < 0 ? 1 : Math.toIntExact(type.dim(plane.channelAxis()));
  }

  Port port() {
    return Port.of(tensor, type);
  }

  /** Takes the scores, the image or the values out of a session that gives them. */
  FeatureMap read(Slot slot) {
    int cells = rows() * columns();
    float[] numbers =
        type.floating()
            ? Cells.read(slot.floatsOut(tensor), cells, channels(), plane.channelsLast())
            : whole(slot.longsOut(tensor), cells * channels());
    return new FeatureMap(rows(), columns(), channels(), numbers);
  }

  private static float[] whole(LongBuffer from, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = from.get(i);
    }
    return numbers;
  }
}
