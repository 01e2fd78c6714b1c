package org.compnn.network;

import java.util.Optional;
import org.compnn.image.PictureSize;

/**
 * What surrounds a picture that does not fill a network's input.
 *
 * @param fill what it is made of
 * @param around whether the picture lies in the middle; else the padding is below and to the right
 * @param multiple where the network leaves its size open, the input is rounded up to multiples of
 *     this
 * @param beyond whether a size that is such a multiple is rounded up to the next one too
 * @param size where the network leaves its size open, the input has this one
 */
public record Margin(Fill fill, boolean around, int multiple, boolean beyond, Optional<Size> size) {
  /** What padding is made of. */
  public enum Fill {
    /** Pixels of value 0, which are then normalised like any. */
    BLACK,
    /** The number 0 after normalisation; pages show it as black. */
    ZERO,
    /** Pixels of value 114, Ultralytics' grey. */
    GREY,
    /** The picture mirrored at its edge, the edge itself repeated. */
    MIRRORED
  }

  /** Zeros below and to the right, and no wish for a size. */
  static final Margin USUAL = new Margin(Fill.ZERO, false, 1, false, Optional.empty());

  /** The input that a picture of this size would need. */
  PictureSize input(PictureSize resized) {
    return size.map(s -> new PictureSize(s.height(), s.width()))
        .orElseGet(() -> new PictureSize(up(resized.height()), up(resized.width())));
  }

  private int up(int pixels) {
    return beyond ? (pixels / multiple + 1) * multiple : Math.ceilDiv(pixels, multiple) * multiple;
  }

  /** What a pixel of padding is shown as. */
  byte value() {
    return (byte) (fill == Fill.GREY ? 114 : 0);
  }
}
