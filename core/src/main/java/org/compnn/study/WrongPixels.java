package org.compnn.study;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.measure.Difference;
import org.compnn.network.Frame;

/**
 * Where an output is wrong, and how much.
 *
 * @param held pixels that hold picture, not padding
 * @param labelled of these, those with a right output
 * @param wrong of these, those that are wrong
 * @param error the share of labelled pixels that are wrong, or the mean difference in 0..1; empty
 *     where no pixel is labelled
 * @param tolerance how much two outputs may differ and still say the same
 * @param labels whether these are classes, and keys are 256 times the right one and the given one
 * @param key what connected wrong pixels have in common; {@link WrongRegions#NONE} for others
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; no map key.
record WrongPixels(
    BitSet held,
    BitSet labelled,
    BitSet wrong,
    OptionalDouble error,
    double tolerance,
    boolean labels,
    int[] key) {
  /** Regions of pictures and values are where they differ this many times more than overall. */
  private static final double FAR_MORE = 1.5;

  static WrongPixels of(Matched matched, Palette palette) {
    Raster output = matched.output();
    int pixels = output.height() * output.width();
    BitSet held = held(matched.frame(), output);
    double range = range(matched, palette);
    boolean labels = output instanceof LabelMap;
    double tolerance = labels ? 0 : Votes.ALIKE * range;
    int[] key = new int[pixels];
    Arrays.fill(key, WrongRegions.NONE);
    BitSet labelled = new BitSet(pixels);
    BitSet wrong = new BitSet(pixels);
    if (matched.truth().isEmpty()) {
      return new WrongPixels(held, labelled, wrong, OptionalDouble.empty(), tolerance, labels, key);
    }
    Raster truth = matched.truth().get();
    float[] difference = new float[output instanceof LabelMap ? 0 : pixels];
    double sum = 0;
    for (int pixel = held.nextSetBit(0); pixel >= 0; pixel = held.nextSetBit(pixel + 1)) {
      if (Votes.unlabelled(truth, pixel)) {
        continue;
      }
      labelled.set(pixel);
      double off = Difference.between(truth, pixel, output, pixel);
      sum += off / range;
      if (off > tolerance) {
        wrong.set(pixel);
      }
      if (truth instanceof LabelMap right && output instanceof LabelMap given) {
        if (off > 0) {
          key[pixel] = (right.classes()[pixel] & 0xff) << 8 | (given.classes()[pixel] & 0xff);
        }
      } else {
        difference[pixel] = (float) (off / range);
      }
    }
    int count = labelled.cardinality();
    OptionalDouble error = count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    if (difference.length > 0) {
      double least = Math.max(2 * Votes.ALIKE, FAR_MORE * error.orElse(0));
      float[] smooth = smoothed(difference, output.height(), output.width());
      for (int pixel = 0; pixel < pixels; pixel++) {
        key[pixel] = labelled.get(pixel) && smooth[pixel] > least ? 0 : WrongRegions.NONE;
      }
    }
    return new WrongPixels(held, labelled, wrong, error, tolerance, labels, key);
  }

  private static BitSet held(Frame frame, Raster output) {
    Frame.Region region = frame.held(output.height(), output.width());
    BitSet held = new BitSet(output.height() * output.width());
    for (int row = region.top(); row < region.bottom(); row++) {
      held.set(row * output.width() + region.left(), row * output.width() + region.right());
    }
    return held;
  }

  /** What the greatest difference counts as. */
  private static double range(Matched matched, Palette palette) {
    return switch (matched.output()) {
      case LabelMap _, Picture _ -> 1;
      case ValueMap output -> {
        ValueScale scale =
            palette
                .scale()
                .orElseGet(
                    () ->
                        ValueScale.of(
                            Stream.concat(
                                Stream.of(output),
                                matched.truth().stream().map(ValueMap.class::cast))));
        yield scale.high() > scale.low() ? scale.high() - scale.low() : 1;
      }
    };
  }

  /** Means over squares of about a thirtieth of the width, so that regions are no noise. */
  private static float[] smoothed(float[] values, int height, int width) {
    int radius = Math.max(1, width / 64);
    return across(across(values, height, width, radius, 1), height, width, radius, width);
  }

  private static float[] across(float[] values, int height, int width, int radius, int step) {
    float[] means = new float[values.length];
    int length = step == 1 ? width : height;
    int lines = step == 1 ? height : width;
    for (int line = 0; line < lines; line++) {
      int first = step == 1 ? line * width : line;
      double sum = 0;
      for (int at = 0; at < length + radius; at++) {
        sum += at < length ? values[first + at * step] : 0;
        sum -= at - 2 * radius - 1 >= 0 ? values[first + (at - 2 * radius - 1) * step] : 0;
        int middle = at - radius;
        if (middle >= 0) {
          int from = Math.max(0, middle - radius);
          int to = Math.min(length - 1, middle + radius);
          means[first + middle * step] = (float) (sum / (to - from + 1));
        }
      }
    }
    return means;
  }
}
