package org.compnn.network;

import java.util.Collections;
import java.util.List;
import org.compnn.image.Resample;

/**
 * How a picture becomes a network's input: resized, scaled, normalised; as in Hugging Face's {@code
 * preprocessor_config.json}.
 *
 * @param size rows and columns of the input
 * @param resize whether pictures of another size are resized; otherwise they are refused
 * @param resample how they are resized
 * @param scale what a pixel's value 0..255 is multiplied by
 * @param mean what is then taken off, per channel
 * @param deviation what the rest is then divided by, per channel
 * @param flipped whether the channels come as blue, green, red
 * @param framing how pictures of any size are laid into the input
 */
public record Preprocessing(
    Size size,
    boolean resize,
    Resample resample,
    double scale,
    List<Double> mean,
    List<Double> deviation,
    boolean flipped,
    Framing framing) {
  public Preprocessing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /** Channels of the input: 1 (grey) or 3. */
  public int channels() {
    return mean.size();
  }

  /**
   * The same with pixels that become other numbers.
   *
   * @param otherMean one number, or one per channel
   * @param otherDeviation one number, or one per channel
   */
  public Preprocessing with(
      double otherScale,
      List<Double> otherMean,
      List<Double> otherDeviation,
      boolean otherFlipped) {
    return new Preprocessing(
        size,
        resize,
        resample,
        otherScale,
        each(otherMean),
        each(otherDeviation),
        otherFlipped,
        framing);
  }

  private List<Double> each(List<Double> numbers) {
    return numbers.size() == channels()
        ? numbers
        : Collections.nCopies(channels(), numbers.getFirst());
  }

  /** What each value of a pixel becomes, [channel][value]. */
  float[][] tables() {
    float[][] tables = new float[channels()][256];
    for (int c = 0; c < channels(); c++) {
      for (int value = 0; value < 256; value++) {
        tables[c][value] = (float) ((value * scale - mean.get(c)) / deviation.get(c));
      }
    }
    return tables;
  }
}
