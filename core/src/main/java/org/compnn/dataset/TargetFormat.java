package org.compnn.dataset;

import java.util.OptionalInt;
import org.compnn.image.Palette;
import org.compnn.network.Output;

/** What the targets of a data set are. */
public sealed interface TargetFormat {
  /** What a network's targets are: label maps of its classes, pictures or values. */
  static TargetFormat of(Output output) {
    return switch (output) {
      case Output.ClassScores scores ->
          new Labels(Palette.of(scores.classes()), scores.ignored(), scores.reduced());
      case Output.SigmoidScore score -> new Labels(Palette.of(score.classes()), score.ignored());
      case Output.Labels labels ->
          new Labels(Palette.of(labels.classes()), labels.ignored(), labels.reduced());
      case Output.Image _ -> new Image();
      case Output.Values values -> new Values(values.channels(), values.targetScale());
    };
  }

  /** The share of pixels far from every class colour above which a picture is no label picture. */
  double MOST_FAR = 0.6;

  /** How many levels a channel may be off before a pixel counts as far from a class colour. */
  int TOLERANCE = 48;

  /**
   * Label maps, stored as class indices (grey or palette pictures) or as colours of the palette,
   * which are snapped to the nearest one.
   *
   * @param palette the classes
   * @param ignored the index that marks unlabelled pixels in the files, besides 255
   * @param reduced whether class indices are one more than the classes' numbers, and 0 is
   *     unlabelled; {@code ignored} is then such a number, not an index
   */
  record Labels(Palette palette, OptionalInt ignored, boolean reduced) implements TargetFormat {
    /** Class indices that are the classes' numbers. */
    public Labels(Palette palette, OptionalInt ignored) {
      this(palette, ignored, false);
    }
  }

  /** Pictures. */
  record Image() implements TargetFormat {}

  /**
   * Numbers at every pixel. A pixel of 0 in all channels, as depth sensors write what they do not
   * see, or with a channel that is not finite, has no value.
   *
   * @param channels numbers a pixel
   * @param scale what the stored numbers are multiplied by
   */
  record Values(int channels, double scale) implements TargetFormat {}

  /**
   * Whatever the files hold, for looking at a data set without a network: label maps where a pixel
   * is one number or the layout says the classes, else pictures.
   */
  record AsStored() implements TargetFormat {}
}
