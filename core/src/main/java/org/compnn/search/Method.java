package org.compnn.search;

import java.util.Locale;

/** How matches are found. */
public sealed interface Method {
  /** Every cell is compared with every cell: the reference. */
  record Exact() implements Method {
    @Override
    public String name() {
      return "exact";
    }
  }

  /** Near matches, fast, by lists. */
  record Near(Quality quality) implements Method {
    @Override
    public String name() {
      return "field, " + quality.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The best field found in that time.
   *
   * @param seconds a picture, greater than 0
   */
  record Within(double seconds) implements Method {
    public Within {
      if (!(seconds > 0)) {
        throw new IllegalArgumentException("a time budget is greater than 0, not " + seconds);
      }
    }

    @Override
    public String name() {
      return String.format(Locale.ROOT, "field, within %s s", seconds);
    }
  }

  /** What reports call it. */
  String name();
}
