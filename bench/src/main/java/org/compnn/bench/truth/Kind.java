package org.compnn.bench.truth;

import java.util.Locale;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/** The two networks that are trained. */
enum Kind {
  SEGNET,
  PIX2PIX;

  /** What the network reads. */
  Picture input(Example example) {
    return this == SEGNET ? example.photo() : example.coloured();
  }

  /** What it should give. */
  Raster target(Example example) {
    return this == SEGNET ? example.labels() : example.photo();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
