package org.compnn.network;

import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.image.ValueMap;

/**
 * How pictures of any size are laid into the one input that all of them share: resized, cut around
 * their middle, padded.
 *
 * @param rule how they are resized
 * @param crop what is then cut out of the middle, if anything; what is smaller gets black around it
 * @param margin what surrounds those that are smaller than the input
 */
public record Framing(ResizeRule rule, Optional<Size> crop, Margin margin) {
  /** To the whole input. */
  public static final Framing WHOLE =
      new Framing(new ResizeRule.Stretched(), Optional.empty(), Margin.USUAL);

  /** The size of the input that suits a picture best, for a network that takes any. */
  Size suiting(PictureSize picture) {
    PictureSize input =
        crop.isPresent() ? size(crop.get()) : margin.input(rule.resized(picture, picture));
    return new Size(input.height(), input.width());
  }

  /** Where a picture comes to lie in an input of this size. */
  public Frame frame(PictureSize picture, Size within) {
    PictureSize input = size(within);
    if (rule instanceof ResizeRule.Stretched && crop.isEmpty()) {
      return Frame.whole(picture, input);
    }
    PictureSize resized = rule.resized(picture, crop.map(Framing::size).orElse(input));
    if (crop.isPresent()) {
      // A network of another size sees the same part of the picture.
      double scale =
          Math.max(
              (double) input.height() / crop.get().height(),
              (double) input.width() / crop.get().width());
      resized = scale == 1 ? resized : scaled(resized, scale);
      return new Frame(
          picture,
          resized,
          middle(input.height(), resized.height()),
          middle(input.width(), resized.width()),
          input);
    }
    if (resized.height() > input.height() || resized.width() > input.width()) {
      resized = shrunk(resized, input);
    }
    // Halves are split as the letterbox does: the odd pixel goes below and to the right.
    int top = margin.around() ? (input.height() - resized.height()) / 2 : 0;
    int left = margin.around() ? (input.width() - resized.width()) / 2 : 0;
    return new Frame(picture, resized, top, left, input);
  }

  /** Half of what is cut lies before, rounded down; half of what is added, rounded up. */
  private static int middle(int input, int resized) {
    return resized >= input ? -((resized - input) / 2) : Math.ceilDiv(input - resized, 2);
  }

  private static PictureSize scaled(PictureSize size, double scale) {
    return new PictureSize(
        Math.max(1, (int) Math.rint(size.height() * scale)),
        Math.max(1, (int) Math.rint(size.width() * scale)));
  }

  private static PictureSize shrunk(PictureSize size, PictureSize input) {
    PictureSize rule =
        scaled(
            size,
            Math.min(
                (double) input.height() / size.height(), (double) input.width() / size.width()));
    return new PictureSize(
        Math.min(rule.height(), input.height()), Math.min(rule.width(), input.width()));
  }

  /** Whether padding is 0 after normalisation, whatever the mean is. */
  boolean zeroes() {
    return margin.fill() == Margin.Fill.ZERO && crop.isEmpty();
  }

  private static PictureSize size(Size size) {
    return new PictureSize(size.height(), size.width());
  }

  /** A picture laid into the input. */
  Picture lay(Picture picture, Frame frame, Resample resample) {
    PictureSize resized = frame.resized();
    Picture whole = Resize.picture(picture, resized.height(), resized.width(), resample);
    if (frame.isWhole()) {
      return whole;
    }
    PictureSize input = frame.input();
    boolean mirrored = margin.fill() == Margin.Fill.MIRRORED && crop.isEmpty();
    byte value = crop.isPresent() ? 0 : margin.value();
    return (Picture)
        PixelBytes.of(whole)
            .with(value)
            .on(input.height(), input.width(), frame.top(), frame.left(), mirrored);
  }

  /**
   * What belongs to a picture (its right output) laid likewise: label maps and values by the
   * nearest pixel, pictures by Pillow's bilinear filter.
   *
   * @param raster of any size; it shows what the picture shows
   * @param frame where the picture lies in the input
   * @param height rows of a grid that covers the input
   * @param width columns of that grid
   * @return of that many rows and columns; padding is unlabelled, black or without a value
   */
  public static Raster lay(Raster raster, Frame frame, int height, int width) {
    PictureSize input = frame.input();
    int down = scaled(frame.resized().height(), height, input.height());
    int across = scaled(frame.resized().width(), width, input.width());
    int top = Math.toIntExact(Math.round((double) frame.top() * height / input.height()));
    int left = Math.toIntExact(Math.round((double) frame.left() * width / input.width()));
    Raster resized =
        switch (raster) {
          case LabelMap labels -> Resize.labels(labels, down, across);
          case Picture picture -> Resize.picture(picture, down, across, Resample.BILINEAR);
          case ValueMap values -> Resize.values(values, down, across);
        };
    return frame.isWhole() ? resized : PixelBytes.of(resized).on(height, width, top, left, false);
  }

  private static int scaled(int resized, int units, int pixels) {
    return Math.max(1, Math.toIntExact(Math.round((double) resized * units / pixels)));
  }
}
