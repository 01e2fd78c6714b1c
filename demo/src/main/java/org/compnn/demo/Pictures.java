package org.compnn.demo;

import java.util.Arrays;
import java.util.OptionalInt;
import org.compnn.generate.FacadeClass;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.viewer.Address;

/** Pictures of buildings as addresses that hold them: photos as JPEG, label maps without loss. */
final class Pictures {
  /** What buildings are labelled with. */
  static final Palette CLASSES =
      new Palette(
          Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList(),
          Arrays.stream(FacadeClass.values()).map(FacadeClass::colour).toList(),
          OptionalInt.empty());

  private static final float QUALITY = 0.92f;

  private Pictures() {}

  static String address(Raster raster) {
    return address(raster, QUALITY);
  }

  /**
   * An address.
   *
   * @param quality of a photo, 0..1
   */
  static String address(Raster raster, float quality) {
    return switch (raster) {
      case Picture photo when isPhoto(photo) -> Address.small(photo, CLASSES, quality);
      default -> Address.exact(raster, CLASSES);
    };
  }

  /** Label pictures have a dozen colours, which JPEG would smear. */
  private static boolean isPhoto(Picture picture) {
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      int colour = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
      if (!CLASSES.colours().contains(colour)) {
        return true;
      }
    }
    return false;
  }
}
