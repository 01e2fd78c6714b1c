package org.compnn.study;

import java.util.List;
import org.compnn.network.Preprocessing;

/**
 * A way to make numbers of pixels that many networks were trained with.
 *
 * @param words what people call it
 * @param scale what 0..255 is multiplied by
 * @param mean what is then taken off, for red, green, blue or for all
 * @param deviation what the rest is divided by
 */
record CommonNormalisation(String words, double scale, List<Double> mean, List<Double> deviation) {
  static final List<CommonNormalisation> ALL =
      List.of(
          new CommonNormalisation(
              "ImageNet's mean and deviation",
              1.0 / 255,
              List.of(0.485, 0.456, 0.406),
              List.of(0.229, 0.224, 0.225)),
          new CommonNormalisation("pixels as 0..1", 1.0 / 255, List.of(0.0), List.of(1.0)),
          new CommonNormalisation("pixels as -1..1", 1.0 / 255, List.of(0.5), List.of(0.5)),
          new CommonNormalisation("pixels as 0..255", 1, List.of(0.0), List.of(1.0)));

  /** Numbers go with their colours, whichever channel those come in. */
  Preprocessing of(Preprocessing own, boolean flipped) {
    return own.with(
        scale,
        flipped ? mean.reversed() : mean,
        flipped ? deviation.reversed() : deviation,
        flipped);
  }
}
