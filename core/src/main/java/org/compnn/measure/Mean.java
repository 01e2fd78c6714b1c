package org.compnn.measure;

/** A mean under way that leaves out what is undefined; of nothing it is undefined itself. */
final class Mean {
  private double sum;
  private int count;

  void addDefined(double value) {
    if (!Double.isNaN(value)) {
      sum += value;
      count++;
    }
  }

  double value() {
    return sum / count;
  }
}
