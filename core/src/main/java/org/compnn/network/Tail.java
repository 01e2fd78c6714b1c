package org.compnn.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.compnn.image.Picture;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.UserError;

/**
 * What a network does after one of its layers. The layer and all else that the rest needs (the
 * skips of a U-Net, the indices of a max pooling) cross the cut; they can be taken from a picture,
 * changed, and run on. Safe for use by many threads; use ends when its network closes.
 */
public final class Tail implements AutoCloseable {
  private final Network network;
  private final Layer at;
  private final List<Crossing> crossing;
  private final List<Port> ports;
  private final Session session;

  Tail(
      Network network, OnnxFile file, Graph graph, Probe probe, Layer at, Port input, Port output) {
    this.network = network;
    this.at = at;
    Set<String> made = new HashSet<>(Set.of(input.tensor()));
    graph.dependents(List.of(input.tensor())).stream()
        .forEach(i -> made.addAll(graph.nodes().get(i).getOutputList()));
    BitSet after = graph.dependents(List.of(at.name()));
    after.and(graph.needed(List.of(output.tensor()), Set.of()));
    Set<String> inside = new HashSet<>();
    after.stream().forEach(i -> inside.addAll(graph.nodes().get(i).getOutputList()));
    Set<String> crossing = new LinkedHashSet<>(Set.of(at.name()));
    // What does not depend on the picture stays with the tail and need not cross.
    after.stream()
        .forEach(
            i ->
                graph.reads(i).stream()
                    .filter(t -> made.contains(t) && !inside.contains(t))
                    .forEach(crossing::add));
    this.ports = new ArrayList<>();
    for (String tensor : crossing) {
      ports.add(tensor.equals(input.tensor()) ? input : port(file, probe, tensor, at));
    }
    this.crossing =
        crossing.stream()
            .map(t -> new Crossing(t, network.place(t).map(Layers.Place::layer)))
            .toList();
    this.session = new Session(file, graph, ports, List.of(output), network.threads());
  }

  private static Port port(OnnxFile file, Probe probe, String tensor, Layer at) {
    Optional<TensorType> type = probe.type(tensor).filter(t -> t.floating() || t.integral());
    return type.map(t -> Port.of(tensor, t))
        .orElseThrow(
            () ->
                new UserError(
                    "%s: cannot be cut at %s, because what crosses there (%s) is not of numbers; cut at another layer"
                        .formatted(file.path(), at.name(), tensor)));
  }

  /** The layer that the network is cut at. */
  public Layer at() {
    return at;
  }

  /** What crosses the cut, the layer itself first. */
  public List<Crossing> crossing() {
    return crossing;
  }

  /** Runs the network on a picture of any size and keeps what crosses the cut. */
  public TailState state(Picture picture) {
    return network.observe(
        picture,
        ports,
        (seen, slot) -> {
          Map<String, TailState.Value> values = new TreeMap<>();
          for (Port port : ports) {
            values.put(port.tensor(), read(slot, port));
          }
          return new TailState(seen, values);
        });
  }

  private TailState.Value read(Slot slot, Port port) {
    Optional<Layers.Place> place = network.place(port.tensor());
    if (place.isPresent()) {
      return new TailState.Value.Cells(Network.read(slot, place.get()));
    }
    int count = Math.toIntExact(port.type().count());
    if (port.passes() == DataType.FLOAT) {
      float[] numbers = new float[count];
      slot.floatsOut(port.tensor()).get(0, numbers);
      return new TailState.Value.Real(numbers);
    }
    long[] numbers = new long[count];
    slot.longsOut(port.tensor()).get(0, numbers);
    return new TailState.Value.Whole(numbers);
  }

  /**
   * Goes on from a state, changed or not.
   *
   * @return the network's output; without layers
   */
  public Activations run(TailState state) {
    return session.run(
        slot -> ports.forEach(p -> write(state, p, slot)),
        slot -> network.rendered(state.input(), slot, List.of()));
  }

  private void write(TailState state, Port port, Slot slot) {
    switch (state.value(port.tensor())) {
      case TailState.Value.Cells cells -> {
        Layers.Place place = network.place(port.tensor()).orElseThrow();
        Layer layer = place.layer();
        Cells.write(
            cells.map().cells(),
            layer.cells(),
            layer.channels(),
            place.channelsLast(),
            slot.floatsIn(port.tensor()));
      }
      case TailState.Value.Real real -> slot.floatsIn(port.tensor()).put(0, real.numbers());
      case TailState.Value.Whole whole -> slot.longsIn(port.tensor()).put(0, whole.numbers());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
