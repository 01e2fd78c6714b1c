package org.compnn.measure;

import java.util.List;

/**
 * The metrics of one picture.
 *
 * @param picture its name
 * @param values in the order of the columns
 */
public record PictureScore(String picture, List<Double> values) {
  public PictureScore {
    values = List.copyOf(values);
  }
}
