package org.compnn.explain;

import java.util.Arrays;
import java.util.Optional;
import org.compnn.database.Database;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.search.Field;

/**
 * Takes padding out of a field. Cells without picture repeat the nearest cell with some, in queries
 * and in a database, so a match there is a match of that cell; and a query's own need none.
 */
final class HeldMatches {
  private final Database database;
  private final Layer layer;

  HeldMatches(Database database, Layer layer) {
    this.database = database;
    this.layer = layer;
  }

  /**
   * A field of cells that hold picture.
   *
   * @param frame of the query
   */
  Field of(Field found, Frame frame) {
    Frame.Region held = frame.held(found.rows(), found.columns());
    Field field =
        new Field(
            found.rows(),
            found.columns(),
            found.topK(),
            found.exemplar().clone(),
            found.row().clone(),
            found.column().clone(),
            found.distance().clone());
    int k = field.topK();
    for (int cell = 0; cell < field.rows() * field.columns(); cell++) {
      if (held.contains(cell / field.columns(), cell % field.columns())) {
        move(field, cell * k, cell * k + k);
      } else {
        forget(field, cell * k, cell * k + k);
      }
    }
    return field;
  }

  /** Moves matches to the cells that they repeat; of several that come together one stays. */
  private void move(Field field, int from, int to) {
    int kept = from;
    for (int i = from; i < to; i++) {
      int exemplar = field.exemplar()[i];
      Optional<Frame> frame = exemplar < 0 ? Optional.empty() : database.frame(exemplar);
      int row = field.row()[i];
      int column = field.column()[i];
      if (frame.isPresent() && !frame.get().isWhole()) {
        Frame.Region held = frame.get().held(layer.rows(), layer.columns());
        row = held.nearestRow(row);
        column = held.nearestColumn(column);
      }
      if (!known(field, from, kept, exemplar, row, column)) {
        field.exemplar()[kept] = exemplar;
        field.row()[kept] = row;
        field.column()[kept] = column;
        field.distance()[kept] = field.distance()[i];
        kept++;
      }
    }
    forget(field, kept, to);
  }

  private static boolean known(Field field, int from, int to, int exemplar, int row, int column) {
    for (int i = from; i < to; i++) {
      if (exemplar >= 0
          && field.exemplar()[i] == exemplar
          && field.row()[i] == row
          && field.column()[i] == column) {
        return true;
      }
    }
    return false;
  }

  private static void forget(Field field, int from, int to) {
    Arrays.fill(field.exemplar(), from, to, -1);
    Arrays.fill(field.row(), from, to, -1);
    Arrays.fill(field.column(), from, to, -1);
    Arrays.fill(field.distance(), from, to, Float.POSITIVE_INFINITY);
  }
}
