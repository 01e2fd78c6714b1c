package org.compnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.compnn.network.geometry.Trace;
import org.compnn.network.graph.Graph;
import org.compnn.network.graph.Nonlinearities;
import org.compnn.network.onnx.NodeProto;

/** The layers that have a name in every network. */
final class Landmarks {
  static final Set<String> NAMES = Set.of("bottleneck", "penultimate");

  private static final Set<String> FILTERS = Set.of("Conv", "ConvTranspose", "MatMul");

  private final Graph graph;
  private final Trace trace;
  private final Map<String, Place> places;
  private final Set<String> listed;
  private final String output;

  Landmarks(
      Graph graph, Trace trace, Map<String, Place> places, Set<String> listed, String output) {
    this.graph = graph;
    this.trace = trace;
    this.places = places;
    this.listed = listed;
    this.output = output;
  }

  /**
   * The layer with the fewest cells, of several the last one before the network widens again, taken
   * before its activation. Single cells that come of global pooling are not meant: they gate or
   * give context and carry no picture.
   */
  Optional<String> bottleneck() {
    Optional<Place> fewest = Optional.empty();
    for (Place place : candidates()) {
      if (fewest.isEmpty() || place.layer().cells() <= fewest.get().layer().cells()) {
        fewest = Optional.of(place);
      }
    }
    return fewest.map(p -> beforeActivation(p.layer().name()));
  }

  private List<Place> candidates() {
    List<Place> finite = new ArrayList<>();
    List<Place> all = new ArrayList<>();
    for (Place place : places.values()) {
      Layer layer = place.layer();
      if (listed.contains(layer.name()) && !layer.name().equals(output)) {
        all.add(place);
        if (layer.cells() > 1 || Double.isFinite(layer.vertical().receptiveField())) {
          finite.add(place);
        }
      }
    }
    return finite.isEmpty() ? all : finite;
  }

  private String beforeActivation(String tensor) {
    Optional<String> before =
        graph
            .maker(tensor)
            .filter(n -> Nonlinearities.contains(n.getOpType()))
            .map(n -> n.getInput(0))
            .filter(listed::contains);
    return before.map(this::beforeActivation).orElse(tensor);
  }

  /**
   * What the output convolution reads. Where that is an activation of joined tensors (a U-Net that
   * activates before it convolves), the joined tensors themselves. Where there is no such
   * convolution, the last layer before the output.
   */
  Optional<String> penultimate() {
    String tensor = output;
    for (Optional<NodeProto> maker = graph.maker(tensor);
        maker.isPresent();
        maker = graph.maker(tensor)) {
      NodeProto node = maker.get();
      List<String> pictures = varying(node);
      if (pictures.size() != 1) {
        break;
      }
      tensor = pictures.getFirst();
      if (FILTERS.contains(node.getOpType())) {
        Optional<String> read = firstListed(tensor);
        if (read.isPresent()) {
          return read.map(this::beforeActivationOfJoined);
        }
        break;
      }
    }
    String last = "";
    for (String name : places.keySet()) {
      if (listed.contains(name) && !name.equals(output)) {
        last = name;
      }
    }
    return Optional.of(last).filter(l -> !l.isEmpty());
  }

  /** The tensors a node reads that depend on the picture. */
  private List<String> varying(NodeProto node) {
    return node.getInputList().stream().filter(trace::varies).toList();
  }

  /** Back over what only moves numbers about. */
  private Optional<String> firstListed(String from) {
    String tensor = from;
    while (!listed.contains(tensor)) {
      Optional<NodeProto> maker = graph.maker(tensor);
      if (maker.isEmpty() || varying(maker.get()).isEmpty()) {
        return Optional.empty();
      }
      tensor = varying(maker.get()).getFirst();
    }
    return Optional.of(tensor);
  }

  private String beforeActivationOfJoined(String tensor) {
    String before = beforeActivation(tensor);
    boolean joined = graph.maker(before).filter(n -> n.getOpType().equals("Concat")).isPresent();
    return joined ? before : tensor;
  }
}
