package org.compnn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.CompNN;
import org.compnn.demo.DemoCommand;
import org.compnn.generate.GenerateCommand;
import org.compnn.npy.MappingFault;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;
import org.compnn.server.ServeCommand;
import org.compnn.train.Several;
import org.compnn.train.TrainCommand;
import org.compnn.train.TrainPix2Pix;
import org.compnn.train.TrainSegNet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The {@code compnn} command. Exit codes: 0 done, 1 a fault of ours, 2 something the user can mend,
 * which one line on standard error names; 128 and the signal's number where one ended it, such as
 * 130 for Ctrl-C.
 */
@Command(
    name = "compnn",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Which training pixels made a network do that, and what happens if they change?",
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn index model.onnx data/train --layers penultimate --out train.db",
      "  compnn explain train.db street.png --out why",
      "",
      "'compnn train pix2pix' and 'compnn train segnet' train the paper's networks;",
      "the first run downloads PyTorch.",
      "'compnn COMMAND --help' lists the options of a command, with an example.",
      "Exit codes: 0 success, 1 internal error, 2 invalid input or options, 130 stopped by Ctrl-C."
    })
public final class Main {
  /** A library tells there how it was compiled; held, since the level goes with the object. */
  private static final Logger PARQUET = Logger.getLogger("dev.hardwood");

  /** All commands, in the order in which they are listed. */
  private static final Map<String, Known> COMMANDS = commands();

  /** Needs none of the commands. */
  private static final Set<String> VERSION = Set.of("--version", "-V");

  /** Needs what the commands are for, and none of their options. */
  private static final Set<String> HELP = Set.of("--help", "-h");

  /** Commands that search. */
  private static final Set<String> SEARCHING =
      Set.of(
          "explain",
          "series",
          "activate",
          "compare",
          "blame",
          "suspects",
          "evaluate",
          "figure",
          "serve");

  private static final String MORE_MEMORY = "COMPNN_JAVA_OPTIONS=-Xmx8g";

  /** What Java puts in place of letters that the locale does not know. */
  private static final char UNREADABLE = '\ufffd';

  private static final String LOCALE =
      "expected a name in the locale's letters (%s), found others; set LC_ALL=C.UTF-8"
          .formatted(System.getProperty("sun.jnu.encoding"));

  /**
   * A command that need not be made yet.
   *
   * @param type says what it does
   */
  private record Known(Class<?> type, Supplier<Object> make) {}

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) throws IOException {
    StandardError.take();
    if (args.length > 1 && SEARCHING.contains(args[0]) && !HELP.contains(args[1])) {
      CompNN.warmUp();
    }
    PARQUET.setLevel(Level.WARNING);
    // What is written is read by programs, and by people of other languages.
    Locale.setDefault(Locale.ROOT);
    Signals.handle(args.length > 0 && args[0].equals("index") ? "index again to go on" : "");
    int code = List.of(args).equals(List.of("train", "--several")) ? trainSeveral() : run(args);
    Signals.leaveTheEndToThem();
    System.exit(code);
  }

  private static int trainSeveral() throws IOException {
    Several.run(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        (log, words) -> execute(commandLine(words).setOut(log).setErr(log), words));
    return 0;
  }

  /** Runs the command; returns its exit code. */
  static int run(String... args) {
    Optional<String> unreadable =
        Stream.of(args).filter(arg -> arg.indexOf(UNREADABLE) >= 0).findFirst();
    if (unreadable.isPresent()) {
      System.err.println("compnn: '" + unreadable.get() + "': " + LOCALE);
      return 2;
    }
    return execute(printing(commandLine(args)), args);
  }

  /** Said at first: what the program is given later, its commands would be given too. */
  private static CommandLine printing(CommandLine program) {
    return program.setOut(program.getOut()).setErr(program.getErr());
  }

  /**
   * Runs the command with its work done elsewhere; returns its exit code.
   *
   * @param program what the command line is called
   * @param engine does the work
   */
  public static int run(String program, Engine engine, String... args) {
    StandardError.take();
    PARQUET.setLevel(Level.WARNING);
    CommandLine commandLine = printing(commandLine(args)).setCommandName(program);
    commandLine.getSubcommands().values().forEach(command -> place(command, engine));
    return execute(commandLine, engine, args);
  }

  private static void place(CommandLine command, Engine engine) {
    CommandSpec spec = command.getCommandSpec();
    Stream.concat(
            Stream.of(spec.userObject()),
            spec.mixins().values().stream().map(CommandSpec::userObject))
        .forEach(
            part -> {
              if (part instanceof Engine.Working working) {
                working.on(engine);
              }
            });
  }

  /** The same on a command line that is there. */
  static int execute(CommandLine commandLine, String... args) {
    return execute(commandLine, Engine.HERE, args);
  }

  private static int execute(CommandLine commandLine, Engine engine, String... args) {
    try {
      String[] whole = withSettings(commandLine, args);
      engine.begin(List.of(whole));
      return commandLine.execute(whole);
    } catch (UserError e) {
      commandLine.getErr().println("compnn: " + e.getMessage() + Flags.hint(e.knobs()));
      return 2;
    } catch (OutOfMemoryError | InternalError e) {
      Signals.leaveTheEndToThem();
      commandLine.getErr().println("compnn: " + line(e));
      return 2;
    }
  }

  /** What was typed, and what a file of settings adds to it. */
  private static String[] withSettings(CommandLine commandLine, String... args) {
    CommandLine command = args.length > 0 ? commandLine.getSubcommands().get(args[0]) : null;
    if (command == null) {
      return args;
    }
    List<String> typed = List.of(args).subList(1, args.length);
    Optional<SettingsFile.Added> found =
        SettingsFile.of(command.getCommandSpec(), typed, Main::commandLine);
    if (found.isEmpty()) {
      return args;
    }
    SettingsFile.Added added = found.get();
    commandLine.setExecutionStrategy(parsed -> checkedRun(parsed, List.of(added.line())));
    commandLine.setParameterExceptionHandler(
        (e, _) ->
            misused(
                e,
                e.getArgSpec() instanceof OptionSpec option && added.sets(option)
                    ? added.file() + ": "
                    : ""));
    return Stream.of(List.of(args[0]), added.arguments(), typed)
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** What the machine lacks; anything else is thrown on. */
  private static String line(VirtualMachineError e) {
    return switch (e) {
      case NotEnoughMemory said -> said.getMessage() + " (" + MORE_MEMORY + ")";
      case OutOfMemoryError _ ->
          String.format(
              Locale.ROOT,
              "out of memory: %s; give Java more than %d MB (%s)",
              e.getMessage(),
              Runtime.getRuntime().maxMemory() / 1_000_000,
              MORE_MEMORY);
      case InternalError fault when MappingFault.is(fault) ->
          "a file was cut short while it was read, or its disk is full or broken; free disk space"
              + " or verify the database (compnn verify)";
      default -> throw e;
    };
  }

  private static Map<String, Known> commands() {
    Map<String, Known> commands = new LinkedHashMap<>();
    commands.put("layers", new Known(LayersCommand.class, LayersCommand::new));
    commands.put("dataset", new Known(DatasetCommand.class, DatasetCommand::new));
    commands.put("index", new Known(IndexCommand.class, IndexCommand::new));
    commands.put("set", new Known(SetCommand.class, SetCommand::new));
    commands.put("verify", new Known(VerifyCommand.class, VerifyCommand::new));
    commands.put("explain", new Known(ExplainCommand.class, ExplainCommand::new));
    commands.put("series", new Known(SeriesCommand.class, SeriesCommand::new));
    commands.put("activate", new Known(ActivateCommand.class, ActivateCommand::new));
    commands.put("compare", new Known(CompareCommand.class, CompareCommand::new));
    commands.put("blame", new Known(BlameCommand.class, BlameCommand::new));
    commands.put("suspects", new Known(SuspectsCommand.class, SuspectsCommand::new));
    commands.put("evaluate", new Known(EvaluateCommand.class, EvaluateCommand::new));
    commands.put("review", new Known(ReviewCommand.class, ReviewCommand::new));
    commands.put("figure", new Known(FigureCommand.class, FigureCommand::new));
    commands.put(
        "generate",
        new Known(
            GenerateCommand.class,
            () -> speaking(voice -> new GenerateCommand(voice.laterProgress()))));
    commands.put(
        "demo",
        new Known(
            DemoCommand.class, () -> speaking(voice -> new DemoCommand(voice.laterProgress()))));
    commands.put("train", new Known(TrainCommand.class, Main::train));
    commands.put(
        "serve",
        new Known(ServeCommand.class, () -> speaking(voice -> new ServeCommand(voice::address))));
    commands.put("completion", new Known(CompletionCommand.class, CompletionCommand::new));
    commands.put("man", new Known(ManCommand.class, ManCommand::new));
    commands.put("output", new Known(OutputCommand.class, OutputCommand::new));
    return commands;
  }

  /** What trains, with a voice for each of its networks. */
  private static CommandSpec train() {
    return CommandSpec.forAnnotatedObject(new TrainCommand())
        .addSubcommand("pix2pix", speaking(voice -> new TrainPix2Pix(voice::passing)))
        .addSubcommand("segnet", speaking(voice -> new TrainSegNet(voice::passing)));
  }

  /** A command of another module, which is given a voice. */
  private static CommandSpec speaking(Function<Voice, Object> command) {
    Voice voice = new Voice();
    CommandSpec spec = CommandSpec.forAnnotatedObject(command.apply(voice));
    return spec.addMixin(Voice.MIXIN, CommandSpec.forAnnotatedObject(voice));
  }

  /**
   * The command line.
   *
   * @param args where they begin with a command, only that one is made: each costs a start some
   *     milliseconds
   */
  static CommandLine commandLine(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    Known asked = args.length > 0 ? COMMANDS.get(args[0]) : null;
    if (asked != null) {
      commandLine.addSubcommand(new CommandLine(asked.make().get()));
    } else if (HELP.contains(String.join(" ", args))) {
      COMMANDS.forEach(
          (name, command) -> commandLine.addSubcommand(name, described(command.type())));
    } else if (!VERSION.contains(String.join(" ", args))) {
      COMMANDS.values().stream()
          .map(command -> new CommandLine(command.make().get()))
          .forEach(commandLine::addSubcommand);
    }
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    // '@list-file' is a term of --only and --without, not a file of further arguments.
    commandLine.setExpandAtFiles(false);
    commandLine.setUsageHelpAutoWidth(true);
    if (!HELP.contains(String.join(" ", args))) {
      commandLine.getSubcommands().values().forEach(Main::finish);
      // Settings of a file are for commands, not for those within them.
      commandLine.getSubcommands().values().stream()
          .flatMap(command -> command.getSubcommands().values().stream())
          .forEach(Main::shape);
    }
    GroupedHelp.onCommands(commandLine);
    commandLine.setParameterExceptionHandler((e, _) -> misused(e, ""));
    commandLine.setExecutionExceptionHandler(Main::failed);
    commandLine.setExecutionStrategy(parsed -> checkedRun(parsed, List.of()));
    return commandLine;
  }

  /** The commands that are for everybody. */
  static Map<String, CommandLine> shown(CommandLine program) {
    Map<String, CommandLine> shown = new LinkedHashMap<>(program.getSubcommands());
    shown.values().removeIf(command -> command.getCommandSpec().usageMessage().hidden());
    return shown;
  }

  /** A command of which nothing but its description is known. */
  private static CommandSpec described(Class<?> command) {
    CommandSpec described = CommandSpec.create();
    Command said = command.getAnnotation(Command.class);
    if (said != null) {
      described.usageMessage().description(said.description()).hidden(said.hidden());
    }
    return described;
  }

  private static void finish(CommandLine command) {
    if (command.getCommandSpec().mixins().containsKey(Voice.MIXIN)) {
      command.getCommandSpec().addOption(SettingsFile.none());
    }
    shape(command);
  }

  /** How a command's help reads. */
  private static void shape(CommandLine command) {
    shortenSynopsis(command);
    Choices.inSmallLetters(command);
    GroupedHelp.on(command);
  }

  /** All options are listed below it; it names only those that must be given. */
  private static void shortenSynopsis(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Stream<String> options =
        spec.options().stream()
            .filter(OptionSpec::required)
            .map(option -> option.longestName() + "=" + option.paramLabel());
    Stream<String> arguments =
        spec.positionalParameters().stream()
            .map(each -> each.paramLabel() + (each.arity().max() > 1 ? "..." : ""));
    Stream<String> commands =
        spec.subcommands().isEmpty()
            ? Stream.empty()
            : Stream.of(spec.usageMessage().synopsisSubcommandLabel());
    spec.usageMessage()
        .customSynopsis(
            Stream.of(Stream.of(spec.qualifiedName(), "[OPTIONS]"), options, arguments, commands)
                .flatMap(each -> each)
                .collect(Collectors.joining(" ")));
  }

  /**
   * Runs a command, once it is clear that it can write what it finds.
   *
   * @param first what is told before
   */
  private static int checkedRun(ParseResult parsed, List<String> first) {
    try {
      OutFolder.check(parsed);
    } catch (UserError e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
    CommandLine command = Voice.leaf(parsed).commandSpec().commandLine();
    Optional<Voice> voice = Voice.of(parsed);
    voice.ifPresent(
        speaker -> {
          speaker.begin(command);
          first.forEach(speaker::aside);
        });
    int code = new CommandLine.RunLast().execute(parsed);
    Object found = command.getExecutionResult();
    voice.filter(speaker -> found != null).ifPresent(speaker -> speaker.end(found));
    return found instanceof Outcome outcome ? outcome.exitCode() : code;
  }

  private static int misused(ParameterException e, String where) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("compnn: " + where + Mistyped.line(e));
    err.println("See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return 2;
  }

  private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
    // What breaks while the process is told to end is no fault.
    Signals.leaveTheEndToThem();
    PrintWriter err = commandLine.getErr();
    Optional<String> mistake = mistake(e);
    if (mistake.isPresent()) {
      err.println("compnn: " + mistake.get());
      if (Voice.of(parsed).filter(Voice::isVerbose).isPresent()) {
        e.printStackTrace(err);
      }
      return 2;
    }
    err.println("compnn: internal error, please report it: " + e);
    e.printStackTrace(err);
    return 1;
  }

  /** The line for what the user can mend; empty for a fault of ours. */
  private static Optional<String> mistake(Exception e) {
    return switch (e) {
      case UserError error -> Optional.of(error.getMessage() + Flags.hint(error.knobs()));
      case NoSuchFileException missing ->
          Optional.of(missing.getFile() + ": no such file or folder");
      case UncheckedIOException unchecked when unchecked.getCause() != null ->
          mistake(unchecked.getCause());
      case FileSystemException file -> Optional.of(file.getFile() + ": " + reason(file));
      case IOException full when isFull(full) ->
          Optional.of("cannot write: " + full.getMessage() + "; free disk space and try again");
      case InvalidPathException path -> Optional.of("'" + path.getInput() + "': " + LOCALE);
      default -> Optional.empty();
    };
  }

  /** What the system says when a disk, a quota or a file is full; Java keeps only the words. */
  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return Stream.of("No space left on device", "Disk quota exceeded", "File too large")
        .anyMatch(message::contains);
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason();
    return reason != null
        ? reason
        : "cannot be read or written (" + e.getClass().getSimpleName() + ")";
  }
}
