package org.compnn.network;

import java.util.List;
import java.util.function.IntFunction;
import org.compnn.network.graph.Port;
import org.compnn.network.run.Slot;

/**
 * A layer brought to the grid of the output.
 *
 * @param layer what it is then, over the whole picture
 * @param place the layer itself
 * @param steps in each window, up to the grid that the network gives its output on
 * @param size of the output as it is shown
 */
record FinerLayer(Layer layer, Place place, List<Step> steps, Size size) implements Reading {
  FinerLayer {
    steps = List.copyOf(steps);
  }

  /** From one grid to a finer one. */
  record Step(Interpolation down, Interpolation across) {
    Size size() {
      return new Size(down.to(), across.to());
    }
  }

  @Override
  public Port port() {
    return place.port();
  }

  @Override
  public FeatureMap read(Slot slot, IntFunction<float[]> arrays) {
    FeatureMap map = place.read(slot);
    for (Step step : steps) {
      map = Enlarged.mixed(map, step.down(), step.across());
    }
    return map;
  }

  @Override
  public FeatureMap whole(FeatureMap joined) {
    return Enlarged.bilinear(joined, size);
  }
}
