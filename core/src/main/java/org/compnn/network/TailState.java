package org.compnn.network;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.image.Picture;

/**
 * All that crosses a cut for one picture: what the tail of the network needs to go on. Immutable.
 */
public final class TailState {
  /** A tensor's numbers. */
  sealed interface Value {
    /**
     * Of the window that the network was run at, padding included. With all numbers of a tensor
     * that holds more than cells; what the cells do not say stays.
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Cells(FeatureMap map, float[] besides) implements Value {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Real(float[] numbers) implements Value {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Whole(long[] numbers) implements Value {}
  }

  private final Picture input;
  private final Frame frame;
  private final Canvas canvas;
  private final Map<String, Value> values;

  TailState(Picture input, Frame frame, Canvas canvas, Map<String, Value> values) {
    this.input = input;
    this.frame = frame;
    this.canvas = canvas;
    this.values = values;
  }

  /** The picture as the network saw it. */
  public Picture input() {
    return input;
  }

  /** Where the picture lies in what the network saw. */
  public Frame frame() {
    return frame;
  }

  /** The activations of a layer that crosses. */
  public FeatureMap cells(Layer layer) {
    return canvas.cropped(padded(layer));
  }

  private FeatureMap padded(Layer layer) {
    if (value(layer.name()) instanceof Value.Cells cells) {
      return cells.map();
    }
    throw new IllegalArgumentException(layer.name() + " does not cross this cut as a layer");
  }

  /**
   * The same with other activations for a layer that crosses.
   *
   * @param replacement as many rows, columns and channels as the layer has
   */
  public TailState with(Layer layer, FeatureMap replacement) {
    FeatureMap present = cells(layer);
    if (present.rows() != replacement.rows()
        || present.columns() != replacement.columns()
        || present.channels() != replacement.channels()) {
      throw new IllegalArgumentException(
          "%s has %d x %d cells of %d channels, not %d x %d of %d"
              .formatted(
                  layer.name(),
                  present.rows(),
                  present.columns(),
                  present.channels(),
                  replacement.rows(),
                  replacement.columns(),
                  replacement.channels()));
    }
    Map<String, Value> changed = new TreeMap<>(values);
    float[] besides = value(layer.name()) instanceof Value.Cells own ? own.besides() : new float[0];
    changed.put(layer.name(), new Value.Cells(canvas.over(padded(layer), replacement), besides));
    return new TailState(input, frame, canvas, changed);
  }

  Value value(String tensor) {
    Value value = values.get(tensor);
    if (value == null) {
      throw new IllegalArgumentException(
          tensor + " is not among what crosses: " + Arrays.toString(values.keySet().toArray()));
    }
    return value;
  }
}
