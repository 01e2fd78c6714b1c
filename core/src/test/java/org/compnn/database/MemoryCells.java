package org.compnn.database;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.npy.ElementType;

/** Cells in memory, taken as standardised already. */
public record MemoryCells(Layer layer, List<FeatureMap> maps) implements CellStore {
  public MemoryCells {
    maps = List.copyOf(maps);
  }

  /** Exemplars of one size, each cell of which sees the one pixel under it. */
  public static MemoryCells of(List<FeatureMap> maps) {
    FeatureMap first = maps.getFirst();
    Layer layer =
        new Layer(
            "cells",
            "Conv",
            List.of(),
            first.channels(),
            new Geometry(first.rows(), 1, 0.5, 0.5, 0.5),
            new Geometry(first.columns(), 1, 0.5, 0.5, 0.5));
    return new MemoryCells(layer, maps);
  }

  /** Exemplars of normally distributed numbers, always the same. */
  public static MemoryCells random(int exemplars, int rows, int columns, int channels) {
    return of(
        IntStream.range(0, exemplars)
            .mapToObj(n -> random(new Random(n), rows, columns, channels))
            .toList());
  }

  /** Cells of normally distributed numbers. */
  public static FeatureMap random(Random random, int rows, int columns, int channels) {
    float[] cells = new float[rows * columns * channels];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (float) random.nextGaussian();
    }
    return new FeatureMap(rows, columns, channels, cells);
  }

  /** Cells of few different whole numbers, so that equal distances abound and are exact. */
  public static FeatureMap coarse(Random random, int rows, int columns, int channels, int levels) {
    float[] cells = new float[rows * columns * channels];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextInt(levels);
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
