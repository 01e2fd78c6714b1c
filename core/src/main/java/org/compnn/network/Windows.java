package org.compnn.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one length that cover an axis of a picture, and which of them counts where: where
 * two overlap, each has the half nearer to it, since a window sees least at its edges.
 *
 * @param pixels of the picture, 1 or more
 * @param window pixels of a window
 * @param starts the first pixel of each window, ascending from 0; the last window may reach beyond
 *     the picture
 * @param bounds the first pixel that each window counts at, then the end of the last
 */
record Windows(int pixels, int window, List<Integer> starts, List<Integer> bounds) {
  Windows {
    starts = List.copyOf(starts);
    bounds = List.copyOf(bounds);
  }

  /**
   * Spreads windows evenly.
   *
   * @param overlap that neighbours have at least
   * @param unit what all starts and bounds are multiples of; at most window - overlap
   */
  static Windows of(int pixels, int window, int overlap, int unit) {
    int last = (Math.max(0, pixels - window) + unit - 1) / unit * unit;
    int step = (window - overlap) / unit * unit;
    int steps = (last + step - 1) / step;
    List<Integer> starts = new ArrayList<>(List.of(0));
    List<Integer> bounds = new ArrayList<>(List.of(0));
    for (int i = 1; i <= steps; i++) {
      int before = starts.getLast();
      int start = (int) ((long) last * i / steps) / unit * unit;
      starts.add(start);
      bounds.add((start + before + window) / 2 / unit * unit);
    }
    bounds.add(last + window);
    return new Windows(pixels, window, starts, bounds);
  }

  boolean several() {
    return starts.size() > 1;
  }

  boolean whole() {
    return !several() && window == pixels;
  }

  /**
   * Pixels between places where a tensor's cells begin with a pixel.
   *
   * @param cells that it has in one window
   */
  int unit(int cells) {
    return window / gcd(window, cells);
  }

  /** Whether cells of neighbouring windows lie on one grid. */
  boolean joins(int cells) {
    int unit = unit(cells);
    return starts.stream().allMatch(s -> s % unit == 0)
        && bounds.stream().allMatch(b -> b % unit == 0);
  }

  /** Cells over the picture of a tensor that has so many in one window. */
  int cells(int inWindow) {
    return whole() ? inWindow : Math.max(1, Math.ceilDiv(pixels * inWindow, window));
  }

  /** The first cell that a window counts at; for the number of windows, the end of the last. */
  int bound(int number, int inWindow) {
    return Math.min(cells(inWindow), (int) ((long) bounds.get(number) * inWindow / window));
  }

  /** The cell that is the first one of a window. */
  int start(int number, int inWindow) {
    return (int) ((long) starts.get(number) * inWindow / window);
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
