package org.compnn.compose;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.network.Layer;
import org.compnn.search.Field;

/** Which pixels of the training pictures a composition is cut from. */
public final class UsedRegions {
  private UsedRegions() {}

  /**
   * The pixels under the matched cells, exemplar by exemplar, by index.
   *
   * @param field the correspondences; the best match of a cell counts
   * @param layer the layer matched, as the database has it
   * @param height rows of the exemplars' pictures
   * @param width columns of the exemplars' pictures
   */
  public static Map<Integer, Mask> of(Field field, Layer layer, int height, int width) {
    Patches down = new Patches(height, layer.rows());
    Patches across = new Patches(width, layer.columns());
    Map<Integer, BitSet> used = new TreeMap<>();
    for (int at = 0; at < field.exemplar().length; at += field.topK()) {
      if (field.exemplar()[at] < 0) {
        continue;
      }
      BitSet pixels = used.computeIfAbsent(field.exemplar()[at], _ -> new BitSet(height * width));
      int left = across.first(field.column()[at]);
      int right = across.end(field.column()[at]);
      for (int y = down.first(field.row()[at]); y < down.end(field.row()[at]); y++) {
        pixels.set(y * width + left, y * width + right);
      }
    }
    Map<Integer, Mask> masks = new LinkedHashMap<>();
    used.forEach((exemplar, pixels) -> masks.put(exemplar, new Mask(height, width, pixels)));
    return masks;
  }
}
