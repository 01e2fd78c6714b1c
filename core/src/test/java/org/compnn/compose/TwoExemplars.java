package org.compnn.compose;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;

/** Cells that are known in advance: exemplar e, cell i, channel c holds 100 e + 10 i + c. */
record TwoExemplars(Layer layer) implements CellStore {
  @Override
  public int exemplars() {
    return 2;
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public float[] mean() {
    return new float[] {3, 5};
  }

  @Override
  public float[] deviation() {
    return new float[] {2, 4};
  }

  @Override
  public void read(int exemplar, int from, int count, float[] into, int at) {
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 2; c++) {
        float value = 100 * exemplar + 10 * (from + i) + c;
        into[at + 2 * i + c] = (value - mean()[c]) / deviation()[c];
      }
    }
  }

  @Override
  public FeatureMap standardise(FeatureMap activations) {
    float[] cells = activations.cells().clone();
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (cells[i] - mean()[i % 2]) / deviation()[i % 2];
    }
    return new FeatureMap(activations.rows(), activations.columns(), activations.channels(), cells);
  }
}
