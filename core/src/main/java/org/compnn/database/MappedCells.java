package org.compnn.database;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.compnn.kernels.CellForm;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;

/** Cells in mapped NPY shards of shape (exemplars, rows, columns, channels). */
final class MappedCells implements CellStore {
  /** Numbers of a read that is one of many in different places. */
  private static final int FEW = 2048;

  private final Layer layer;
  private final ElementType type;
  private final int exemplars;
  private final Places places;
  private final List<NpyArray> shards;
  private final List<NpyArray> scattered;
  private final float[] mean;
  private final float[] deviation;
  private final CellForm form;

  /**
   * @param shards mapped to be read from front to back
   * @param scattered the same, or mapped to be read here and there
   * @param scale see {@link org.compnn.kernels.CellCodec}
   */
  MappedCells(
      Layer layer,
      ElementType type,
      int exemplars,
      Places places,
      List<NpyArray> shards,
      List<NpyArray> scattered,
      float[] mean,
      float[] deviation,
      float[] scale) {
    this.layer = layer;
    this.type = type;
    this.exemplars = exemplars;
    this.places = places;
    this.shards = List.copyOf(shards);
    this.scattered = List.copyOf(scattered);
    this.mean = mean;
    this.deviation = deviation;
    this.form = CellForm.of(type, mean, deviation, scale);
  }

  @Override
  public Layer layer() {
    return layer;
  }

  @Override
  public int exemplars() {
    return exemplars;
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] deviation() {
    return deviation.clone();
  }

  @Override
  public void read(int exemplar, int from, int count, float[] into, int at) {
    Objects.checkIndex(exemplar, exemplars);
    Objects.checkFromIndexSize(from, count, layer.cells());
    int channels = layer.channels();
    int numbers = Math.multiplyExact(count, channels);
    List<NpyArray> mapped = numbers <= FEW ? scattered : shards;
    MemorySegment shard = mapped.get(places.shard()[exemplar]).numbers();
    long cell = (long) places.entry()[exemplar] * layer.cells() + from;
    form.read(shard, cell * type.cellBytes(channels), numbers, into, at);
  }

  @Override
  public FeatureMap standardise(FeatureMap activations) {
    if (activations.channels() != layer.channels()) {
      throw new IllegalArgumentException(
          "layer %s has %d channels, the query %d"
              .formatted(layer.name(), layer.channels(), activations.channels()));
    }
    float[] numbers = activations.cells().clone();
    form.standardise(numbers);
    return new FeatureMap(
        activations.rows(), activations.columns(), activations.channels(), numbers);
  }

  @Override
  public void restore(float[] numbers) {
    form.restore(numbers, 0, numbers.length);
  }
}
