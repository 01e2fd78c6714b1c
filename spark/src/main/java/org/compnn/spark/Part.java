package org.compnn.spark;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import org.compnn.database.Selection;

/**
 * A part of a database that one task searches: exemplars that follow each other.
 *
 * @param folder of the set or the database, where executors find it too; or the word of an address
 * @param others names of the shards of the set that are not opened for it
 * @param offset index in the whole database of the first exemplar that is opened
 * @param from index, among those that are opened, of the part's first exemplar
 * @param to one more than that of its last
 */
record Part(String folder, List<String> others, int offset, int from, int to)
    implements Serializable {
  Part {
    others = List.copyOf(others);
  }

  /**
   * The chosen exemplars of the part.
   *
   * @param whole those chosen of the whole database
   * @param opened how many exemplars are opened
   */
  Selection selection(BitSet whole, int opened) {
    BitSet own = whole.get(offset, offset + to);
    own.clear(0, from);
    return Selection.of(own, opened);
  }
}
