package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.Index;
import org.compnn.database.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a database. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Check every file of a database, or of a set, against its checksum.",
    footerHeading = "%nExample:%n",
    footer = "  compnn verify train.db")
final class VerifyCommand implements Callable<VerifyCommand.Found>, Engine.Working {
  @Mixin private Voice voice = new Voice();

  @Parameters(paramLabel = "DB", description = "Database, or set, written by 'compnn index'.")
  private Path folder;

  @Mixin private ShardsLeftOut shards = new ShardsLeftOut();

  private Engine engine = Engine.HERE;

  @Override
  public void on(Engine value) {
    engine = value;
  }

  /**
   * What {@code --json} prints.
   *
   * @param database its folder
   * @param ok whether every file is as it was written
   * @param problems what is not
   */
  record Found(String database, boolean ok, List<Problem> problems) implements Outcome {
    @Override
    public int exitCode() {
      return ok ? 0 : 2;
    }
  }

  @Override
  public Found call() {
    List<Problem> problems = engine.verify(folder, shards.names(), voice.progress());
    if (problems.isEmpty()) {
      Index.leftovers(folder).forEach(each -> voice.note(each.toString()));
      voice.line(folder + ": OK");
    } else {
      problems.forEach(problem -> voice.error(problem.toString()));
    }
    return new Found(folder.toString(), problems.isEmpty(), problems);
  }
}
