package org.compnn.generate;

/** What a surface looks like, point by point. */
@FunctionalInterface
interface Material {
  /**
   * @param x in scene units, 0..100
   * @param y in scene units, 0..100
   * @param rgb three numbers in 0..1: what is there already when called, what is there now after it
   */
  void paint(double x, double y, float[] rgb);
}
