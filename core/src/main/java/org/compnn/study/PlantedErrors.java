package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.compnn.compose.Mask;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;

/**
 * Label errors of our own making, to measure a search for them: in some pictures a connected region
 * of one class is given another class of that data set. The database is not changed.
 *
 * @param changed the changed labels, by exemplar
 */
public record PlantedErrors(Map<Integer, LabelMap> changed) {
  /** A planted region covers at least this share of its picture ... */
  private static final double LEAST = 0.005;

  /** ... and at most this. */
  private static final double MOST = 0.25;

  public PlantedErrors {
    changed = Map.copyOf(changed);
  }

  /**
   * Plants errors.
   *
   * @param pictures in how many pictures, drawn evenly; fewer if not so many have a region of fit
   *     size
   * @param classes number of classes
   */
  public static PlantedErrors in(Database database, int pictures, int classes, long seed) {
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>();
    database.exemplars().forEach(e -> order.add(e.index()));
    Collections.shuffle(order, random);
    Map<Integer, LabelMap> changed = new TreeMap<>();
    for (int exemplar : order) {
      if (changed.size() == pictures) {
        break;
      }
      if (database.hasTarget(exemplar) && database.target(exemplar) instanceof LabelMap labels) {
        List<Mask> fit = fit(labels, classes);
        if (!fit.isEmpty()) {
          changed.put(
              exemplar, relabelled(labels, fit.get(random.nextInt(fit.size())), classes, random));
        }
      }
    }
    return new PlantedErrors(changed);
  }

  private static List<Mask> fit(LabelMap labels, int classes) {
    int pixels = labels.classes().length;
    List<Mask> fit = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      BitSet mask = new BitSet(pixels);
      for (int i = 0; i < pixels; i++) {
        mask.set(i, (labels.classes()[i] & 0xff) == label);
      }
      for (Mask part : new Mask(labels.height(), labels.width(), mask).components()) {
        if (part.count() >= LEAST * pixels && part.count() <= MOST * pixels) {
          fit.add(part);
        }
      }
    }
    return fit;
  }

  private static LabelMap relabelled(LabelMap labels, Mask region, int classes, Random random) {
    byte[] changed = labels.classes().clone();
    int old = changed[region.pixels().nextSetBit(0)] & 0xff;
    int other = (old + 1 + random.nextInt(classes - 1)) % classes;
    region.pixels().stream().forEach(i -> changed[i] = (byte) other);
    return new LabelMap(labels.height(), labels.width(), changed);
  }

  /** The labels with the errors in them. */
  public IntFunction<Raster> over(IntFunction<Raster> targets) {
    return exemplar -> {
      LabelMap planted = changed.get(exemplar);
      return planted == null ? targets.apply(exemplar) : planted;
    };
  }

  /**
   * How many of the first pictures of a ranking have planted errors.
   *
   * @param ranking exemplars, the most suspect first
   */
  public int found(List<Integer> ranking, int first) {
    Set<Integer> top = new HashSet<>(ranking.subList(0, Math.min(first, ranking.size())));
    top.retainAll(changed.keySet());
    return top.size();
  }
}
