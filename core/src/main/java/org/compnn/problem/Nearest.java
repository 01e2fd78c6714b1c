package org.compnn.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that are there, nearest first, for a message about one that is not. Names are near that
 * differ in few letters (Damerau and Levenshtein's distance over the length; capitals do not
 * count), or that hold what was asked for.
 */
public final class Nearest {
  /** Names that one line has room for. */
  public static final int MOST = 12;

  /** Above this share of other letters, a name is not what was meant. */
  private static final double LIKELY = 0.4;

  /** A part of a name is a common way to ask. */
  private static final double PART = 0.25;

  private Nearest() {}

  private record Near(String name, double distance) {}

  private static List<Near> sorted(String asked, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream()
        .filter(seen::add)
        .map(name -> new Near(name, distance(asked, name)))
        .sorted(Comparator.comparingDouble(Near::distance))
        .toList();
  }

  /**
   * The names nearest to one, the nearest first; equally near ones stay in their order.
   *
   * @param most how many of them
   */
  public static List<String> of(String asked, Collection<String> names, int most) {
    return sorted(asked, names).stream().limit(most).map(Near::name).toList();
  }

  /** Those that may have been meant, three at most. */
  public static List<String> likely(String asked, Collection<String> names) {
    return sorted(asked, names).stream()
        .filter(near -> near.distance() <= LIKELY)
        .limit(3)
        .map(Near::name)
        .toList();
  }

  /**
   * What a message ends with: the nearest names, a dozen at most, and how many more there are.
   *
   * @param none what it says where there are no names
   */
  public static String line(String asked, Collection<String> names, String none) {
    List<String> all = sorted(asked, names).stream().map(Near::name).toList();
    if (all.isEmpty()) {
      return none;
    }
    String listed =
        all.stream().limit(MOST).collect(Collectors.joining("', '", "the closest are '", "'"));
    return all.size() > MOST ? listed + " and " + (all.size() - MOST) + " more" : listed;
  }

  /** 0 for the same name, 1 for one that has nothing in common. */
  static double distance(String asked, String name) {
    String a = asked.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    double distance = (double) edits(a, b) / Math.max(1, Math.max(a.length(), b.length()));
    return !a.isEmpty() && b.contains(a) ? distance * PART : distance;
  }

  /** Letters put in, left out, changed or swapped with their neighbour. */
  static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] free = before;
      before = above;
      above = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
    }
    return row[b.length()];
  }
}
