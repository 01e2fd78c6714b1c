package org.compnn.network;

import org.compnn.network.graph.Port;
import org.compnn.network.graph.TensorType;
import org.compnn.network.run.Slot;

/**
 * What a layer is and how its numbers lie.
 *
 * @param layer the layer
 * @param type of its tensor
 * @param channelsLast whether the channels are its last axis
 */
record Place(Layer layer, TensorType type, boolean channelsLast) {
  Port port() {
    return Port.of(layer.name(), type);
  }

  /** Takes the layer's activations out of a session that exposes it. */
  FeatureMap read(Slot slot) {
    return new FeatureMap(
        layer.rows(),
        layer.columns(),
        layer.channels(),
        Cells.read(slot.floatsOut(layer.name()), layer.cells(), layer.channels(), channelsLast));
  }

  /** Puts activations into a session that begins at the layer. */
  void write(FeatureMap map, Slot slot) {
    Cells.write(
        map.cells(), layer.cells(), layer.channels(), channelsLast, slot.floatsIn(layer.name()));
  }
}
