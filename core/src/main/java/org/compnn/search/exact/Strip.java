package org.compnn.search.exact;

/**
 * The exemplars of a search side by side in one long strip, cut into slabs of equal width.
 *
 * <p>Each exemplar takes its columns and p - 1 more, the border columns repeated, so that a
 * hyperpatch is p neighbouring columns of the strip and begins at the column of its cell. Columns
 * where a hyperpatch would reach into the next exemplar are no candidates. Slabs overlap by p - 1.
 *
 * @param exemplars the chosen exemplars, ascending
 * @param rows rows of an exemplar
 * @param columns columns of an exemplar
 * @param hyperpatch p
 * @param width columns of a slab, p or more
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Strip(int[] exemplars, int rows, int columns, int hyperpatch, int width) {
  /** Columns of a slab, about: its row of products stays within the nearest cache. */
  private static final int SLAB = 256;

  /** Columns that an exemplar takes. */
  int pitch() {
    return columns + hyperpatch - 1;
  }

  long length() {
    return (long) exemplars.length * pitch();
  }

  /** Columns of a slab at which a hyperpatch may begin. */
  int candidates() {
    return width - hyperpatch + 1;
  }

  int slabs() {
    return slabs(length(), hyperpatch, width);
  }

  private static int slabs(long length, int hyperpatch, int width) {
    return Math.toIntExact(Math.ceilDiv(length - hyperpatch + 1, width - hyperpatch + 1));
  }

  /** The strip cut into slabs that leave the least empty and overlap the least. */
  static Strip of(int[] exemplars, int rows, int columns, int hyperpatch, int panel) {
    long length = (long) exemplars.length * (columns + hyperpatch - 1);
    int least = Math.ceilDiv(Math.max(SLAB * 3 / 4, 4 * hyperpatch), panel) * panel;
    int most = Math.max(least, SLAB * 5 / 4);
    int best = least;
    for (int width = least; width <= most && least < length; width += panel) {
      if (calculated(length, hyperpatch, width, panel)
          <= calculated(length, hyperpatch, best, panel)) {
        best = width;
      }
    }
    return new Strip(
        exemplars,
        rows,
        columns,
        hyperpatch,
        Math.toIntExact(Math.min(best, Math.ceilDiv(length, panel) * panel)));
  }

  /** Columns of all slabs; the last one ends with the strip's last panel. */
  private static long calculated(long length, int hyperpatch, int width, int panel) {
    long before = slabs(length, hyperpatch, width) - 1L;
    long last = length - before * (width - hyperpatch + 1);
    return before * width + Math.ceilDiv(last, panel) * panel;
  }

  /** First column of a slab. */
  long first(int slab) {
    return (long) slab * candidates();
  }

  /** The exemplar to which a column of the strip belongs. */
  int exemplar(long column) {
    return exemplars[Math.toIntExact(column / pitch())];
  }

  /** How many exemplars have been searched whole when so many slabs have been. */
  int complete(int slabs) {
    return Math.toIntExact(Math.min(exemplars.length, first(slabs) / pitch()));
  }
}
