package org.compnn.kernels;

/** Takes the mean of its channel from every number and divides by the channel's deviation. */
public final class Standardisation {
  /** Numbers a pass of the inner loop, so that layers of few channels run in long loops too. */
  private static final int RUN = 1024;

  /** Numbers of a vector at the most; a pass ends where one does. */
  private static final int VECTOR = 64;

  private final float[] mean;
  private final float[] inverse;

  public Standardisation(float[] mean, float[] deviation) {
    int channels = mean.length;
    int whole = channels * VECTOR / Math.min(VECTOR, Integer.lowestOneBit(channels));
    int run = Math.ceilDiv(RUN, whole) * whole;
    this.mean = new float[run];
    this.inverse = new float[run];
    for (int i = 0; i < run; i++) {
      this.mean[i] = mean[i % channels];
      this.inverse[i] = 1 / deviation[i % channels];
    }
  }

  /** Numbers that means and inverses are repeated over: whole cells and whole vectors. */
  int run() {
    return mean.length;
  }

  /** The mean of each number's channel. */
  float[] mean() {
    return mean;
  }

  /** One over the deviation of each number's channel. */
  float[] inverse() {
    return inverse;
  }

  /** Standardises {@code count} numbers in place, whole cells from index {@code at}. */
  public void apply(float[] numbers, int at, int count) {
    for (int done = 0; done < count; done += mean.length) {
      run(numbers, at + done, Math.min(mean.length, count - done));
    }
  }

  private void run(float[] numbers, int at, int count) {
    for (int i = 0; i < count; i++) {
      numbers[at + i] = (numbers[at + i] - mean[i]) * inverse[i];
    }
  }
}
