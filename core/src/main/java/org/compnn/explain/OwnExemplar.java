package org.compnn.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.compnn.database.CellStore;
import org.compnn.image.Picture;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;

/**
 * Recognises a picture of the training set by its pixels.
 *
 * <p>Its activations are then those that are stored, whatever ran them: with other numbers of
 * threads, or on another machine, ONNX Runtime may round some of them differently, and a cell that
 * is its own nearest would lie a little off itself.
 */
final class OwnExemplar {
  /** One of so many cells matches in its own place, or pixels are not compared. */
  private static final int PLACED = 8;

  private OwnExemplar() {}

  /**
   * Gives every cell its own stored cell at distance 0 where the picture is an exemplar that may
   * match.
   *
   * @param field of all cells of the picture; it is changed
   * @param seen what the network saw of the picture
   * @param inputs what it saw of an exemplar
   */
  static void recognise(
      Field field,
      SearchSettings settings,
      CellStore store,
      Picture seen,
      IntFunction<Picture> inputs) {
    if (field.rows() != store.layer().rows() || field.columns() != store.layer().columns()) {
      return;
    }
    int exemplar = mostPlaced(field);
    if (exemplar >= 0 && same(seen, inputs.apply(exemplar))) {
      for (int cell = 0; cell < field.rows() * field.columns(); cell++) {
        // A hyperpatch of zeros has no direction, and is at distance 1 from itself too.
        boolean directed =
            settings.distance() == Distance.L2 || field.distance()[cell * field.topK()] != 1;
        if (directed && field.distance()[cell * field.topK()] != 0) {
          first(field, cell, exemplar);
        }
      }
    }
  }

  private static boolean same(Picture one, Picture other) {
    return one.height() == other.height()
        && one.width() == other.width()
        && Arrays.equals(one.rgb(), other.rgb());
  }

  /** The exemplar that most cells match in their own place; -1 for none of enough. */
  private static int mostPlaced(Field field) {
    Map<Integer, Integer> placed = new HashMap<>();
    int cells = field.rows() * field.columns();
    int best = -1;
    for (int cell = 0; cell < cells; cell++) {
      int at = cell * field.topK();
      if (field.exemplar()[at] >= 0 && inPlace(field, cell, at)) {
        int count = placed.merge(field.exemplar()[at], 1, Integer::sum);
        if (count > placed.getOrDefault(best, 0)) {
          best = field.exemplar()[at];
        }
      }
    }
    return placed.getOrDefault(best, 0) * PLACED >= cells ? best : -1;
  }

  private static boolean inPlace(Field field, int cell, int at) {
    return field.row()[at] == cell / field.columns()
        && field.column()[at] == cell % field.columns();
  }

  /** Puts a cell's own before the matches that it has; it is there once. */
  private static void first(Field field, int cell, int exemplar) {
    int from = cell * field.topK();
    int at = from;
    while (at < from + field.topK() - 1
        && !(field.exemplar()[at] == exemplar && inPlace(field, cell, at))) {
      at++;
    }
    for (; at > from; at--) {
      field.exemplar()[at] = field.exemplar()[at - 1];
      field.row()[at] = field.row()[at - 1];
      field.column()[at] = field.column()[at - 1];
      field.distance()[at] = field.distance()[at - 1];
    }
    field.exemplar()[from] = exemplar;
    field.row()[from] = cell / field.columns();
    field.column()[from] = cell % field.columns();
    field.distance()[from] = 0;
  }
}
