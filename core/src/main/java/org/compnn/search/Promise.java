package org.compnn.search;

import java.io.Serializable;

/**
 * What a quality promises of a layer's fields, as it was measured when the layer's lists were made,
 * on training cells whose own exemplars were left out.
 *
 * @param promised the mean distance of matches over that of the nearest ones, at the most
 * @param reached the same, as it was measured
 * @param cells on how many cells
 */
public record Promise(double promised, double reached, int cells) implements Serializable {
  /** Whether the search could be made so thorough. */
  public boolean kept() {
    return reached <= promised;
  }
}
