package org.compnn.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;

/** Where the work of commands is done: in this process, or by a cluster. */
public interface Engine {
  /** This process. */
  Engine HERE = new Engine() {};

  /**
   * Hears what is asked before anything is done.
   *
   * @param commandLine the command and its arguments, those of a settings file among them
   */
  default void begin(List<String> commandLine) {}

  /** Opens a database to be searched. */
  default CompNN open(
      Path folder, Collection<String> withoutShards, NetworkOptions options, Progress progress) {
    return CompNN.open(folder, withoutShards, options, progress);
  }

  /** An index whose shards are built there. */
  default Index index(Index index) {
    return index;
  }

  /** Compares a database's files with what its description says of them. */
  default List<Problem> verify(Path folder, Collection<String> withoutShards, Progress progress) {
    return Database.verify(folder, withoutShards, progress);
  }

  /** What takes part in a command and has work to do. */
  interface Working {
    /** Says where the work is to be done; in this process, where nobody calls this. */
    void on(Engine engine);
  }
}
