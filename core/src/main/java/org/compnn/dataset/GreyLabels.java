package org.compnn.dataset;

import java.util.BitSet;
import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;

/** Label pictures that are grey although they could have colours. */
final class GreyLabels {
  /** How far from black or white the pixels of a mask may be that JPEG has smeared. */
  private static final int SMEARED = 48;

  /** The share of pixels that may lie further, at the edges. */
  private static final double MOST_BETWEEN = 0.02;

  private GreyLabels() {}

  /** The one number of each pixel, if its three channels are equal everywhere. */
  static Optional<LabelMap> channels(Picture picture) {
    byte[] rgb = picture.rgb();
    byte[] numbers = new byte[rgb.length / 3];
    for (int i = 0; i < numbers.length; i++) {
      if (rgb[3 * i] != rgb[3 * i + 1] || rgb[3 * i] != rgb[3 * i + 2]) {
        return Optional.empty();
      }
      numbers[i] = rgb[3 * i];
    }
    return Optional.of(new LabelMap(picture.height(), picture.width(), numbers));
  }

  /** Whether these levels, more than black alone, are all those of classes, or black. */
  static boolean areColours(BitSet levels, Palette palette) {
    BitSet known = new BitSet(256);
    known.set(0);
    for (int colour : palette.colours()) {
      if ((colour & 0xff) * 0x010101 == colour) {
        known.set(colour & 0xff);
      }
    }
    BitSet other = (BitSet) levels.clone();
    other.andNot(known);
    return other.isEmpty() && levels.length() > 1;
  }

  /** Whether every pixel is exactly of a class's grey, or black, and not all are black. */
  static boolean areColours(LabelMap levels, Palette palette) {
    BitSet seen = new BitSet(256);
    for (byte level : levels.classes()) {
      seen.set(level & 0xff);
    }
    return areColours(seen, palette);
  }

  /** Black and white as 0 and 255, if a smeared picture is a mask of both; or of black alone. */
  static Optional<LabelMap> mask(LabelMap levels) {
    byte[] mask = levels.classes().clone();
    int between = 0;
    boolean white = false;
    boolean plain = true;
    for (int i = 0; i < mask.length; i++) {
      int level = mask[i] & 0xff;
      between += level > SMEARED && level < 255 - SMEARED ? 1 : 0;
      white |= level >= 255 - SMEARED;
      plain &= level == 0;
      mask[i] = (byte) (level < 128 ? 0 : 255);
    }
    return plain || (white && between <= MOST_BETWEEN * mask.length)
        ? Optional.of(new LabelMap(levels.height(), levels.width(), mask))
        : Optional.empty();
  }

  /** A mask with class 1 for 255. */
  static LabelMap foreground(LabelMap mask) {
    byte[] classes = mask.classes().clone();
    for (int i = 0; i < classes.length; i++) {
      classes[i] = classes[i] == (byte) LabelMap.UNLABELLED ? 1 : classes[i];
    }
    return new LabelMap(mask.height(), mask.width(), classes);
  }

  /** Whether all classes of a palette are grey. */
  static boolean isGrey(Palette palette) {
    return palette.size() > 0
        && palette.colours().stream().allMatch(c -> (c & 0xff) * 0x010101 == c);
  }
}
