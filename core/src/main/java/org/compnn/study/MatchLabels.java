package org.compnn.study;

import java.util.Arrays;
import org.compnn.CompNN;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.network.Layer;
import org.compnn.search.Field;

/**
 * The classes that the matches of a field carry: of each match the original class, then the class
 * that the network gives there, both at the middle of the matched cell.
 *
 * @param classes rows x columns x topK x 2, in the order of the field's arrays; {@link
 *     LabelMap#UNLABELLED} for none
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; no map key.
public record MatchLabels(byte[] classes) {
  /**
   * Looks them up, one training picture after the other.
   *
   * @param layer the layer matched
   * @throws IllegalArgumentException if the network gives no classes
   */
  public static MatchLabels of(CompNN compnn, Field field, Layer layer) {
    if (compnn.palette().size() == 0) {
      throw new IllegalArgumentException("the network gives no classes");
    }
    int exemplars = compnn.database().exemplars().size();
    int[] first = new int[exemplars + 1];
    for (int exemplar : field.exemplar()) {
      if (exemplar >= 0) {
        first[exemplar + 1]++;
      }
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] next = first.clone();
    int[] entries = new int[first[exemplars]];
    for (int at = 0; at < field.exemplar().length; at++) {
      if (field.exemplar()[at] >= 0) {
        entries[next[field.exemplar()[at]]++] = at;
      }
    }
    byte[] classes = new byte[2 * field.exemplar().length];
    Arrays.fill(classes, (byte) LabelMap.UNLABELLED);
    for (int exemplar = 0; exemplar < exemplars; exemplar++) {
      if (first[exemplar] == first[exemplar + 1]) {
        continue;
      }
      Raster own = compnn.database().prediction(exemplar);
      for (int i = first[exemplar]; i < first[exemplar + 1]; i++) {
        classes[2 * entries[i] + 1] = at(own, field, entries[i], layer);
      }
      if (compnn.database().hasTarget(exemplar)) {
        Raster original = compnn.database().target(exemplar);
        for (int i = first[exemplar]; i < first[exemplar + 1]; i++) {
          classes[2 * entries[i]] = at(original, field, entries[i], layer);
        }
      }
    }
    return new MatchLabels(classes);
  }

  private static byte at(Raster raster, Field field, int entry, Layer layer) {
    int row = (int) ((field.row()[entry] + 0.5) * raster.height() / layer.rows());
    int column = (int) ((field.column()[entry] + 0.5) * raster.width() / layer.columns());
    return raster instanceof LabelMap labels
        ? labels.classes()[row * raster.width() + column]
        : (byte) LabelMap.UNLABELLED;
  }
}
