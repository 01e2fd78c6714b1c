package org.compnn.network;

import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Makes a label map, a picture or values of a network's raw output. */
final class Rendering {
  private Rendering() {}

  static Raster of(FeatureMap raw, Output output) {
    return switch (output) {
      case Output.ClassScores _ -> best(raw);
      case Output.SigmoidScore score -> above(raw, score.threshold());
      case Output.Labels labels -> indices(raw, labels.classes().size());
      case Output.Image image -> paint(raw, image.range());
      case Output.Values _ -> new ValueMap(raw.rows(), raw.columns(), raw.channels(), raw.cells());
    };
  }

  private static LabelMap best(FeatureMap raw) {
    byte[] classes = new byte[raw.rows() * raw.columns()];
    float[] scores = raw.cells();
    for (int i = 0; i < classes.length; i++) {
      int at = i * raw.channels();
      int best = 0;
      for (int c = 1; c < raw.channels(); c++) {
        if (scores[at + c] > scores[at + best]) {
          best = c;
        }
      }
      classes[i] = (byte) best;
    }
    return new LabelMap(raw.rows(), raw.columns(), classes);
  }

  private static LabelMap above(FeatureMap raw, double threshold) {
    byte[] classes = new byte[raw.rows() * raw.columns()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) (raw.cells()[i] > threshold ? 1 : 0);
    }
    return new LabelMap(raw.rows(), raw.columns(), classes);
  }

  private static LabelMap indices(FeatureMap raw, int known) {
    byte[] classes = new byte[raw.rows() * raw.columns()];
    for (int i = 0; i < classes.length; i++) {
      int index = Math.round(raw.cells()[i]);
      if (index != LabelMap.UNLABELLED && (index < 0 || index >= known)) {
        throw UserError.about(
            Knob.CLASSES,
            "the network gives class %d where only %d classes are named; name them all"
                .formatted(index, known));
      }
      classes[i] = (byte) index;
    }
    return new LabelMap(raw.rows(), raw.columns(), classes);
  }

  private static Picture paint(FeatureMap raw, Range range) {
    byte[] rgb = new byte[raw.rows() * raw.columns() * 3];
    float scale = (float) (255 / (range.high() - range.low()));
    float low = (float) range.low();
    for (int i = 0; i < rgb.length; i++) {
      float value = raw.cells()[raw.channels() == 1 ? i / 3 : i];
      float level = Math.min(Math.max((value - low) * scale, 0f), 255f);
      // As Math.round does for what is not negative, in a loop that compiles to vectors.
      rgb[i] = (byte) (int) (level + 0.5);
    }
    return new Picture(raw.rows(), raw.columns(), rgb);
  }
}
