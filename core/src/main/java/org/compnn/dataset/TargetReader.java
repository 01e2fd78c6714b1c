package org.compnn.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.Snapped;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Reads a target picture as the format says. */
final class TargetReader {
  private TargetReader() {}

  static Raster read(Path file, TargetFormat format) {
    return switch (format) {
      case TargetFormat.Image _ -> PictureFile.read(file);
      case TargetFormat.AsStored _ -> PictureFile.readStored(file);
      case TargetFormat.Values values -> values(ValueFile.read(file), values, file.toString());
      case TargetFormat.Labels labels ->
          labels(PictureFile.readStored(file), labels, file.toString());
    };
  }

  /** The same from the bytes of a file. */
  static Raster read(byte[] file, String name, TargetFormat format) {
    return switch (format) {
      case TargetFormat.Image _ -> PictureFile.read(file, name);
      case TargetFormat.AsStored _ -> PictureFile.readStored(file, name);
      case TargetFormat.Values values -> values(ValueFile.readPicture(file, name), values, name);
      case TargetFormat.Labels labels -> labels(PictureFile.readStored(file, name), labels, name);
    };
  }

  private static Raster labels(Raster read, TargetFormat.Labels format, String name) {
    return switch (read) {
      case LabelMap stored -> classes(format.reduced() ? reduced(stored) : stored, format, name);
      case Picture picture -> snapped(picture, format.palette(), name);
      case ValueMap _ -> throw new IllegalStateException("pictures store no values");
    };
  }

  static Raster of(Picture picture, TargetFormat format, String name) {
    return switch (format) {
      case TargetFormat.Image _, TargetFormat.AsStored _ -> picture;
      case TargetFormat.Labels labels -> snapped(picture, labels.palette(), name);
      case TargetFormat.Values _ ->
          throw new UserError(
              name
                  + ": expected values as target (NPY, PFM, PNG or TIFF files of their own), found"
                  + " a half of a picture; choose another layout");
    };
  }

  /** Class indices one less each; 0 becomes unlabelled, and what is unlabelled stays so. */
  private static LabelMap reduced(LabelMap stored) {
    byte[] classes = stored.classes().clone();
    for (int i = 0; i < classes.length; i++) {
      if ((classes[i] & 0xff) != LabelMap.UNLABELLED) {
        classes[i]--;
      }
    }
    return new LabelMap(stored.height(), stored.width(), classes);
  }

  private static ValueMap values(ValueMap stored, TargetFormat.Values format, String name) {
    if (stored.channels() != format.channels()) {
      throw new UserError(
          "%s: expected %d numbers at every pixel as the network gives them, found %d; save them alone"
              .formatted(name, format.channels(), stored.channels()));
    }
    int channels = stored.channels();
    float[] values = new float[stored.values().length];
    for (int i = 0; i < values.length; i += channels) {
      boolean known = true;
      boolean zero = true;
      for (int c = 0; c < channels; c++) {
        float value = stored.values()[i + c];
        known &= Float.isFinite(value);
        zero &= value == 0;
        values[i + c] = (float) (value * format.scale());
      }
      if (!known || zero) {
        Arrays.fill(values, i, i + channels, Float.NaN);
      }
    }
    return new ValueMap(stored.height(), stored.width(), channels, values);
  }

  private static LabelMap classes(LabelMap stored, TargetFormat.Labels format, String name) {
    int size = format.palette().size();
    OptionalInt ignored = format.ignored();
    byte[] classes = stored.classes().clone();
    for (int i = 0; i < classes.length; i++) {
      int value = classes[i] & 0xff;
      if (ignored.isPresent() && value == ignored.getAsInt()) {
        classes[i] = (byte) LabelMap.UNLABELLED;
      } else if (value >= size && value != LabelMap.UNLABELLED) {
        throw UserError.about(
            Knob.IGNORED,
            "%s: expected class indices 0..%d (255 = unlabelled%s), found %d in row %d, column %d; name all classes, or say which index is unlabelled"
                .formatted(
                    name,
                    size - 1,
                    ignored.isPresent() ? ", and " + ignored.getAsInt() : "",
                    value,
                    i / stored.width(),
                    i % stored.width()));
      }
    }
    return new LabelMap(stored.height(), stored.width(), classes);
  }

  private static LabelMap snapped(Picture picture, Palette palette, String name) {
    Snapped snapped = palette.snap(picture, TargetFormat.TOLERANCE);
    if (snapped.far() > TargetFormat.MOST_FAR) {
      throw new UserError(
          "%s: expected a label picture in the colours of the %d classes, found %.0f %% of the pixels far from all of them; check the folders, the direction or the classes"
              .formatted(name, palette.size(), 100 * snapped.far()));
    }
    return snapped.labels();
  }
}
