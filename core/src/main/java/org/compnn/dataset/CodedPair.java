package org.compnn.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;

/**
 * A picture and a label picture whose pixels are codes that only its layout understands.
 *
 * @param codes the class of a pixel, by its stored number or its colour; under 0 if there is none
 */
record CodedPair(String id, List<String> tags, Path file, Path stored, Codes codes)
    implements Pair {
  /** What a stored pixel means. */
  interface Codes {
    /** The class of an index, or under 0. */
    int ofIndex(int index);

    /** The class of a colour, or under 0. */
    int ofColour(int rgb);
  }

  CodedPair {
    tags = List.copyOf(tags);
  }

  @Override
  public Content read() {
    Picture picture = PictureFile.read(file);
    Raster read = PictureFile.readStored(stored);
    if (read.height() != picture.height() || read.width() != picture.width()) {
      throw new UserError(
          "%s: expected %d x %d pixels as in %s, found %d x %d; resize one of the two"
              .formatted(
                  stored, picture.width(), picture.height(), file, read.width(), read.height()));
    }
    LabelMap labels =
        read instanceof LabelMap map
            ? mapped(map, i -> map.classes()[i] & 0xff, codes::ofIndex, "index %d")
            : colours(PictureFile.read(stored));
    return new Content(picture, Optional.of(labels));
  }

  private LabelMap colours(Picture colours) {
    int width = colours.width();
    return mapped(
        colours, i -> colours.pixel(i / width, i % width), codes::ofColour, "colour #%06x");
  }

  private LabelMap mapped(
      Raster raster, IntUnaryOperator pixels, IntUnaryOperator classOf, String what) {
    byte[] classes = new byte[Math.multiplyExact(raster.height(), raster.width())];
    int last = -1;
    int value = 0;
    for (int i = 0; i < classes.length; i++) {
      int pixel = pixels.applyAsInt(i);
      if (pixel != last) {
        last = pixel;
        value = classOf.applyAsInt(pixel);
        if (value < 0) {
          throw new UserError(
              ("%s: expected pixels that stand for classes, found "
                      + what
                      + " in row %d, column %d")
                  .formatted(stored, pixel, i / raster.width(), i % raster.width()));
        }
      }
      classes[i] = (byte) value;
    }
    return new LabelMap(raster.height(), raster.width(), classes);
  }
}
