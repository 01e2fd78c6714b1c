package org.compnn.database;

import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;
import org.compnn.network.Output;
import org.compnn.network.Probabilities;

/**
 * How well a network learned what it was taught: its probability of an exemplar's original label at
 * each pixel, at the size of its output. A byte holds the logarithm of p / (1 - p) in sixteenths,
 * -127..127 behind 128, so that small doubts are told apart; 0 where there is no label. So
 * probabilities are kept between 0.0004 and 0.9996, and are off by 0.008 at most.
 *
 * @param bytes as they are stored, a byte for each pixel; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Learned(byte[] bytes) {
  private static final int STEPS = 16;
  private static final int EVEN = 128;
  private static final int MOST = 127;
  private static final float[] PROBABILITIES = probabilities();

  /** How one picture's labels were learned. */
  public static Learned of(FeatureMap scores, Output output, LabelMap given) {
    byte[] bytes = new byte[given.classes().length];
    for (int pixel = 0; pixel < bytes.length; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      if (label != LabelMap.UNLABELLED) {
        bytes[pixel] = stored(Probabilities.of(scores, output, pixel, label));
      }
    }
    return new Learned(bytes);
  }

  /** A picture without labels. */
  public static Learned none(int pixels) {
    return new Learned(new byte[pixels]);
  }

  /** The network's probability of the original label of a pixel; NaN without a label. */
  public float probability(int pixel) {
    return PROBABILITIES[bytes[pixel] & 0xff];
  }

  private static byte stored(double probability) {
    long steps = Math.round(STEPS * Math.log(probability / (1 - probability)));
    return (byte) (EVEN + Math.clamp(steps, -MOST, MOST));
  }

  private static float[] probabilities() {
    float[] all = new float[256];
    all[0] = Float.NaN;
    for (int i = 1; i < all.length; i++) {
      all[i] = (float) (1 / (1 + Math.exp((double) (EVEN - i) / STEPS)));
    }
    return all;
  }
}
