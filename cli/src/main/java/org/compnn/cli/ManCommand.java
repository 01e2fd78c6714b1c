package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes manual pages. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = {
      "Write manual pages: one for the program, one for each command.",
      "Without --out, prints one page."
    },
    footerHeading = "%nExample:%n",
    footer = {"  compnn man explain | man -l -", "  compnn man --out ~/.local/share/man/man1"})
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command whose page is printed. Default: the program's.")
  private @Nullable String command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write all pages to this folder, created if missing.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    CommandLine program = Main.commandLine();
    if (out != null) {
      Files.createDirectories(out);
      Files.writeString(out.resolve("compnn.1"), ManPage.of(program));
      for (Map.Entry<String, CommandLine> each : Main.shown(program).entrySet()) {
        Files.writeString(
            out.resolve("compnn-" + each.getKey() + ".1"), ManPage.of(each.getValue()));
      }
      spec.commandLine().getOut().println(out);
    } else {
      spec.commandLine().getOut().print(ManPage.of(command == null ? program : named(program)));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private CommandLine named(CommandLine program) {
    String name = String.valueOf(command);
    CommandLine found = program.getSubcommands().get(name);
    if (found == null) {
      List<String> names = List.copyOf(Main.shown(program).keySet());
      throw new UserError(
          "'%s' is no command; %s".formatted(name, Nearest.line(name, names, "there are none")));
    }
    return found;
  }
}
