package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * Checks that a sample has what a network's inputs read, and makes masks of what is given for them.
 */
record GivenInputs(Path file, PictureInput input) {
  /**
   * A sample as the network reads it.
   *
   * @param shown its picture, already laid into the network's input
   * @param lay lays all else likewise
   * @throws UserError where something is missing, or has other channels
   */
  Sample laid(Sample given, Picture shown, UnaryOperator<Raster> lay) {
    InputPart first = input.parts().getFirst();
    if (first.kind() == InputPart.Kind.VALUES && given.values().isEmpty()) {
      throw new UserError(
          "%s: the network reads %d channels, a picture has 3; give a file of values instead: TIFF of several bands, NPY, or files of one band each"
              .formatted(file, first.channels()));
    }
    given.values().ifPresent(v -> check(v, first));
    Map<String, Raster> further = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (InputPart part : input.parts().subList(1, input.parts().size())) {
      Raster raster = given.further().get(part.name());
      if (raster == null) {
        missing.add(part.name());
      } else {
        further.put(part.name(), lay.apply(read(raster, part)));
      }
    }
    if (!missing.isEmpty()) {
      throw UserError.about(
          Knob.INPUT,
          "%s: the network also reads %s, which is not there; give it a picture of its own"
              .formatted(file, String.join(" and ", missing)));
    }
    return new Sample(shown, given.values().map(v -> (ValueMap) lay.apply(v)), further);
  }

  private void check(ValueMap values, InputPart part) {
    if (values.channels() != part.channels()) {
      throw new UserError(
          "%s: expected %d channels for %s, found %d"
              .formatted(file, part.channels(), part.name(), values.channels()));
    }
  }

  private Raster read(Raster raster, InputPart part) {
    return switch (part.kind()) {
      case MASK -> mask(raster);
      case PICTURE -> {
        if (raster instanceof Picture) {
          yield raster;
        }
        throw new UserError(
            "%s: expected a picture for %s, found numbers".formatted(file, part.name()));
      }
      case VALUES -> {
        if (raster instanceof ValueMap values) {
          check(values, part);
          yield raster;
        }
        throw new UserError(
            "%s: expected values of %d channels for %s, found a picture"
                .formatted(file, part.channels(), part.name()));
      }
    };
  }

  private static LabelMap mask(Raster raster) {
    byte[] masked = new byte[raster.height() * raster.width()];
    for (int p = 0; p < masked.length; p++) {
      boolean above =
          switch (raster) {
            case Picture picture ->
                (picture.rgb()[3 * p] | picture.rgb()[3 * p + 1] | picture.rgb()[3 * p + 2]) != 0;
            case LabelMap labels -> labels.classes()[p] != 0;
            case ValueMap values -> values.values()[p * values.channels()] > 0;
          };
      masked[p] = (byte) (above ? 1 : 0);
    }
    return new LabelMap(raster.height(), raster.width(), masked);
  }
}
