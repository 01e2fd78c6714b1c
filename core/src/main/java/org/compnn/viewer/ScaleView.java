package org.compnn.viewer;

import java.util.List;
import java.util.Optional;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;

/**
 * What the colours of an output of values stand for.
 *
 * @param low the number of the first colour, or of a channel that is not lit
 * @param high the number of the last colour, or of a channel that is lit in full
 * @param channels numbers a pixel; of one the colours are {@code colours}, of more they are red,
 *     green and blue
 * @param colours evenly from low to high, as {@code #rrggbb}; those between are mixed of two
 * @param none the colour of pixels without a value
 */
public record ScaleView(float low, float high, int channels, List<String> colours, String none) {
  public ScaleView {
    colours = List.copyOf(colours);
  }

  /** That of an output, if it is of values. */
  static Optional<ScaleView> of(Raster output, Palette palette) {
    return output instanceof ValueMap values
        ? palette
            .scale()
            .map(
                scale ->
                    new ScaleView(
                        scale.low(),
                        scale.high(),
                        values.channels(),
                        ValueScale.colours().stream().map(HexColour::of).toList(),
                        HexColour.of(ValueScale.NO_VALUE)))
        : Optional.empty();
  }
}
