package org.compnn.network;

import java.util.function.IntFunction;
import org.compnn.network.graph.Port;
import org.compnn.network.run.Slot;

/** How the activations of a layer are taken out of a run. */
interface Reading {
  /** The tensor that holds them. */
  Port port();

  /** Takes them out of a session that exposes that tensor, for one window. */
  default FeatureMap read(Slot slot) {
    return read(slot, float[]::new);
  }

  /**
   * The same.
   *
   * @param arrays gives arrays of a length, whatever is in them
   */
  FeatureMap read(Slot slot, IntFunction<float[]> arrays);

  /** The layer over the whole picture, made of what all windows gave. */
  FeatureMap whole(FeatureMap joined);
}
