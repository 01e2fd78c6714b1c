package org.compnn.bench.truth;

import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import org.compnn.compose.Mask;

/**
 * Nearest cells of the penultimate layer, searched one by one for some of a region's pixels, by
 * distances or among cells that the program's own search does not have: tried out.
 */
final class Reweighted implements Attributor {
  /** Pixels of a region that are looked up, spread evenly. */
  private static final int LOOKED_UP = 12;

  private static final int NEAREST = Asked.MOST;

  /** Of so many training cells one is searched. */
  private static final int EVERY = 5;

  private final By by;
  private final Map<Subject, float[]> weights = new WeakHashMap<>();

  /** What is changed. */
  enum By {
    /** Channels count by the squares of the last layer's weights. */
    HEAD("channels by the head's weights"),
    /** Channels count by the mean squares of the loss's gradient. */
    GRADIENT("channels by squared gradients"),
    /** Cells taught the label given here, by how much nearer they are than any other. */
    CONTRAST("contrast");

    private final String label;

    By(String label) {
      this.label = label;
    }
  }

  Reweighted(By by) {
    this.by = by;
  }

  @Override
  public String name() {
    return "matches penultimate, p 1, l2, top %d, %s".formatted(NEAREST, by.label);
  }

  @Override
  public double[] of(Asked asked, Mask region, Parts parts) {
    Subject subject = asked.subject();
    Head head = subject.head();
    Head.Cells here = head.of(asked);
    float[] channels = weights.computeIfAbsent(subject, this::weights);
    double[] sums = new double[parts.size()];
    int[] all = region.pixels().stream().toArray();
    int step = Math.ceilDiv(all.length, LOOKED_UP);
    for (int i = step / 2; i < all.length; i += step) {
      add(sums, head, here, all[i], channels, parts);
    }
    return sums;
  }

  private float[] weights(Subject subject) {
    Head head = subject.head();
    return switch (by) {
      case HEAD -> head.squares(false);
      case GRADIENT -> head.squares(true);
      case CONTRAST -> {
        float[] ones = new float[head.of(0).features().channels()];
        Arrays.fill(ones, 1);
        yield ones;
      }
    };
  }

  /** Adds what one pixel's nearest cells say. */
  private void add(
      double[] sums, Head head, Head.Cells here, int pixel, float[] channels, Parts parts) {
    int label = here.said(pixel);
    float[] distance = new float[NEAREST];
    long[] where = new long[NEAREST];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    float other = Float.POSITIVE_INFINITY;
    float[] query = new float[channels.length];
    System.arraycopy(here.features().cells(), pixel * channels.length, query, 0, channels.length);
    for (int picture = 0; picture < head.size(); picture++) {
      Head.Cells there = head.of(picture);
      float[] cells = there.features().cells();
      for (int p = 0; p < cells.length / channels.length; p += EVERY) {
        float d = 0;
        for (int c = 0; c < channels.length; c++) {
          float difference = query[c] - cells[p * channels.length + c];
          d += channels[c] * difference * difference;
        }
        if (by == By.CONTRAST && there.label(p) != label) {
          other = Math.min(other, d);
        } else if (d < distance[NEAREST - 1]) {
          insert(distance, where, d, (long) picture << 32 | p);
        }
      }
    }
    for (int k = 0; k < NEAREST; k++) {
      if (Float.isInfinite(distance[k])) {
        break;
      }
      int part = parts.at((int) (where[k] >> 32), (int) where[k]);
      if (part >= 0) {
        sums[part] += by == By.CONTRAST ? Math.max(0, 1 - distance[k] / other) : 1;
      }
    }
  }

  private static void insert(float[] distance, long[] where, float d, long at) {
    int k = NEAREST - 1;
    while (k > 0 && distance[k - 1] > d) {
      distance[k] = distance[k - 1];
      where[k] = where[k - 1];
      k--;
    }
    distance[k] = d;
    where[k] = at;
  }
}
