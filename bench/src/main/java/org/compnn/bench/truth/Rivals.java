package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.WeakHashMap;
import org.compnn.bench.truth.Parts.Part;
import org.compnn.compose.Mask;
import org.compnn.database.CellStore;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;

/** Cheaper ways to name what was learned from; made for one subject, since they look at it once. */
final class Rivals {
  private static final int SIDE = 8;

  private Rivals() {}

  /** All that a subject's network allows. */
  static List<Attributor> of(Subject subject) {
    List<Attributor> rivals = new ArrayList<>();
    rivals.add(new Chance(subject.compnn().network().hash().hashCode()));
    rivals.add(pooled(subject));
    rivals.add(colours(subject));
    if (subject.kind().labels()) {
      LastLayer last = new LastLayer(subject);
      rivals.add(last.tracIn());
      rivals.add(last.influence());
    }
    return rivals;
  }

  /**
   * Numbers that know nothing, the same for the same question of the same network.
   *
   * @param seed of the network
   */
  private record Chance(long seed) implements Attributor {
    @Override
    public String name() {
      return "random";
    }

    @Override
    public double[] of(Asked asked, Mask region, Parts parts) {
      Random random =
          new Random((seed * 31 + asked.example().id().hashCode()) * 31 + region.count());
      return random.doubles(parts.size()).toArray();
    }
  }

  /**
   * The cosine of mean activations: of whole pictures, as Captum's SimilarityInfluence has it, or
   * of regions.
   */
  private static Attributor pooled(Subject subject) {
    CellStore cells = subject.compnn().database().cells("penultimate");
    return new Similar("nearest, pooled features") {
      @Override
      double[][] describe(Parts parts) {
        return subject.each(
            parts,
            cells,
            (run, part) ->
                parts.whole() ? mean(run.layer(cells)) : mean(run.layer(cells), part.mask()));
      }

      @Override
      double[] describe(Asked asked, Mask region, boolean whole) {
        FeatureMap map = asked.run().layer(cells);
        return whole ? mean(map) : mean(map, region);
      }
    };
  }

  /** Pictures as 8 x 8 colours; regions as their mean colour. */
  private static Attributor colours(Subject subject) {
    return new Similar("nearest, pixel colours") {
      @Override
      double[][] describe(Parts parts) {
        double[][] known = new double[parts.size()][];
        for (int i = 0; i < known.length; i++) {
          Part part = parts.get(i);
          known[i] =
              describe(
                  subject.kind().input(subject.training().get(part.picture())),
                  part.mask(),
                  parts.whole());
        }
        return known;
      }

      @Override
      double[] describe(Asked asked, Mask region, boolean whole) {
        return describe(subject.kind().input(asked.example()), region, whole);
      }

      private double[] describe(Picture picture, Mask region, boolean whole) {
        return whole ? small(picture) : colour(picture, region.pixels());
      }
    };
  }

  private abstract static class Similar implements Attributor {
    private final String name;
    private final Map<Parts, double[][]> known = new WeakHashMap<>();

    Similar(String name) {
      this.name = name;
    }

    /** What is known of each part. */
    abstract double[][] describe(Parts parts);

    /** The same of a region that is asked about, or of its whole picture. */
    abstract double[] describe(Asked asked, Mask region, boolean whole);

    @Override
    public String name() {
      return name;
    }

    @Override
    public double[] of(Asked asked, Mask region, Parts parts) {
      double[] wanted = describe(asked, region, parts.whole());
      double[][] all = known.computeIfAbsent(parts, this::describe);
      double[] similar = new double[all.length];
      for (int i = 0; i < all.length; i++) {
        similar[i] = product(wanted, all[i]) / Math.sqrt(squared(wanted) * squared(all[i]) + 1e-12);
      }
      return similar;
    }
  }

  private static double[] mean(FeatureMap map) {
    double[] mean = new double[map.channels()];
    for (int i = 0; i < map.cells().length; i++) {
      mean[i % map.channels()] += map.cells()[i];
    }
    return mean;
  }

  private static double[] mean(FeatureMap map, Mask region) {
    if (map.rows() != region.height() || map.columns() != region.width()) {
      throw new IllegalArgumentException("expected a cell for each pixel");
    }
    double[] mean = new double[map.channels()];
    for (int p : region.pixels().stream().toArray()) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += map.cells()[p * mean.length + c];
      }
    }
    return mean;
  }

  /** A picture of 8 x 8 means, each colour less the mean of the scale. */
  private static double[] small(Picture picture) {
    double[] small = new double[SIDE * SIDE * 3];
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        int block = row * SIDE / picture.height() * SIDE + column * SIDE / picture.width();
        for (int c = 0; c < 3; c++) {
          int level = picture.rgb()[(row * picture.width() + column) * 3 + c] & 0xff;
          small[block * 3 + c] += level - 127.5;
        }
      }
    }
    return small;
  }

  private static double[] colour(Picture picture, BitSet pixels) {
    double[] colour = new double[3];
    for (int p : pixels.stream().toArray()) {
      for (int c = 0; c < 3; c++) {
        colour[c] += (picture.rgb()[p * 3 + c] & 0xff) - 127.5;
      }
    }
    return colour;
  }

  static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double squared(double[] a) {
    return product(a, a);
  }
}
