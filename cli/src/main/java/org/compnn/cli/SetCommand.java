package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.DatabaseSet;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.IndexReport;
import org.compnn.dataset.Dataset;
import org.compnn.problem.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists and changes the shards of a set. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Make a set of databases that every command takes as one; list, add and remove its shards.",
      "'compnn index --shards N' makes a set of a data set."
    },
    subcommands = {
      SetCommand.Making.class,
      SetCommand.Listing.class,
      SetCommand.Adding.class,
      SetCommand.Removing.class,
      SetCommand.Restating.class
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn set make train.set day.db night.db",
      "  compnn set list train.set",
      "  compnn set add train.set night/train",
      "  compnn set add train.set other-machine/day.db",
      "  compnn set remove train.set shard-002",
      "  compnn set restat train.set"
    })
final class SetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing subcommand: make, list, add, remove or restat");
  }

  /** The set that a subcommand works on. */
  static final class SetArgument {
    @Parameters(index = "0", paramLabel = "SET", description = "Folder with a set.json.")
    private Path folder;
  }

  /** How lists are made. */
  static final class ListArguments {
    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "Pictures to process at once. Default: one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
        names = "--hyperpatch",
        defaultValue = "1",
        paramLabel = "P",
        description = "Hyperpatch size to build search lists for. Default: ${DEFAULT-VALUE}.")
    private int hyperpatch;

    int threads() {
      if (threads < 1) {
        throw new UserError("--threads: expected 1 or more, found " + threads);
      }
      return threads;
    }

    /** Brings the lists of a set up to date, and says so. */
    void update(Voice voice, Path folder) {
      if (hyperpatch < 1 || hyperpatch > Index.LARGEST_HYPERPATCH) {
        throw new UserError(
            "--hyperpatch: expected 1 to %d, found %d"
                .formatted(Index.LARGEST_HYPERPATCH, hyperpatch));
      }
      ListLines.say(voice, Index.lists(folder, hyperpatch, threads(), voice.progress()));
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param set its folder
   * @param shards in the order of their pictures
   * @param exemplars how many they have together
   * @param measured how many of them means and deviations were worked out from
   */
  record Found(String set, List<Shard> shards, int exemplars, int measured) {
    /**
     * What the set holds now; a note where it should be measured anew.
     *
     * @param voice says that
     */
    static Found of(Voice voice, Path folder) {
      DatabaseSet set = DatabaseSet.of(folder);
      set.outgrown().ifPresent(line -> voice.note(line + " (compnn set restat)"));
      return new Found(
          folder.toString(),
          set.shards().stream().map(Shard::of).toList(),
          set.exemplars(),
          set.measured());
    }
  }

  /**
   * A database of the set.
   *
   * @param state {@code whole}, {@code missing} or {@code changed}
   */
  record Shard(String name, int exemplars, String state, String folder) {
    static Shard of(DatabaseSet.Shard shard) {
      return new Shard(
          shard.name(),
          shard.exemplars(),
          shard.state().name().toLowerCase(Locale.ROOT),
          shard.folder().toString());
    }
  }

  private static String pictures(int count) {
    return count + (count == 1 ? " picture" : " pictures");
  }

  /** Makes a set. */
  @Command(
      name = "make",
      mixinStandardHelpOptions = true,
      description = {
        "Make finished databases a set, where they lie, with means and deviations of all of them.",
        "Nothing in the databases is changed."
      })
  static final class Making implements Callable<Found> {
    @Mixin private Voice voice = new Voice();
    @Mixin private SetArgument set;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "DB",
        description = "Databases by the same network, in the order of their pictures.")
    private List<Path> databases;

    @Mixin private ListArguments lists;

    @Override
    public Found call() {
      DatabaseSet.make(set.folder, databases);
      lists.update(voice, set.folder);
      return Found.of(voice, set.folder);
    }
  }

  /** Says what a set consists of. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the shards of a set: name, pictures, state and folder.")
  static final class Listing implements Callable<Found> {
    @Mixin private Voice voice = new Voice();
    @Mixin private SetArgument set;

    @Override
    public Found call() {
      Found found = Found.of(voice, set.folder);
      int name = found.shards().stream().mapToInt(s -> s.name().length()).max().orElse(1);
      for (Shard shard : found.shards()) {
        voice.line(
            shard.name()
                + " ".repeat(name - shard.name().length())
                + String.format(
                    Locale.ROOT,
                    "  %7d  %-7s  %s",
                    shard.exemplars(),
                    shard.state(),
                    shard.folder()));
      }
      voice.line(
          String.format(
              Locale.ROOT,
              "%s in %d shard%s; means and deviations of %s",
              pictures(found.exemplars()),
              found.shards().size(),
              found.shards().size() == 1 ? "" : "s",
              pictures(found.measured())));
      return found;
    }
  }

  /** Makes a set grow. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Add shards to a set: finished databases, where they lie, or data sets, whose pictures that"
            + " the set lacks are indexed into a new shard.",
        "The other shards stay as they are, and so do means and deviations."
      })
  static final class Adding implements Callable<Found> {
    @Mixin private Voice voice = new Voice();
    @Mixin private SetArgument set;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "DB|DATASET",
        description = "Databases, or data sets (a folder, a list file or a CSV file).")
    private List<Path> added;

    @Mixin private ListArguments lists;
    @Mixin private DatasetArguments dataset;

    @Override
    public Found call() {
      for (Path each : added) {
        if (Database.isThere(each)) {
          voice.line("Added %s as %s".formatted(each, DatabaseSet.add(set.folder, each)));
        } else {
          index(each);
        }
      }
      lists.update(voice, set.folder);
      return Found.of(voice, set.folder);
    }

    private void index(Path data) {
      Dataset pairs;
      try (CompNN compnn = CompNN.open(set.folder)) {
        pairs = dataset.open(data, compnn);
      }
      pairs.reading().notes().forEach(voice::note);
      pairs.skipped().forEach(why -> voice.note("Skipped " + why));
      IndexReport report = DatabaseSet.add(set.folder, pairs, lists.threads(), voice.progress());
      report.skipped().forEach(skipped -> voice.note("Skipped " + skipped.why()));
      voice.line(
          String.format(
              Locale.ROOT,
              "Added %s in %.1f s",
              pictures(report.exemplars()),
              report.total().toMillis() / 1000.0));
    }
  }

  /** Makes a set shrink. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Take shards out of a set. Their folders stay as they are.")
  static final class Removing implements Callable<Found> {
    @Mixin private Voice voice = new Voice();
    @Mixin private SetArgument set;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "NAME",
        description = "Names of shards, see 'compnn set list'.")
    private List<String> names;

    @Override
    public Found call() {
      for (String name : names) {
        Path folder = DatabaseSet.remove(set.folder, name);
        voice.line("Removed %s; its database stays in %s".formatted(name, folder));
      }
      return Found.of(voice, set.folder);
    }
  }

  /** Measures a set anew. */
  @Command(
      name = "restat",
      mixinStandardHelpOptions = true,
      description = {
        "Work out means and deviations anew, of all pictures that a set has now, and build its"
            + " search lists anew."
      })
  static final class Restating implements Callable<Found> {
    @Mixin private Voice voice = new Voice();
    @Mixin private SetArgument set;
    @Mixin private ListArguments lists;

    @Override
    public Found call() {
      DatabaseSet.restate(set.folder);
      int measured = DatabaseSet.of(set.folder).measured();
      voice.line("Means and deviations are those of " + pictures(measured));
      lists.update(voice, set.folder);
      return Found.of(voice, set.folder);
    }
  }
}
