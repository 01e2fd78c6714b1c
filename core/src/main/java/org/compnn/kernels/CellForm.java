package org.compnn.kernels;

import org.compnn.npy.ElementType;

/**
 * How the cells of a layer are stored, and the terms in which they are compared: standardised, and
 * turned into principal axes where they are coded. Distances and angles are the same in either.
 */
public interface CellForm extends StandardisedReader {
  /**
   * Replaces numbers of whole cells, in the network's terms, by what {@link #read} would give had
   * they been stored.
   */
  void standardise(float[] numbers);

  /** Turns {@code count} numbers of whole cells back into the network's own terms, in place. */
  void restore(float[] numbers, int at, int count);

  /**
   * The form of a layer.
   *
   * @param mean per channel
   * @param deviation per channel
   * @param scale see {@link CellCodec}
   */
  static CellForm of(ElementType type, float[] mean, float[] deviation, float[] scale) {
    return type == ElementType.CODED
        ? new TransformCode(scale)
        : new ChannelForm(type, mean, deviation, scale);
  }
}
