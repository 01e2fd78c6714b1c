package org.compnn.bench.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.kernels.ElementType;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;

/** A few exemplars of noise. */
record TinyCells(Layer layer, List<FeatureMap> maps) implements CellStore {
  static TinyCells of(int exemplars, int rows, int columns, int channels) {
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < exemplars; n++) {
      maps.add(noise(n, rows, columns, channels));
    }
    return new TinyCells(
        new Layer(
            "tiny",
            "Conv",
            List.of(),
            channels,
            new Geometry(rows, 1, 0.5, 0.5, 0.5),
            new Geometry(columns, 1, 0.5, 0.5, 0.5)),
        maps);
  }

  static FeatureMap noise(long seed, int rows, int columns, int channels) {
    Random random = new Random(seed);
    float[] cells = new float[rows * columns * channels];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (float) random.nextGaussian();
    }
    return new FeatureMap(rows, columns, channels, cells);
  }

  @Override
  public int exemplars() {
    return maps.size();
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public float[] mean() {
    return new float[layer.channels()];
  }

  @Override
  public float[] deviation() {
    float[] ones = new float[layer.channels()];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public void read(int exemplar, int from, int count, float[] into, int at) {
    int channels = layer.channels();
    System.arraycopy(maps.get(exemplar).cells(), from * channels, into, at, count * channels);
  }

  @Override
  public FeatureMap standardise(FeatureMap activations) {
    return activations;
  }
}
