package org.compnn.generate;

import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/**
 * A building out of a seed.
 *
 * @param labels the class of every pixel, a {@link FacadeClass} code 0..11
 * @param photo the picture, of the same size
 * @param style the grammar that built it
 * @param tags {@code style=...}, and {@code rare=awning} where that was planted
 */
public record Facade(LabelMap labels, Picture photo, FacadeStyle style, List<String> tags) {
  public Facade {
    tags = List.copyOf(tags);
  }

  /** The label map in the classes' colours. */
  public Picture colouredLabels() {
    FacadeClass[] classes = FacadeClass.values();
    byte[] rgb = new byte[labels.classes().length * 3];
    for (int i = 0; i < labels.classes().length; i++) {
      int colour = classes[labels.classes()[i]].colour();
      rgb[i * 3] = (byte) (colour >> 16);
      rgb[i * 3 + 1] = (byte) (colour >> 8);
      rgb[i * 3 + 2] = (byte) colour;
    }
    return new Picture(labels.height(), labels.width(), rgb);
  }
}
