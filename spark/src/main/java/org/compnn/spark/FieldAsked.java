package org.compnn.spark;

import java.io.Serializable;
import org.compnn.search.Field;
import org.compnn.search.Quality;

/** What is asked of the lists of a set. */
sealed interface FieldAsked extends Serializable {
  /** Bytes of a match in a field. */
  int MATCH = 16;

  /** Near matches of this quality. */
  record Matches(Quality quality) implements FieldAsked {}

  /**
   * How near a field comes to the exact one.
   *
   * @param field of the query
   * @param cells to look at
   * @param insisted whether so many were asked for
   */
  record Check(Field field, int cells, boolean insisted) implements FieldAsked {}

  /** Bytes that travel beside the query, there and back. */
  default long bytes(Asked query) {
    return (long) MATCH * query.rows() * query.columns() * query.count();
  }
}
