package org.compnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.compnn.image.Picture;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.run.Running;
import org.compnn.network.run.Session;
import org.compnn.network.run.Slot;
import org.compnn.problem.UserError;

/**
 * What a network does after one of its layers. The layer and all else that the rest needs (the
 * skips of a U-Net, the indices of a max pooling) cross the cut; they can be taken from a picture,
 * changed, and run on. Safe for use by many threads; use ends when its network closes.
 */
public final class Tail implements AutoCloseable {
  private final ForwardPass pass;
  private final Layers layers;
  private final Canvas canvas;
  private final Layer at;
  private final List<Crossing> crossing;
  private final List<Port> ports = new ArrayList<>();
  private final Session session;

  /**
   * Cuts a network.
   *
   * @param canvas of one window
   * @param pass the way through the whole of it
   * @param at the layer to cut behind
   */
  Tail(
      OnnxFile file,
      Tensors tensors,
      Layers layers,
      Canvas canvas,
      ForwardPass pass,
      Layer at,
      Running running) {
    this.pass = pass;
    this.layers = layers;
    this.canvas = canvas;
    this.at = canvas.shown(at).orElse(at);
    Port input = pass.inputPort();
    Port output = pass.outputPort();
    for (String tensor : file.graph().crossing(at.name(), input.tensor(), output.tensor())) {
      ports.add(tensor.equals(input.tensor()) ? input : port(file, tensors, tensor, at));
    }
    this.crossing =
        ports.stream()
            .map(
                p ->
                    new Crossing(
                        p.tensor(),
                        layers.place(p.tensor()).map(Place::layer).flatMap(canvas::shown)))
            .toList();
    this.session = new Session(file, ports, List.of(output), running);
  }

  private static Port port(OnnxFile file, Tensors tensors, String tensor, Layer at) {
    Optional<TensorType> type = tensors.type(tensor).filter(t -> t.floating() || t.integral());
    return type.map(t -> Port.of(tensor, t))
        .orElseThrow(
            () ->
                new UserError(
                    "%s: cannot be cut at %s, since a tensor that is not of numbers crosses the cut (%s); cut at another layer"
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
    return state(Sample.of(picture));
  }

  /** Runs the network on a picture and what else it reads, and keeps what crosses the cut. */
  public TailState state(Sample sample) {
    Frame frame = pass.frame(sample.picture());
    return state(pass.laid(sample, frame), frame);
  }

  /**
   * Runs the network on a picture that is already as the network sees it.
   *
   * @param input of the input's size
   * @param frame where it holds picture
   */
  public TailState state(Picture input, Frame frame) {
    return state(pass.seen(input), frame);
  }

  private TailState state(Sample laid, Frame frame) {
    Picture seen = laid.picture();
    return pass.observe(
        laid,
        frame,
        ports,
        slot -> {
          Map<String, TailState.Value> values = new TreeMap<>();
          for (Port port : ports) {
            values.put(port.tensor(), read(slot, port));
          }
          return new TailState(seen, frame, canvas, values);
        });
  }

  private TailState.Value read(Slot slot, Port port) {
    Optional<Place> place = layers.place(port.tensor());
    if (place.isPresent()) {
      return new TailState.Value.Cells(place.get().read(slot), place.get().besides(slot));
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
        slot -> pass.rendered(state.input(), state.frame(), slot));
  }

  private void write(TailState state, Port port, Slot slot) {
    switch (state.value(port.tensor())) {
      case TailState.Value.Cells cells ->
          layers.place(port.tensor()).orElseThrow().write(cells.map(), cells.besides(), slot);
      case TailState.Value.Real real -> slot.floatsIn(port.tensor()).put(0, real.numbers());
      case TailState.Value.Whole whole -> slot.longsIn(port.tensor()).put(0, whole.numbers());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
