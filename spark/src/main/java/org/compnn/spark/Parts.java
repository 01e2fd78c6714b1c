package org.compnn.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.compnn.DatabaseSet;
import org.compnn.database.Database;

/**
 * How a database is cut into parts, a task each: between shards where there are enough of them,
 * within them where there are not.
 */
final class Parts {
  /** A shard that is there, and its exemplars in the whole database. */
  private record Shard(String name, int begin, int end) {}

  private final String folder;
  private final List<String> leftOut;
  private final List<Shard> shards;

  private Parts(String folder, List<String> leftOut, List<Shard> shards) {
    this.folder = folder;
    this.leftOut = List.copyOf(leftOut);
    this.shards = List.copyOf(shards);
  }

  /**
   * Those of a database.
   *
   * @param without shards that are left out
   */
  static Parts of(Database database, Collection<String> without) {
    Path folder = database.folder().toAbsolutePath().normalize();
    if (!DatabaseSet.isThere(folder)) {
      return of(folder.toString(), List.of(), List.of(""), List.of(database.exemplars().size()));
    }
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (DatabaseSet.Shard shard : DatabaseSet.of(folder).shards()) {
      if (!without.contains(shard.name())) {
        names.add(shard.name());
        sizes.add(shard.exemplars());
      }
    }
    return of(folder.toString(), List.copyOf(without), names, sizes);
  }

  /** The same, where executors find the database under another name. */
  Parts at(String place) {
    return new Parts(place, leftOut, shards);
  }

  static Parts of(String folder, List<String> leftOut, List<String> names, List<Integer> sizes) {
    List<Shard> shards = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < names.size(); i++) {
      shards.add(new Shard(names.get(i), begin, begin + sizes.get(i)));
      begin += sizes.get(i);
    }
    return new Parts(folder, leftOut, shards);
  }

  /**
   * Cuts the chosen exemplars into parts of about as many each.
   *
   * @param chosen of the whole database; where it is empty there is a part that finds nothing
   * @param wanted how many parts, 1 or more; there are fewer where fewer exemplars are chosen
   */
  List<Part> cut(BitSet chosen, int wanted) {
    int all = chosen.cardinality();
    List<Shard> having =
        shards.stream().filter(shard -> shard.end() > next(chosen, shard.begin())).toList();
    List<Part> parts = new ArrayList<>();
    int seen = 0;
    int from = -1;
    if (having.size() >= wanted) {
      for (Shard shard : having) {
        from = from < 0 ? shard.begin() : from;
        seen += chosen.get(shard.begin(), shard.end()).cardinality();
        if (full(seen, parts.size(), all, wanted)) {
          parts.add(part(from, shard.end()));
          from = -1;
        }
      }
    } else {
      for (int e = chosen.nextSetBit(0); e >= 0; e = chosen.nextSetBit(e + 1)) {
        from = from < 0 ? e : from;
        if (full(++seen, parts.size(), all, wanted)) {
          parts.add(part(from, e + 1));
          from = -1;
        }
      }
    }
    return parts.isEmpty() ? List.of(part(0, shards.getFirst().end())) : parts;
  }

  private static int next(BitSet chosen, int from) {
    int next = chosen.nextSetBit(from);
    return next < 0 ? Integer.MAX_VALUE : next;
  }

  /** Whether so many exemplars are the share of one more part. */
  private static boolean full(int seen, int parts, int all, int wanted) {
    return (long) seen * wanted >= (long) all * (parts + 1);
  }

  /** All that is not left out. */
  Part whole() {
    return new Part(folder, leftOut, 0, 0, shards.getLast().end());
  }

  private Part part(int from, int to) {
    List<String> others = new ArrayList<>(leftOut);
    int offset = -1;
    for (Shard shard : shards) {
      if (shard.begin() < to && shard.end() > from) {
        offset = offset < 0 ? shard.begin() : offset;
      } else {
        others.add(shard.name());
      }
    }
    return new Part(folder, others, offset, from - offset, to - offset);
  }
}
