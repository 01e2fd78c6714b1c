package org.compnn.kernels;

import jdk.incubator.vector.VectorShape;

/**
 * How long vectors are: as the machine likes them best, or as many bits as a system property says.
 * One that is wider than the machine's own registers works too, but slowly.
 */
final class Width {
  /** Names the bits: 64, 128, 256 or 512. */
  static final String BITS = "org.compnn.kernels.bits";

  static final VectorShape SHAPE = shape();

  private Width() {}

  private static VectorShape shape() {
    int bits = Integer.getInteger(BITS, 0);
    return bits == 0 ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
  }
}
