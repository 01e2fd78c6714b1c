package org.compnn.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what lets a shell complete the program's commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a script that lets a shell complete commands, options and their values.",
      "For bash and zsh, load it in ~/.bashrc or ~/.zshrc; for fish, write it to the folder that"
          + " fish reads."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn completion bash > ~/.compnn-completion",
      "  source ~/.compnn-completion",
      "  compnn completion fish > ~/.config/fish/completions/compnn.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells with a completion of their own. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine whole = Main.commandLine();
    String script =
        switch (shell) {
          // Where it runs in zsh, picocli's script asks zsh to read it as bash does.
          case BASH, ZSH -> AutoComplete.bash("compnn", whole);
          case FISH -> FishCompletion.of(whole);
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
