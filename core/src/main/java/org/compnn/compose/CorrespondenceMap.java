package org.compnn.compose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.compnn.image.Picture;
import org.compnn.search.Field;

/**
 * Which exemplar every pixel of a composition came from, in colours: the exemplars that give most
 * have colours of their own that colour-blind people tell apart too, the rest share greyish ones.
 * Immutable.
 */
public final class CorrespondenceMap {
  /** The colour of pixels whose cell has no match. */
  public static final int UNMATCHED = 0x000000;

  private final Map<Integer, Integer> colours;

  private CorrespondenceMap(Map<Integer, Integer> colours) {
    this.colours = Map.copyOf(colours);
  }

  /**
   * The colours of ranked exemplars. The same ranks have the same colours always.
   *
   * @param ranked as {@link Contribution#rank} gives them
   */
  public static CorrespondenceMap of(List<Contribution> ranked) {
    Map<Integer, Integer> colours = new HashMap<>();
    List<Integer> distinct = DistinctColours.all();
    for (int rank = 0; rank < ranked.size(); rank++) {
      int colour = rank < distinct.size() ? distinct.get(rank) : DistinctColours.muted(rank);
      colours.put(ranked.get(rank).exemplar(), colour);
    }
    return new CorrespondenceMap(colours);
  }

  /** How many exemplars, the most used, have a colour that no other has. */
  public static int distinctColours() {
    return DistinctColours.all().size();
  }

  /** The colour of an exemplar as 0xRRGGBB; {@link #UNMATCHED} for one that gave nothing. */
  public int colour(int exemplar) {
    return colours.getOrDefault(exemplar, UNMATCHED);
  }

  /**
   * Colours the patch of every query cell by the exemplar of its best match.
   *
   * @param height rows of the picture
   * @param width columns of the picture
   */
  public Picture draw(Field field, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    Patches down = new Patches(height, field.rows());
    Patches across = new Patches(width, field.columns());
    for (int row = 0; row < field.rows(); row++) {
      for (int column = 0; column < field.columns(); column++) {
        int colour = colour(field.exemplar()[field.at(row, column, 0)]);
        for (int y = down.first(row); y < down.end(row); y++) {
          for (int x = across.first(column); x < across.end(column); x++) {
            int at = (y * width + x) * 3;
            rgb[at] = (byte) (colour >> 16);
            rgb[at + 1] = (byte) (colour >> 8);
            rgb[at + 2] = (byte) colour;
          }
        }
      }
    }
    return new Picture(height, width, rgb);
  }
}
