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

  /** Near matches, fast; see {@link FieldSearch}. */
  record Near(Quality quality) implements Method {
    @Override
    public String name() {
      return "field, " + quality.name().toLowerCase(Locale.ROOT);
    }
  }

  /** What reports call it. */
  String name();
}
