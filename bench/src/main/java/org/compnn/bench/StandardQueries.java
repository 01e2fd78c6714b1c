package org.compnn.bench;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;

/**
 * A store that takes queries as standardised already: the cells that the peers get too.
 *
 * @param store where the exemplars' cells are
 */
public record StandardQueries(CellStore store) implements CellStore {
  @Override
  public Layer layer() {
    return store.layer();
  }

  @Override
  public int exemplars() {
    return store.exemplars();
  }

  @Override
  public ElementType type() {
    return store.type();
  }

  @Override
  public float[] mean() {
    return store.mean();
  }

  @Override
  public float[] deviation() {
    return store.deviation();
  }

  @Override
  public void read(int exemplar, int from, int count, float[] into, int at) {
    store.read(exemplar, from, count, into, at);
  }

  @Override
  public FeatureMap standardise(FeatureMap activations) {
    return activations;
  }
}
