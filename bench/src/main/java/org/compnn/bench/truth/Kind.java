package org.compnn.bench.truth;

import java.util.List;
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

  /**
   * Layers that explanations match at: on the way in, the narrowest, on the way out, the scores.
   */
  List<String> layers() {
    return switch (this) {
      case SEGNET ->
          List.of(
              "penultimate",
              "bottleneck",
              "encoder1.1.MaxPool",
              "encoder2.1.MaxPool",
              "decoder3.1.BatchNormalization",
              "decoder2.1.BatchNormalization",
              "logits");
      case PIX2PIX ->
          List.of("penultimate", "bottleneck", "encoder2.BatchNormalization", "decoder4.Concat");
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
