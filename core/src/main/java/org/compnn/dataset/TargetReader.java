package org.compnn.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.Snapped;
import org.compnn.image.StoredPicture;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** Reads a target picture as the format says. */
final class TargetReader {
  private TargetReader() {}

  static Raster read(Path file, TargetFormat format, LabelCoding coding) {
    return switch (format) {
      case TargetFormat.Image _ -> PictureFile.read(file);
      case TargetFormat.AsStored _ -> PictureFile.readStored(file);
      case TargetFormat.Values values -> values(ValueFile.read(file), values, file.toString());
      case TargetFormat.Labels labels ->
          labels(PictureFile.stored(file), labels, coding, file.toString());
    };
  }

  /** The same from the bytes of a file. */
  static Raster read(byte[] file, String name, TargetFormat format, LabelCoding coding) {
    return switch (format) {
      case TargetFormat.Image _ -> PictureFile.read(file, name);
      case TargetFormat.AsStored _ -> PictureFile.readStored(file, name);
      case TargetFormat.Values values -> values(ValueFile.readPicture(file, name), values, name);
      case TargetFormat.Labels labels ->
          labels(PictureFile.stored(file, name), labels, coding, name);
    };
  }

  private static LabelMap labels(
      StoredPicture stored, TargetFormat.Labels format, LabelCoding coding, String name) {
    if (stored.isIndexed() && stored.inexact().isEmpty()) {
      return classes(stored.indices(), format, coding, name);
    }
    return labels(stored.picture(), stored.inexact(), format, coding, name);
  }

  /** A picture in colour, or one whose numbers were changed on saving. */
  private static LabelMap labels(
      Picture picture,
      Optional<String> inexact,
      TargetFormat.Labels format,
      LabelCoding coding,
      String name) {
    Optional<LabelMap> grey = GreyLabels.channels(picture);
    if (grey.isEmpty() || coding.grey() == LabelCoding.Grey.COLOURS) {
      return snapped(picture, format.palette(), name);
    }
    if (inexact.isPresent()) {
      return smeared(picture, grey.get(), inexact.get(), format, coding, name);
    }
    boolean colours =
        coding.grey() == LabelCoding.Grey.BY_PICTURE
            && (isBlack(grey.get()) || GreyLabels.areColours(grey.get(), format.palette()));
    return colours
        ? snapped(picture, format.palette(), name)
        : classes(grey.get(), format, coding, name);
  }

  private static boolean isBlack(LabelMap levels) {
    for (byte level : levels.classes()) {
      if (level != 0) {
        return false;
      }
    }
    return true;
  }

  /** Grey that was changed on saving: colours if the classes are grey, or a mask. */
  private static LabelMap smeared(
      Picture picture,
      LabelMap grey,
      String inexact,
      TargetFormat.Labels format,
      LabelCoding coding,
      String name) {
    if (GreyLabels.isGrey(format.palette())) {
      return snapped(picture, format.palette(), name);
    }
    Optional<LabelMap> mask =
        format.palette().size() == 2 ? GreyLabels.mask(grey) : Optional.empty();
    return classes(
        mask.orElseThrow(
            () ->
                new UserError(
                    "%s: expected class indices or colours of classes, found a grey picture saved as %s, which changes indices; save label pictures as PNG"
                        .formatted(name, inexact))),
        format,
        coding,
        name);
  }

  static Raster of(Picture picture, TargetFormat format, String name) {
    return switch (format) {
      case TargetFormat.Image _, TargetFormat.AsStored _ -> picture;
      case TargetFormat.Labels labels ->
          labels(picture, Optional.empty(), labels, LabelCoding.EACH, name);
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

  static LabelMap classes(
      LabelMap read, TargetFormat.Labels format, LabelCoding coding, String name) {
    if (coding.mask()) {
      return foreground(read, name);
    }
    LabelMap stored = format.reduced() ? reduced(read) : read;
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

  private static LabelMap foreground(LabelMap mask, String name) {
    for (int i = 0; i < mask.classes().length; i++) {
      int value = mask.classes()[i] & 0xff;
      if (value != 0 && value != LabelMap.UNLABELLED) {
        throw UserError.about(
            Knob.IGNORED,
            "%s: expected 0 and 255 alone as in the other masks, whose 255 was taken for class 1, found %d in row %d, column %d; say that 255 is unlabelled, or save all masks alike"
                .formatted(name, value, i / mask.width(), i % mask.width()));
      }
    }
    return GreyLabels.foreground(mask);
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
