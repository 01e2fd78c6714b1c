package org.compnn.search;

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
    return Math.toIntExact(Math.ceilDiv(length(), candidates()));
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
