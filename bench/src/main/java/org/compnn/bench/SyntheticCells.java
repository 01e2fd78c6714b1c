package org.compnn.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.npy.ElementType;

/**
 * Cells for a run without a database: noise that is smooth from cell to cell as a network's
 * activations are, of mean 0 and deviation 1.
 */
record SyntheticCells(Layer layer, List<FeatureMap> maps) implements CellStore {
  static SyntheticCells of(long seed, int exemplars, int rows, int columns, int channels) {
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < exemplars; n++) {
      maps.add(map(seed + n, rows, columns, channels));
    }
    Layer layer =
        new Layer(
            "synthetic",
            "Conv",
            List.of(),
            channels,
            new Geometry(rows, 1, 0.5, 0.5, 0.5),
            new Geometry(columns, 1, 0.5, 0.5, 0.5));
    return new SyntheticCells(layer, List.copyOf(maps));
  }

  static FeatureMap map(long seed, int rows, int columns, int channels) {
    Random random = new Random(seed);
    float[] cells = new float[rows * columns * channels];
    for (int step : new int[] {32, 8, 2, 1}) {
      addNoise(random, rows, columns, channels, step, cells);
    }
    double squares = 0;
    for (float cell : cells) {
      squares += (double) cell * cell;
    }
    float scale = (float) Math.sqrt(cells.length / squares);
    for (int i = 0; i < cells.length; i++) {
      cells[i] *= scale;
    }
    return new FeatureMap(rows, columns, channels, cells);
  }

  /** Noise on a grid of every step-th cell, linear in between. */
  private static void addNoise(
      Random random, int rows, int columns, int channels, int step, float[] cells) {
    int gridRows = rows / step + 2;
    int gridColumns = columns / step + 2;
    float[] grid = new float[gridRows * gridColumns * channels];
    float weight = (float) Math.sqrt(step) / 4;
    for (int i = 0; i < grid.length; i++) {
      grid[i] = weight * (float) random.nextGaussian();
    }
    for (int row = 0; row < rows; row++) {
      float y = (float) (row % step) / step;
      for (int column = 0; column < columns; column++) {
        float x = (float) (column % step) / step;
        int from = (row / step * gridColumns + column / step) * channels;
        int below = from + gridColumns * channels;
        int to = (row * columns + column) * channels;
        for (int k = 0; k < channels; k++) {
          float top = grid[from + k] * (1 - x) + grid[from + channels + k] * x;
          float bottom = grid[below + k] * (1 - x) + grid[below + channels + k] * x;
          cells[to + k] += top * (1 - y) + bottom * y;
        }
      }
    }
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
