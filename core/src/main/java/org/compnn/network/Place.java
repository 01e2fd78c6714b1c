package org.compnn.network;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.IntFunction;
import org.compnn.network.geometry.CellOrder;
import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.run.Slot;

/**
 * What a layer is and how its numbers lie.
 *
 * @param layer the layer
 * @param type of its tensor
 * @param channelsLast whether the channels are its last axis
 * @param order where the numbers of its cells lie, if they are folded, as those of tokens are
 */
record Place(Layer layer, TensorType type, boolean channelsLast, Optional<CellOrder> order)
    implements Reading {
  @Override
  public Port port() {
    return Port.of(layer.name(), type);
  }

  @Override
  public FeatureMap read(Slot slot, IntFunction<float[]> arrays) {
    FloatBuffer from = slot.floatsOut(layer.name());
    float[] cells =
        order
            .map(o -> o.read(from))
            .orElseGet(
                () -> Cells.read(from, layer.cells(), layer.channels(), channelsLast, arrays));
    return new FeatureMap(layer.rows(), layer.columns(), layer.channels(), cells);
  }

  @Override
  public FeatureMap whole(FeatureMap joined) {
    return joined;
  }

  /**
   * Takes what the tensor holds besides its cells, such as a class token, out of such a session:
   * all of its numbers, or none where there is nothing but cells.
   */
  float[] besides(Slot slot) {
    if (order.isEmpty() || type.count() == (long) layer.cells() * layer.channels()) {
      return new float[0];
    }
    float[] all = new float[Math.toIntExact(type.count())];
    slot.floatsOut(layer.name()).get(0, all);
    return all;
  }

  /**
   * Puts activations into a session that begins at the layer.
   *
   * @param besides what the tensor holds besides its cells
   */
  void write(FeatureMap map, float[] besides, Slot slot) {
    FloatBuffer into = slot.floatsIn(layer.name());
    if (order.isEmpty()) {
      Cells.write(map.cells(), layer.cells(), layer.channels(), channelsLast, into);
    } else {
      into.put(0, besides);
      order.get().write(map.cells(), into);
    }
  }
}
