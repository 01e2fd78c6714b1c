package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a database. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Check every file of a database against its checksum.",
    footerHeading = "%nExample:%n",
    footer = "  compnn verify train.db")
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DB", description = "Database written by 'compnn index'.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Problem> problems = Database.verify(folder, TerminalProgress.onTerminal());
    if (problems.isEmpty()) {
      Index.leftovers(folder).forEach(out::println);
      out.println(folder + ": OK");
    } else {
      problems.forEach(problem -> spec.commandLine().getErr().println("compnn: " + problem));
    }
    out.flush();
    return problems.isEmpty() ? 0 : 2;
  }
}
