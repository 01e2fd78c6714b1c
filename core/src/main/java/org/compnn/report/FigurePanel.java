package org.compnn.report;

import java.util.List;
import org.compnn.image.Raster;

/**
 * One picture of a figure.
 *
 * @param raster the picture
 * @param caption what it is, in a few words
 * @param note a number or two about it; may be empty
 * @param overlays what is drawn over it, the first at the bottom
 * @param key a colour as 0xRRGGBB that stands before the caption, or -1 for none
 */
public record FigurePanel(
    Raster raster, String caption, String note, List<Overlay> overlays, int key) {
  public FigurePanel {
    overlays = List.copyOf(overlays);
  }

  public static FigurePanel of(Raster raster, String caption, String note) {
    return new FigurePanel(raster, caption, note, List.of(), -1);
  }

  public FigurePanel with(List<Overlay> drawn) {
    return new FigurePanel(raster, caption, note, drawn, key);
  }

  public FigurePanel withKey(int colour) {
    return new FigurePanel(raster, caption, note, overlays, colour);
  }
}
