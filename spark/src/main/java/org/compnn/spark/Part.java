package org.compnn.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.compnn.DatabaseSet;
import org.compnn.database.Database;
import org.compnn.database.Selection;

/**
 * A part of a database that one task searches: a shard of a set, or some exemplars of a database
 * that is none.
 *
 * @param folder of the set or the database, where executors find it too
 * @param shard its name; empty where the database is no set
 * @param others names of all other shards of the set
 * @param offset index in the whole database of the first exemplar that is opened
 * @param from index, among those that are opened, of the part's first exemplar
 * @param to one more than that of its last
 */
record Part(String folder, String shard, List<String> others, int offset, int from, int to)
    implements Serializable {
  Part {
    others = List.copyOf(others);
  }

  /**
   * The parts of a database.
   *
   * @param without shards that are left out
   * @param most how many parts a database that is no set is cut into, 1 or more
   */
  static List<Part> of(Database database, Collection<String> without, int most) {
    Path folder = database.folder().toAbsolutePath().normalize();
    int exemplars = database.exemplars().size();
    List<Part> parts = new ArrayList<>();
    if (!DatabaseSet.isThere(folder)) {
      int count = Math.clamp(exemplars, 1, most);
      for (int i = 0; i < count; i++) {
        int from = (int) ((long) exemplars * i / count);
        int to = (int) ((long) exemplars * (i + 1) / count);
        parts.add(new Part(folder.toString(), "", List.of(), 0, from, to));
      }
      return parts;
    }
    List<DatabaseSet.Shard> shards = DatabaseSet.of(folder).shards();
    List<String> names = shards.stream().map(DatabaseSet.Shard::name).toList();
    int begin = 0;
    for (DatabaseSet.Shard shard : shards) {
      if (!without.contains(shard.name())) {
        List<String> others = names.stream().filter(name -> !name.equals(shard.name())).toList();
        parts.add(new Part(folder.toString(), shard.name(), others, begin, 0, shard.exemplars()));
        begin += shard.exemplars();
      }
    }
    return parts;
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

  /** Whether any of its exemplars is chosen. */
  boolean has(BitSet whole) {
    int next = whole.nextSetBit(offset + from);
    return next >= 0 && next < offset + to;
  }
}
