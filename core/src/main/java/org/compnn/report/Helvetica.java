package org.compnn.report;

/**
 * How wide text is in Helvetica, one of the fonts that every reader of PDF has; Arial and
 * Liberation Sans have the same widths.
 */
final class Helvetica {
  /** Widths of the letters from space to tilde, in thousandths of the size. */
  private static final int[] REGULAR = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private static final int[] BOLD = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584
  };

  private static final int OTHER = 600;
  private static final String MORE = "...";

  private Helvetica() {}

  /** How wide a text is. */
  static double width(String text, double size, boolean strong) {
    int thousandths = 0;
    for (int i = 0; i < text.length(); i++) {
      int at = text.charAt(i) - ' ';
      thousandths += at >= 0 && at < REGULAR.length ? (strong ? BOLD : REGULAR)[at] : OTHER;
    }
    return thousandths * size / 1000;
  }

  /** As much of a text as a line has room for, with dots where something is left out. */
  static String fitted(String text, double size, boolean strong, double room) {
    if (width(text, size, strong) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 1 && width(text.substring(0, end) + MORE, size, strong) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + MORE;
  }
}
