package org.compnn.report;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.explain.Explanation;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;

/** One range for the values of several outputs, so that their colours can be compared. */
final class CommonRange {
  private CommonRange() {}

  /** The range that holds the values of all explanations, if they have values. */
  static Optional<ValueScale> of(Collection<Explanation> explanations) {
    return explanations.stream()
        .flatMap(why -> why.palette().scale().stream())
        .reduce(ValueScale::and);
  }

  /** A palette that shows the values of all explanations. */
  static Palette within(Palette palette, Collection<Explanation> explanations) {
    return of(explanations).map(palette::showing).orElse(palette);
  }

  /** A palette that shows the values of all outputs. */
  static Palette within(Palette palette, Raster... outputs) {
    return outputs[0] instanceof ValueMap
        ? palette.showing(
            ValueScale.of(
                Stream.of(outputs).filter(ValueMap.class::isInstance).map(ValueMap.class::cast)))
        : palette;
  }
}
