package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The ways of building a database, and what each comes to when nothing disturbs it. */
final class Builds {
  /** A way. */
  enum Way {
    /** From nothing, cells as float16. */
    FLOAT16,
    /** From nothing, cells as int8: two passes. */
    INT8,
    /** The same in several shards. */
    SHARDS,
    /** More pictures into a database with lists, whose lists are then replaced. */
    ADD,
    /** The lists of a database without. */
    LISTS,
    /** A picture and the labels of another, in a database with lists. */
    REPLACE,
    /** A set of three shards, of int8. */
    SET,
    /** More pictures into a set with lists, as a new shard. */
    SET_ADD;

    /** Those that a seed draws from, so that it draws what it always drew. */
    static final List<Way> DRAWN = List.of(FLOAT16, INT8, SHARDS, ADD, LISTS);

    /** Whether a database is there before. */
    boolean begun() {
      return this == ADD || this == LISTS || this == REPLACE || this == SET_ADD;
    }
  }

  /**
   * A build that nothing disturbed.
   *
   * @param way how it was built
   * @param hashes of the database's files
   * @param milliseconds how long it took
   * @param events how many things happened to its files
   * @param listEvents how many of them to search lists
   */
  record Undisturbed(
      Way way, Map<String, String> hashes, long milliseconds, int events, int listEvents) {}

  private final Material material;
  private final Map<Way, Undisturbed> made = new EnumMap<>(Way.class);

  Builds(Material material) {
    this.material = material;
  }

  /** The command that builds. */
  List<Object> words(Way way, Path out) {
    return switch (way) {
      case FLOAT16, LISTS -> material.index(material.data(), out);
      case INT8 -> material.index(material.data(), out, "--type", "int8");
      case SHARDS -> List.of(ShardedIndex.class, material.model(), material.data(), out);
      case ADD -> material.index(material.more(), out, "--add");
      case SET -> material.index(material.data(), out, "--shards", "3", "--type", "int8");
      case SET_ADD -> List.of("set", "add", out, material.more(), "--threads", 2);
      case REPLACE -> List.of("index", out, "--replace", material.corrected(), "--threads", 2);
    };
  }

  /** Puts there what is there before a build. */
  void prepare(Way way, Path out) throws IOException, InterruptedException {
    if (way.begun()) {
      Way before = way == Way.SET_ADD ? Way.SET : Way.FLOAT16;
      undisturbed(before);
      Trees.copy(kept(before), out);
    }
    if (way == Way.LISTS) {
      try (var folders = Files.walk(out)) {
        for (Path lists :
            folders.filter(f -> f.getFileName().toString().startsWith("lists-")).toList()) {
          Trees.delete(lists);
        }
      }
    }
  }

  private Path kept(Way way) {
    return material.folder().resolve("undisturbed-" + way);
  }

  Undisturbed undisturbed(Way way) throws IOException, InterruptedException {
    Undisturbed known = made.get(way);
    if (known != null) {
      return known;
    }
    Path out = Files.createDirectories(kept(way));
    prepare(way, out);
    long begin = System.nanoTime();
    try (FileEvents events = FileEvents.of(out, _ -> true, 0, () -> {});
        FileEvents lists = FileEvents.of(out, Builds::isOfLists, 0, () -> {})) {
      material.done(words(way, out).toArray());
      Undisturbed found =
          new Undisturbed(
              way,
              Trees.hashes(out),
              (System.nanoTime() - begin) / 1_000_000,
              events.count(),
              lists.count());
      made.put(way, found);
      return found;
    }
  }

  /** Whether a file belongs to search lists, or is their folder. */
  static boolean isOfLists(Path file) {
    return file.toString().contains("lists-p");
  }
}
