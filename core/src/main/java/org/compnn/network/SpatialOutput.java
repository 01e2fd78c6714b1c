package org.compnn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
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
 * @param tensor the tensor that holds its scores or its image: the same, or what an arg max at the
 *     network's end takes its maximum of
 * @param type its type
 * @param channelsLast whether the channels are its last axis
 */
record SpatialOutput(String name, String tensor, TensorType type, boolean channelsLast) {

  static SpatialOutput of(
      OnnxFile file, Optional<String> asked, Tensors tensors, Trace trace, PictureInput input) {
    Graph graph = file.graph();
    Map<String, SpatialOutput> found = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (ValueInfoProto output : graph.model().getGraph().getOutputList()) {
      all.add(output.getName());
      if (asked.isEmpty() || asked.get().equals(output.getName())) {
        String tensor = scores(graph, output.getName());
        tensors
            .type(tensor)
            .filter(t -> t.rank() == 4 && t.floating() && t.dim(0) == input.batch())
            .map(t -> new SpatialOutput(output.getName(), tensor, t, last(trace, tensor, input)))
            .filter(o -> o.rows() > 1 || o.columns() > 1)
            .ifPresent(o -> found.putIfAbsent(tensor, o));
      }
    }
    if (found.size() == 1) {
      return found.values().iterator().next();
    }
    if (asked.isPresent()) {
      throw UserError.about(
          Knob.OUTPUT,
          "%s: no output \"%s\" with rows and columns; the outputs are %s"
              .formatted(file.path(), asked.get(), String.join(", ", all)));
    }
    if (found.isEmpty()) {
      throw new UserError(
          "%s: expected an output with rows and columns, found none among %s"
              .formatted(file.path(), String.join(", ", all)));
    }
    throw UserError.about(
        Knob.OUTPUT,
        "%s: several outputs have rows and columns; choose one: %s"
            .formatted(
                file.path(),
                String.join(", ", found.values().stream().map(SpatialOutput::name).toList())));
  }

  /** Back over an arg max, and over what follows it, to the scores. */
  private static String scores(Graph graph, String output) {
    String tensor = output;
    while (true) {
      Optional<NodeProto> maker = graph.maker(tensor);
      if (maker.isEmpty()) {
        return output;
      }
      switch (maker.get().getOpType()) {
        case "ArgMax" -> {
          return maker.get().getInput(0);
        }
        case "Squeeze" -> {
          tensor = maker.get().getInput(0);
          if (graph.maker(tensor).filter(SpatialOutput::filters).isPresent()) {
            return tensor;
          }
        }
        case "Cast", "Identity", "Unsqueeze" -> tensor = maker.get().getInput(0);
        default -> {
          return output;
        }
      }
    }
  }

  private static boolean filters(NodeProto node) {
    return switch (node.getOpType()) {
      case "Conv", "ConvTranspose", "Sigmoid", "Resize" -> true;
      default -> false;
    };
  }

  private static boolean last(Trace trace, String tensor, PictureInput input) {
    return trace.grid(tensor).map(g -> g.rowAxis() == 1).orElse(input.channelsLast());
  }

  int rows() {
    return Math.toIntExact(type.dim(channelsLast ? 1 : 2));
  }

  int columns() {
    return Math.toIntExact(type.dim(channelsLast ? 2 : 3));
  }

  int channels() {
    return Math.toIntExact(type.dim(channelsLast ? 3 : 1));
  }

  Port port() {
    return Port.of(tensor, type);
  }

  /** Takes the scores or the image out of a session that gives them. */
  FeatureMap read(Slot slot) {
    int cells = rows() * columns();
    return new FeatureMap(
        rows(),
        columns(),
        channels(),
        Cells.read(slot.floatsOut(tensor), cells, channels(), channelsLast));
  }
}
