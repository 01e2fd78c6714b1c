package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.compnn.compose.Mask;

/** Connected pixels of one key, found without a mask for every speck. */
final class WrongRegions {
  private WrongRegions() {}

  /** What a pixel outside of all regions has for a key. */
  static final int NONE = -1;

  /**
   * A connected region.
   *
   * @param key that of its pixels
   */
  record Part(int key, Mask mask) {}

  private record Found(int key, int first, int size) {}

  /**
   * The largest regions; of the last few places each goes to a key that has none yet, so that no
   * frequent mistake hides a rare one.
   *
   * @param key of each pixel
   * @param most how many
   * @return the largest first
   */
  static List<Part> of(int[] key, int height, int width, int most) {
    int[] open = new int[key.length];
    BitSet seen = new BitSet(key.length);
    List<Found> found = new ArrayList<>();
    for (int pixel = 0; pixel < key.length; pixel++) {
      if (key[pixel] != NONE && !seen.get(pixel)) {
        int size = fill(key, height, width, pixel, seen, open);
        found.add(new Found(key[pixel], pixel, size));
      }
    }
    found.sort(Comparator.comparingInt(Found::size).reversed());
    List<Found> chosen = new ArrayList<>();
    Set<Integer> keys = new HashSet<>();
    int plain = most - most / 3;
    for (Found each : found) {
      if (chosen.size() < plain || (chosen.size() < most && !keys.contains(each.key()))) {
        chosen.add(each);
        keys.add(each.key());
      }
    }
    for (Found each : found) {
      if (chosen.size() < most && !chosen.contains(each)) {
        chosen.add(each);
      }
    }
    chosen.sort(Comparator.comparingInt(Found::size).reversed());
    List<Part> parts = new ArrayList<>();
    for (Found each : chosen) {
      BitSet own = new BitSet(key.length);
      fill(key, height, width, each.first(), own, open);
      parts.add(new Part(each.key(), new Mask(height, width, own)));
    }
    return parts;
  }

  /** Marks the region around a pixel; returns its size. */
  private static int fill(int[] key, int height, int width, int first, BitSet seen, int[] open) {
    int waiting = 0;
    int size = 0;
    open[waiting++] = first;
    seen.set(first);
    while (waiting > 0) {
      int pixel = open[--waiting];
      size++;
      int row = pixel / width;
      int column = pixel % width;
      waiting = visit(key, pixel, pixel - width, row > 0, seen, open, waiting);
      waiting = visit(key, pixel, pixel + width, row < height - 1, seen, open, waiting);
      waiting = visit(key, pixel, pixel - 1, column > 0, seen, open, waiting);
      waiting = visit(key, pixel, pixel + 1, column < width - 1, seen, open, waiting);
    }
    return size;
  }

  private static int visit(
      int[] key, int from, int to, boolean inside, BitSet seen, int[] open, int waiting) {
    if (!inside || key[to] != key[from] || seen.get(to)) {
      return waiting;
    }
    seen.set(to);
    open[waiting] = to;
    return waiting + 1;
  }
}
