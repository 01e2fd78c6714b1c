package org.compnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.database.Database;
import org.compnn.problem.UserError;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What must hold of {@code --out} before a command begins its work. */
final class OutFolder {
  private OutFolder() {}

  /**
   * Checks the folder that a command is told to write to.
   *
   * @throws UserError if it is a file, cannot be written, or lies in a database
   */
  static void check(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    OptionSpec option = command.matchedOption("--out");
    if (option != null && option.getValue() instanceof Path out) {
      if (command.commandSpec().userObject() instanceof FigureCommand) {
        checkFile(out);
        return;
      }
      check(out, command.commandSpec().userObject() instanceof IndexCommand);
    }
  }

  /** The same for a command that writes one file. */
  private static void checkFile(Path out) {
    Path whole = out.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      throw new UserError("--out: " + out + ": expected a file, found a folder; name a file in it");
    }
    if (whole.getParent() != null) {
      check(whole.getParent(), false);
    }
  }

  /**
   * The same.
   *
   * @param database whether a database is written, which may lie there already
   */
  static void check(Path out, boolean database) {
    Path whole = out.toAbsolutePath().normalize();
    if (Files.exists(whole) && !Files.isDirectory(whole)) {
      throw new UserError(
          "--out: " + out + ": expected a folder, found a file; choose another name");
    }
    Path there = whole;
    for (Path at = whole; at != null; at = at.getParent()) {
      if (Database.isThere(at) && !(database && at.equals(whole))) {
        throw new UserError(
            "--out: %s: expected a folder outside of databases, found one in %s; choose another"
                .formatted(out, at));
      }
      there = Files.exists(there) ? there : at;
    }
    if (!Files.isDirectory(there)) {
      throw new UserError(
          "--out: %s: expected a folder, found that %s is a file; choose another"
              .formatted(out, there));
    }
    if (!Files.isWritable(there)) {
      throw new UserError(
          "--out: %s: cannot be written in %s; choose another folder, or mend its permissions"
              .formatted(out, there));
    }
  }
}
