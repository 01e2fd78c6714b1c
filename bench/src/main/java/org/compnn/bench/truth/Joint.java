package org.compnn.bench.truth;

import java.util.List;
import org.compnn.compose.Mask;

/**
 * Several ways of our own method together: the mean of what they give.
 *
 * @param layers what the table calls them
 * @param parts each gives shares that add up to at most 1
 */
record Joint(String layers, List<Attributor> parts) implements Attributor {
  Joint {
    parts = List.copyOf(parts);
  }

  @Override
  public String name() {
    return "matches %s, p 1, l2, top %d".formatted(layers, Asked.MOST);
  }

  @Override
  public double[] of(Asked asked, Mask region) {
    double[] sums = new double[asked.subject().training().size()];
    for (Attributor part : parts) {
      double[] given = part.of(asked, region);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += given[i] / parts.size();
      }
    }
    return sums;
  }
}
