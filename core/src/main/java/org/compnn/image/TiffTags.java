package org.compnn.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import org.compnn.problem.UserError;

/** What the head of a TIFF file says of its numbers. */
final class TiffTags {
  /** CIE L*a*b*, ICC L*a*b* and ITU L*a*b*. */
  private static final Set<Integer> LAB = Set.of(8, 9, 10);

  /** JPEG of both kinds: of the first specification and of the second. */
  private static final Set<Integer> JPEG = Set.of(6, 7);

  private TiffTags() {}

  /** Whether ImageIO's name of a format means TIFF. */
  static boolean isTiff(String format) {
    return format.toLowerCase(Locale.ROOT).startsWith("tif");
  }

  /** Refuses L*a*b*, which every reader converts in its own way and Pillow not at all. */
  static void refuseLab(ImageInputStream file, String name) {
    OptionalInt space = number(file, TIFF.TAG_PHOTOMETRIC_INTERPRETATION);
    if (space.isPresent() && LAB.contains(space.getAsInt())) {
      throw new UserError(
          name + ": expected RGB, grey, palette or CMYK, found TIFF in L*a*b*; convert it to RGB");
    }
  }

  static boolean isJpeg(ImageInputStream file) {
    OptionalInt compression = number(file, TIFF.TAG_COMPRESSION);
    return compression.isPresent() && JPEG.contains(compression.getAsInt());
  }

  private static OptionalInt number(ImageInputStream file, int tag) {
    try {
      file.seek(0);
      Entry entry = new TIFFReader().read(file).getEntryById(tag);
      return entry != null && entry.getValue() instanceof Number number
          ? OptionalInt.of(number.intValue())
          : OptionalInt.empty();
    } catch (IOException | RuntimeException e) {
      // What this reader of heads does not understand, the reader of pictures may.
      return OptionalInt.empty();
    }
  }
}
