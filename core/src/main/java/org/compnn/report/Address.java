package org.compnn.report;

import java.util.Base64;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;

/** Pictures as addresses that hold the picture itself, so that a page needs nothing else. */
final class Address {
  private Address() {}

  /** Without loss; label maps in their palette's colours. */
  static String exact(Raster raster, Palette palette) {
    return address("image/png", PictureFile.png(raster, palette));
  }

  /**
   * Pictures as JPEG, label maps without loss.
   *
   * @param quality 0..1
   */
  static String small(Raster raster, Palette palette, float quality) {
    return switch (raster) {
      case Picture picture -> address("image/jpeg", PictureFile.jpeg(picture, quality));
      case LabelMap labels -> exact(labels, palette);
    };
  }

  private static String address(String type, byte[] file) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
  }
}
