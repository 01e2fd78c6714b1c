package org.compnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * All that a network is given for one picture.
 *
 * @param picture what is shown of it, and what is pasted
 * @param values what the network reads instead, where that is more than a picture holds: bands of a
 *     satellite, numbers of more than 8 bits; as many channels as the network's input has, of the
 *     picture's rows and columns
 * @param further what its further inputs read, by their names: a mask or another picture, of any
 *     size
 */
public record Sample(
    Picture picture, Optional<ValueMap> values, Map<String, ? extends Raster> further) {
  public Sample {
    further = Map.copyOf(new LinkedHashMap<>(further));
  }

  /** A picture and nothing else. */
  public static Sample of(Picture picture) {
    return new Sample(picture, Optional.empty(), Map.of());
  }

  /** Values, shown as {@link ShownValues} does. */
  public static Sample of(ValueMap values) {
    return new Sample(ShownValues.of(values), Optional.of(values), Map.of());
  }

  /** The same with further inputs. */
  public Sample with(Map<String, ? extends Raster> inputs) {
    return new Sample(picture, values, inputs);
  }
}
