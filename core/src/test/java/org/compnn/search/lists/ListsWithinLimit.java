package org.compnn.search.lists;

import java.nio.file.Path;
import org.compnn.database.Database;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/** Builds lists in a JVM of its own; 3 if a line says why not. */
final class ListsWithinLimit {
  private ListsWithinLimit() {}

  public static void main(String[] arguments) {
    try (Database database = Database.open(Path.of(arguments[0]));
        Workers workers = Workers.of(2)) {
      ListIndexBuilder.build(database, database.layers().getFirst(), 2, workers, Progress.NONE);
    } catch (UserError e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }
}
