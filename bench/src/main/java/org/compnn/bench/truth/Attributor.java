package org.compnn.bench.truth;

import org.compnn.compose.Mask;

/** A method that says which training pictures made the network do what it does in a region. */
interface Attributor {
  /** What the table calls it. */
  String name();

  /**
   * What it gives to each training picture.
   *
   * @param region pixels of the output
   * @return one number for each of the subject's training pictures, more for those that count more
   */
  double[] of(Asked asked, Mask region);
}
