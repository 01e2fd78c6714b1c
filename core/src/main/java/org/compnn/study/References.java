package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far cells of training pictures are from their best matches in other training pictures: what a
 * distance is measured against to call a cell familiar or not.
 *
 * @param quantiles the distances that 0, 1, ... 100 % of the cells are within; empty where none was
 *     to be had
 * @param classes the same for the cells of each class of the network's output; empty for those with
 *     few cells, and altogether for networks without classes
 * @param cells how many cells these are of
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; references are no map key.
public record References(float[] quantiles, List<Optional<float[]>> classes, long cells) {
  /** Nothing is known: no distance has a percentile, and none is novel. */
  public static final References UNKNOWN = new References(new float[0], List.of(), 0);

  /** The percentile beyond which a match counts as novel. */
  public static final int NOVEL = 99;

  private static final int STEPS = 101;
  private static final int LEAST_OF_A_CLASS = 200;

  public References {
    classes = List.copyOf(classes);
    if (quantiles.length != 0 && quantiles.length != STEPS) {
      throw new IllegalArgumentException("101 quantiles are wanted, not " + quantiles.length);
    }
  }

  /**
   * Distances of the best matches of one training picture's cells.
   *
   * @param distance of each cell
   * @param label class of the network's output at each cell; empty for networks without classes
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity; no map key.
  public record Sample(float[] distance, byte[] label) {}

  /**
   * From the distances of some training pictures' cells.
   *
   * @param labels how many classes there are; 0 for networks without
   */
  public static References of(List<Sample> samples, int labels) {
    int most = samples.stream().mapToInt(sample -> sample.distance().length).sum();
    float[] all = of(samples, most, -1);
    if (all.length == 0) {
      return UNKNOWN;
    }
    List<Optional<float[]>> classes = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      float[] own = of(samples, most, label);
      classes.add(own.length < LEAST_OF_A_CLASS ? Optional.empty() : Optional.of(quantiles(own)));
    }
    return new References(quantiles(all), classes, all.length);
  }

  /** All distances, or those of a class. */
  private static float[] of(List<Sample> samples, int most, int label) {
    float[] all = new float[most];
    int n = 0;
    for (Sample sample : samples) {
      for (int cell = 0; cell < sample.distance().length; cell++) {
        boolean of =
            label < 0 || (sample.label().length > 0 && (sample.label()[cell] & 0xff) == label);
        if (of && Float.isFinite(sample.distance()[cell])) {
          all[n++] = sample.distance()[cell];
        }
      }
    }
    return Arrays.copyOf(all, n);
  }

  private static float[] quantiles(float[] all) {
    Arrays.sort(all);
    float[] quantiles = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      quantiles[step] = all[(int) (step / 100.0 * (all.length - 1))];
    }
    return quantiles;
  }

  public boolean known() {
    return quantiles.length > 0;
  }

  /** The distance beyond which a match counts as novel; infinite where nothing is known. */
  public float novelDistance() {
    return known() ? quantiles[NOVEL] : Float.POSITIVE_INFINITY;
  }

  /**
   * How many of a hundred training cells have a match that is nearer than this, 0 to 100; nothing
   * where nothing is known.
   */
  public OptionalInt percentile(float distance) {
    return known() ? OptionalInt.of(percentile(quantiles, distance)) : OptionalInt.empty();
  }

  /** The same among the cells of one class, where there are enough of them; else among all. */
  public OptionalInt percentile(float distance, int label) {
    return label >= 0 && label < classes.size() && classes.get(label).isPresent()
        ? OptionalInt.of(percentile(classes.get(label).get(), distance))
        : percentile(distance);
  }

  private static int percentile(float[] quantiles, float distance) {
    int below = 0;
    while (below < 100 && quantiles[below + 1] <= distance) {
      below++;
    }
    return below;
  }
}
