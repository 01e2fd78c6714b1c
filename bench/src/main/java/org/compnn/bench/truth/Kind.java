package org.compnn.bench.truth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.FacadeStyle;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/** The networks that are trained, and what they learn. */
enum Kind {
  /** Labels generated buildings. */
  SEGNET,
  /** Paints generated buildings. */
  PIX2PIX,
  /** Labels streets of CamVid; a SegNet too. */
  CAMVID;

  /** The order of the label pictures. */
  private static final List<String> OF_STREETS =
      List.of(
          "Sky",
          "Building",
          "Pole",
          "Road",
          "Pavement",
          "Tree",
          "SignSymbol",
          "Fence",
          "Car",
          "Pedestrian",
          "Bicyclist");

  /** Whether it labels pixels; if not, it paints. */
  boolean labels() {
    return this != PIX2PIX;
  }

  /** Whether its pictures are of our own making, and can be made otherwise. */
  boolean generated() {
    return this != CAMVID;
  }

  List<String> classes() {
    return generated()
        ? Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList()
        : OF_STREETS;
  }

  Palette palette() {
    return Palette.of(classes());
  }

  /** Styles of buildings, or drives. */
  int groups() {
    return generated() ? FacadeStyle.values().length : Street.DRIVES.size();
  }

  /** What the network reads. */
  Picture input(Example example) {
    return labels() ? example.photo() : example.coloured();
  }

  /** What it should give. */
  Raster target(Example example) {
    return labels() ? example.labels() : example.photo();
  }

  /**
   * Layers that explanations match at: on the way in, the narrowest, on the way out, the scores.
   */
  List<String> layers() {
    return labels()
        ? List.of(
            "penultimate",
            "bottleneck",
            "encoder1.1.MaxPool",
            "encoder2.1.MaxPool",
            "decoder3.1.BatchNormalization",
            "decoder2.1.BatchNormalization",
            "logits")
        : List.of("penultimate", "bottleneck", "encoder2.BatchNormalization", "decoder4.Concat");
  }

  /** What {@code compnn train} calls it. */
  String network() {
    return labels() ? "segnet" : "pix2pix";
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
