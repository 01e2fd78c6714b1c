package org.compnn.bench.truth;

import org.compnn.compose.Mask;

/** A method that says which of the training set made the network do what it does in a region. */
interface Attributor {
  /** What the table calls it. */
  String name();

  /**
   * What it gives to each part of the training set.
   *
   * @param region pixels of the output
   * @param parts of the training set of the network that was asked
   * @return one number for each part, more for those that count more
   */
  double[] of(Asked asked, Mask region, Parts parts);

  /** What it gives to each training picture. */
  default double[] of(Asked asked, Mask region) {
    return of(asked, region, asked.subject().pictures());
  }
}
