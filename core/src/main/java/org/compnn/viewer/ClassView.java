package org.compnn.viewer;

import java.util.List;
import java.util.stream.IntStream;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;

/**
 * A class of a network's output.
 *
 * @param colour as {@code #rrggbb}
 */
public record ClassView(String name, String colour) {
  /** All classes of a palette, in their order. */
  public static List<ClassView> of(Palette palette) {
    return IntStream.range(0, palette.size())
        .mapToObj(i -> new ClassView(palette.name(i), HexColour.of(palette.colour(i))))
        .toList();
  }
}
