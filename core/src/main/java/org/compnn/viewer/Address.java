package org.compnn.viewer;

import java.util.Base64;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/** Pictures as addresses that hold the picture itself, so that a page needs nothing else. */
public final class Address {
  private static final String PNG = "image/png";

  /** Larger pictures lose a little. */
  private static final int MOST_PIXELS_WITHOUT_LOSS = 512 * 512;

  private static final float QUALITY = 0.92f;

  private Address() {}

  /** To the eye as it is: {@link #small} with little loss. */
  public static String seen(Raster raster, Palette palette) {
    return small(raster, palette, QUALITY);
  }

  /** Without loss, but for large pictures. */
  public static String of(Raster raster, Palette palette) {
    boolean large = (long) raster.height() * raster.width() > MOST_PIXELS_WITHOUT_LOSS;
    return large ? seen(raster, palette) : exact(raster, palette);
  }

  /** Without loss; label maps in their palette's colours. */
  public static String exact(Raster raster, Palette palette) {
    return address(PNG, PictureFile.smallPng(raster, palette));
  }

  /**
   * Pictures of many colours as JPEG; those of few, which it would smear, label maps and values
   * without loss.
   *
   * @param quality 0..1
   */
  public static String small(Raster raster, Palette palette, float quality) {
    return switch (raster) {
      case Picture picture ->
          PictureFile.fewColours(picture)
              .map(png -> address(PNG, png))
              .orElseGet(() -> address("image/jpeg", PictureFile.jpeg(picture, quality)));
      case LabelMap labels -> exact(labels, palette);
      case ValueMap map -> exact(map, palette);
    };
  }

  private static String address(String type, byte[] file) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
  }
}
