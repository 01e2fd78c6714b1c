package org.compnn.spark;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.compnn.cli.IndexWork;
import org.compnn.database.Database;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Quality;
import org.compnn.search.field.FieldSearch;
import org.compnn.threads.Workers;

/**
 * What an executor has opened, for all tasks of its cluster's program; it is closed with the
 * process.
 */
final class OpenParts {
  private static final Map<Part, Database> DATABASES = new ConcurrentHashMap<>();
  private static final Map<Lists, FieldSearch> FIELDS = new ConcurrentHashMap<>();
  private static final Map<List<String>, IndexWork> INDEXES = new ConcurrentHashMap<>();

  /** A layer's search lists, and the threads that search them. */
  private record Lists(Part whole, String layer, int hyperpatch, int threads) {}

  private OpenParts() {}

  /**
   * The database that a part belongs to; of a set the shards of that part alone, with what all
   * shards have in common.
   *
   * @throws UserError if it is not there
   */
  static Database database(Part part) {
    Part whole = new Part(part.folder(), part.others(), 0, 0, 0);
    return DATABASES.computeIfAbsent(whole, OpenParts::open);
  }

  private static Database open(Part part) {
    Path folder = place(part.folder(), part.others());
    if (!Database.isThere(folder)) {
      throw new UserError(
          folder
              + ": expected a path that all executors see, found none on one of them; bring it to a"
              + " file system that all share");
    }
    return Database.open(folder, part.others());
  }

  /**
   * Where something lies on this machine, which fetches it where it is an address.
   *
   * @param word a path, or an address
   * @param without shards of a set that nobody needs here
   */
  static Path place(String word, Collection<String> without) {
    return Address.of(word)
        .map(address -> Fetching.here().local(address, without))
        .orElseGet(() -> Path.of(word));
  }

  /**
   * The search by a layer's lists.
   *
   * @param whole all that is searched
   * @param threads of a task
   * @throws UserError if the set is not there, or its lists are not whole
   */
  static FieldSearch field(Part whole, String layer, int hyperpatch, int threads) {
    return FIELDS.computeIfAbsent(new Lists(whole, layer, hyperpatch, threads), OpenParts::opened);
  }

  private static FieldSearch opened(Lists lists) {
    Database database = database(lists.whole());
    return FieldSearch.open(
        database,
        database.cells(lists.layer()),
        lists.hyperpatch(),
        Quality.BALANCED,
        Workers.of(lists.threads()),
        Progress.NONE);
  }

  /**
   * What a command line of {@code index} asks.
   *
   * @param where relative paths begin
   */
  static IndexWork index(List<String> arguments, String where) {
    return INDEXES.computeIfAbsent(
        arguments,
        asked -> IndexWork.of(asked.stream().map(OpenParts::arrived).toList(), Path.of(where)));
  }

  private static String arrived(String argument) {
    return Address.in(
        argument,
        word -> Address.of(word).map(_ -> place(word, List.of()).toString()).orElse(word));
  }
}
