package org.compnn.study;

import java.util.ArrayList;
import java.util.List;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;

/**
 * How much of a training set's labels each class has; it shows at a glance whether labels were read
 * as they were meant.
 *
 * @param classes in the order of their indices; empty for networks without classes
 * @param targets exemplars that have a target
 * @param unlabelled share of all their pixels without a label, 0..1
 * @param blank ids of exemplars whose target has no label at all
 */
public record ClassShares(List<Share> classes, int targets, double unlabelled, List<String> blank) {
  public ClassShares {
    classes = List.copyOf(classes);
    blank = List.copyOf(blank);
  }

  /**
   * One class.
   *
   * @param name of the class
   * @param share of all labelled pixels, 0..1
   * @param pictures how many exemplars have it
   */
  public record Share(String name, double share, int pictures) {}

  /** Counts all targets of a database, as they are stored: at the size of the network's output. */
  public static ClassShares of(Database database) {
    List<String> names = database.palette().map(Palette::names).orElse(List.of());
    long[] pixels = new long[LabelMap.UNLABELLED + 1];
    int[] pictures = new int[LabelMap.UNLABELLED + 1];
    List<String> blank = new ArrayList<>();
    int targets = 0;
    for (int i = 0; !names.isEmpty() && i < database.exemplars().size(); i++) {
      if (database.hasTarget(i) && database.target(i) instanceof LabelMap target) {
        targets++;
        if (!count(target, pixels, pictures)) {
          blank.add(database.exemplars().get(i).id());
        }
      }
    }
    if (targets == 0) {
      return new ClassShares(List.of(), 0, 0, List.of());
    }
    long labelled = 0;
    for (int c = 0; c < names.size(); c++) {
      labelled += pixels[c];
    }
    List<Share> shares = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      double share = labelled == 0 ? 0 : (double) pixels[c] / labelled;
      shares.add(new Share(names.get(c), share, pictures[c]));
    }
    long free = pixels[LabelMap.UNLABELLED];
    return new ClassShares(shares, targets, (double) free / (labelled + free), blank);
  }

  /** Whether there was any label. */
  private static boolean count(LabelMap target, long[] pixels, int[] pictures) {
    boolean[] seen = new boolean[pictures.length];
    for (byte label : target.classes()) {
      pixels[label & 0xff]++;
      seen[label & 0xff] = true;
    }
    boolean labelled = false;
    for (int c = 0; c < seen.length; c++) {
      pictures[c] += seen[c] ? 1 : 0;
      labelled |= seen[c] && c != LabelMap.UNLABELLED;
    }
    return labelled;
  }

  /** The names of the classes that no target has. */
  public List<String> missing() {
    return classes.stream().filter(c -> c.pictures == 0).map(Share::name).toList();
  }
}
