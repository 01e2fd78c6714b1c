package org.compnn.network;

import java.util.ArrayList;
import java.util.HashSet;
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

  /** Operators that move numbers about and leave them what they are. */
  private static final Set<String> MOVING =
      Set.of(
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Slice",
          "Identity",
          "Cast",
          "Dropout",
          "QuantizeLinear",
          "DynamicQuantizeLinear",
          "DequantizeLinear");

  private final Graph graph;
  private final Map<String, Place> places;
  private final Set<String> listed;
  private final String output;
  private final Heads heads;
  private final List<Heads.Head> ends;

  Landmarks(
      Graph graph, Trace trace, Map<String, Place> places, Set<String> listed, String output) {
    this.graph = graph;
    this.places = places;
    this.listed = listed;
    this.output = output;
    this.heads = new Heads(graph, trace, places);
    this.ends = heads.of(output);
  }

  /**
   * The layer with the fewest cells, of several the last one before the network widens again, taken
   * before its activation. Single cells that come of global pooling are not meant: they gate or
   * give context and carry no picture. Nor are scores, and what lies behind them.
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
    Set<String> behind = behind();
    behind.addAll(context());
    for (Place place : places.values()) {
      Layer layer = place.layer();
      if (listed.contains(layer.name()) && !behind.contains(layer.name())) {
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
   * What pyramids of pooling give: means over parts of the picture with at most one filter before
   * they are enlarged again. They are context for other cells, as single cells are.
   */
  private Set<String> context() {
    Set<String> context = new HashSet<>();
    for (Place place : places.values()) {
      Layer pooled = place.layer();
      if (pooled.operator().equals("AveragePool") && passed(pooled.name())) {
        Set<String> made = graph.outputs(graph.dependents(List.of(pooled.name())));
        List<Layer> same =
            made.stream()
                .flatMap(t -> Optional.ofNullable(places.get(t)).stream())
                .map(Place::layer)
                .filter(l -> l.rows() == pooled.rows() && l.columns() == pooled.columns())
                .toList();
        if (same.stream().filter(l -> Heads.filters(l.operator())).count() <= 1) {
          same.forEach(l -> context.add(l.name()));
          context.add(pooled.name());
        }
      }
    }
    return context;
  }

  /** Whether what a tensor is made of reaches the output on another way too. */
  private boolean passed(String tensor) {
    int source = graph.producer(graph.maker(tensor).map(n -> n.getInput(0)).orElse(""));
    return source >= 0 && graph.needed(List.of(output), Set.of(tensor)).get(source);
  }

  /** What the heads make and all that is made of it. */
  private Set<String> behind() {
    List<String> made = ends.stream().map(Heads.Head::made).toList();
    Set<String> behind = new HashSet<>(graph.outputs(graph.dependents(made)));
    behind.addAll(made);
    behind.add(output);
    return behind;
  }

  /**
   * What the head reads, which is the last filter that makes the scores or the image; of several
   * the one with most cells, then with most channels. Where that is an activation of joined tensors
   * (a U-Net that activates before it convolves), the joined tensors themselves. Where there is no
   * such filter, the last layer before the output.
   */
  Optional<String> penultimate() {
    Optional<Place> best = Optional.empty();
    for (Heads.Head head : ends) {
      Optional<Place> read = layer(head.read()).map(places::get);
      if (read.isPresent() && (best.isEmpty() || better(read.get().layer(), best.get().layer()))) {
        best = read;
      }
    }
    if (best.isPresent()) {
      return best.map(p -> beforeActivationOfJoined(p.layer().name()));
    }
    String last = "";
    for (String name : places.keySet()) {
      if (listed.contains(name) && !name.equals(output)) {
        last = name;
      }
    }
    return Optional.of(last).filter(l -> !l.isEmpty());
  }

  private static boolean better(Layer layer, Layer than) {
    return layer.cells() != than.cells()
        ? layer.cells() > than.cells()
        : layer.channels() > than.channels();
  }

  /** The layer whose numbers a tensor holds, moved about or not. */
  private Optional<String> layer(String read) {
    String tensor = read;
    while (!listed.contains(tensor)) {
      Optional<NodeProto> maker = graph.maker(tensor).filter(n -> MOVING.contains(n.getOpType()));
      if (maker.isEmpty() || heads.varying(maker.get()).size() != 1) {
        return Optional.of(read).filter(places::containsKey);
      }
      tensor = heads.varying(maker.get()).getFirst();
    }
    return sameCells(tensor, read) ? Optional.of(tensor) : Optional.of(read);
  }

  private boolean sameCells(String tensor, String other) {
    Place here = places.get(tensor);
    Place there = places.get(other);
    if (here == null || there == null) {
      return true;
    }
    Layer layer = here.layer();
    return (there.layer().rows() == layer.rows()
        && there.layer().columns() == layer.columns()
        && there.layer().channels() == layer.channels());
  }

  private String beforeActivationOfJoined(String tensor) {
    String before = beforeActivation(tensor);
    boolean joined = graph.maker(before).filter(n -> n.getOpType().equals("Concat")).isPresent();
    return joined ? before : tensor;
  }
}
