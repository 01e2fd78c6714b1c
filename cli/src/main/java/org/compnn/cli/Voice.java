package org.compnn.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.viewer.ViewJson;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a command speaks. What it found goes to standard output, as text or as one JSON object; what
 * it tells besides, if anyone wants to hear it, to standard output among text and to standard error
 * beside JSON; progress and details go to standard error.
 */
final class Voice {
  /** By this name commands have it. */
  static final String MIXIN = "voice";

  private final long begun = System.nanoTime();
  private final List<String> notes = new ArrayList<>();
  private PrintWriter out = new PrintWriter(Writer.nullWriter());
  private PrintWriter err = new PrintWriter(Writer.nullWriter());

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and errors alone: no notes, no progress.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Also print, on standard error, what is worked on and how long it takes, and the trace of"
              + " an error.")
  private boolean verbose;

  @Option(
      names = "--json",
      description = "Print what was found as one JSON object; notes go to standard error.")
  private boolean json;

  /** That of the command that was asked for, where it has one. */
  static Optional<Voice> of(ParseResult parsed) {
    CommandSpec mixin = leaf(parsed).commandSpec().mixins().get(MIXIN);
    return mixin != null && mixin.userObject() instanceof Voice voice
        ? Optional.of(voice)
        : Optional.empty();
  }

  /** The command that was asked for, within those that hold it. */
  static ParseResult leaf(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    return command;
  }

  /** Speaks for a command from now on. */
  void begin(CommandLine command) {
    if (quiet && verbose) {
      throw new UserError("--quiet and --verbose: expected one of them, found both");
    }
    out = command.getOut();
    err = command.getErr();
    if (json) {
      // A command that knows nothing of this prints its lines as ever.
      command.setOut(new PrintWriter(new Lines(), true));
    }
    detail(
        String.format(
            Locale.ROOT,
            "compnn %s, Java %s, %d processors, %d MB of heap at most",
            Version.number(),
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory() / 1_000_000));
  }

  /** Whether the trace of an error is wanted. */
  boolean isVerbose() {
    return verbose;
  }

  /** Whether what was found is printed as JSON. */
  boolean isJson() {
    return json;
  }

  /** A line of what was found, for people. */
  void line(Object text) {
    if (!json) {
      out.println(text);
    }
  }

  /** Something worth knowing besides: what was assumed, left out, gone on with. */
  void note(String text) {
    notes.add(text);
    if (!quiet) {
      PrintWriter to = json ? err : out;
      to.println(text);
      to.flush();
    }
  }

  /** The same, which never stands among what was found. */
  void aside(String text) {
    notes.add(text);
    if (!quiet) {
      err.println(text);
      err.flush();
    }
  }

  /** How far something has come, where that is a line to be read, and none to be kept. */
  void passing(String text) {
    if (!quiet) {
      PrintWriter to = json ? err : out;
      to.println(text);
      to.flush();
    }
  }

  /** What is wrong, which is said in any case. */
  void error(String text) {
    err.println("compnn: " + text);
    err.flush();
  }

  /** What only those hear who ask for more. */
  void detail(String text) {
    if (verbose) {
      err.println(text);
      err.flush();
    }
  }

  /** How far a command has come. */
  Progress progress() {
    return quiet ? Progress.NONE : TerminalProgress.onTerminal();
  }

  /** The same for a task that is given its progress before anything of it is known. */
  Progress laterProgress() {
    return (what, unit, total) -> progress().begin(what, unit, total);
  }

  /** How an address is printed that people or programs go to while the command runs on. */
  String address(String address) {
    return json ? ViewJson.text(Map.of("address", address)) : address;
  }

  /** Everything is said but what was found. */
  void end(Object found) {
    if (json && !(found instanceof Integer)) {
      out.println(ViewJson.indented(withNotes(found)));
    }
    out.flush();
    detail(String.format(Locale.ROOT, "Done in %.1f s", (System.nanoTime() - begun) / 1e9));
  }

  private JsonNode withNotes(Object found) {
    JsonNode tree = ViewJson.tree(found);
    if (tree instanceof ObjectNode object) {
      var array = object.putArray("notes");
      notes.forEach(array::add);
    }
    return tree;
  }

  /** What is printed in lines, as notes. */
  private final class Lines extends Writer {
    private final StringBuilder begun = new StringBuilder();

    @Override
    public void write(char[] text, int from, int length) {
      begun.append(text, from, length);
      int end = begun.indexOf("\n");
      while (end >= 0) {
        note(begun.substring(0, end).stripTrailing());
        begun.delete(0, end + 1);
        end = begun.indexOf("\n");
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
