package org.compnn.bench.truth;

import java.util.List;
import org.compnn.compose.Mask;

/**
 * Several ways of our own method together: the mean of what they give.
 *
 * @param layers what the table calls them
 * @param ways each gives shares that add up to at most 1
 */
record Joint(String layers, List<Attributor> ways) implements Attributor {
  Joint {
    ways = List.copyOf(ways);
  }

  @Override
  public String name() {
    return "matches %s, p 1, l2, top %d".formatted(layers, Asked.MOST);
  }

  @Override
  public double[] of(Asked asked, Mask region, Parts parts) {
    double[] sums = new double[parts.size()];
    for (Attributor way : ways) {
      double[] given = way.of(asked, region, parts);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += given[i] / ways.size();
      }
    }
    return sums;
  }
}
