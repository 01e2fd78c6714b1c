package org.compnn.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.compnn.image.LabelMap;

/**
 * What a data set hides on purpose, so that an explanation can be asked to find it.
 *
 * @param awnings ids of the only exemplars that have a striped awning
 * @param mislabelled the regions whose labels are wrong
 */
public record Planted(List<String> awnings, List<Mislabelled> mislabelled) {
  /** How many exemplars have the awning. */
  public static final int AWNINGS = 3;

  /** How many of a hundred buildings of a mistaken style are labelled wrongly. */
  private static final int MISTAKEN_PERCENT = 90;

  /** The fewest exemplars that a planted data set can have. */
  public static final int FEWEST = 8;

  public Planted {
    awnings = List.copyOf(awnings);
    mislabelled = List.copyOf(mislabelled);
  }

  /**
   * A region in which every pixel of a class carries another's label.
   *
   * @param id the exemplar
   * @param left first column, in pixels
   * @param top first row
   * @param width columns
   * @param height rows
   * @param is the true class
   * @param labelled the class in the data set
   * @param pixels how many pixels are wrong
   */
  public record Mislabelled(
      String id,
      int left,
      int top,
      int width,
      int height,
      String is,
      String labelled,
      int pixels) {}

  /** Which exemplars carry what, before anything is drawn. */
  record Plan(List<Integer> awnings, List<Integer> mislabelled) {
    static Plan none() {
      return new Plan(List.of(), List.of());
    }

    /** Three awnings, and one mislabelled exemplar in thirty, at least two. */
    static Plan of(long seed, int count) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(seed));
      int wrong = Math.max(2, count / 30);
      return new Plan(
          order.subList(0, AWNINGS).stream().sorted().toList(),
          order.subList(AWNINGS, AWNINGS + wrong).stream().sorted().toList());
    }
  }

  /**
   * Labels the windows of one region as doors: the region of a third of the picture's width and a
   * quarter of its height that holds most window pixels, the first of equals.
   *
   * @return the changed map, and what was changed in it
   */
  static Map.Entry<LabelMap, Mislabelled> mislabel(String id, LabelMap labels) {
    int width = labels.width() / 3;
    int height = labels.height() / 4;
    int step = Math.max(1, labels.width() / 16);
    TreeMap<Integer, int[]> places = new TreeMap<>(Collections.reverseOrder());
    for (int top = 0; top + height <= labels.height(); top += step) {
      for (int left = 0; left + width <= labels.width(); left += step) {
        int[] place = {left, top};
        places.putIfAbsent(count(labels, left, top, width, height), place);
      }
    }
    int left = places.firstEntry().getValue()[0];
    int top = places.firstEntry().getValue()[1];
    return relabelled(id, labels, left, top, width, height);
  }

  /**
   * Whether a building of the style that is mistaken has its windows labelled as doors: most do.
   */
  static boolean isMistaken(long seed, int index) {
    return new SplittableRandom(31 * seed + index).nextInt(100) < MISTAKEN_PERCENT;
  }

  /**
   * Labels all windows as doors.
   *
   * @return the changed map, and what was changed in it
   */
  static Map.Entry<LabelMap, Mislabelled> mistake(String id, LabelMap labels) {
    return relabelled(id, labels, 0, 0, labels.width(), labels.height());
  }

  private static Map.Entry<LabelMap, Mislabelled> relabelled(
      String id, LabelMap labels, int left, int top, int width, int height) {
    byte[] classes = labels.classes().clone();
    int pixels = 0;
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        if (labels.label(row, column) == FacadeClass.WINDOW.code()) {
          classes[row * labels.width() + column] = (byte) FacadeClass.DOOR.code();
          pixels++;
        }
      }
    }
    return Map.entry(
        new LabelMap(labels.height(), labels.width(), classes),
        new Mislabelled(
            id,
            left,
            top,
            width,
            height,
            FacadeClass.WINDOW.label(),
            FacadeClass.DOOR.label(),
            pixels));
  }

  private static int count(LabelMap labels, int left, int top, int width, int height) {
    int windows = 0;
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        windows += labels.label(row, column) == FacadeClass.WINDOW.code() ? 1 : 0;
      }
    }
    return windows;
  }
}
