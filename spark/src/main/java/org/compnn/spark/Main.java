package org.compnn.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.compnn.problem.UserError;

/**
 * The {@code compnn-cluster} command, which Spark starts: the commands of {@code compnn} that have
 * much to do, with the same flags, done by a cluster.
 */
public final class Main {
  private static final String NAME = "compnn-cluster";
  private static final Set<String> SEARCHING = Set.of("explain", "evaluate", "blame", "suspects");
  private static final String COMMANDS = "index, explain, evaluate, blame, suspects, verify";
  private static final Set<String> VERSION = Set.of("--version", "-V");
  private static final String SEARCH = "--search";
  private static final String QUALITY = "--quality";
  private static final String TIME_BUDGET = "--time-budget";

  private Main() {}

  /** Runs a command and ends the process with its exit code, as {@code compnn} does. */
  public static void main(String[] args) {
    // What is written is read by programs, and by people of other languages.
    Locale.setDefault(Locale.ROOT);
    Optional<String> mistake = mistake(List.of(args));
    if (mistake.isPresent()) {
      System.err.println("compnn: " + mistake.get());
      System.exit(2);
    }
    int code;
    try (Cluster cluster = new Cluster()) {
      code = org.compnn.cli.Main.run(NAME, cluster, cluster.fetched(whole(List.of(args))));
    } catch (UserError e) {
      System.err.println("compnn: " + e.getMessage());
      code = 2;
    }
    System.exit(code);
  }

  /** What cannot be asked of a cluster; empty for all else. */
  static Optional<String> mistake(List<String> args) {
    String command = args.isEmpty() ? "none" : args.getFirst();
    if (VERSION.contains(command)) {
      return Optional.empty();
    }
    if (!List.of(COMMANDS.split(", ")).contains(command)) {
      return Optional.of(
          "expected one of %s, found %s; all other commands are compnn's"
              .formatted(COMMANDS, args.isEmpty() ? "none" : "'" + command + "'"));
    }
    for (String flag : List.of("--out", "--export")) {
      Optional<String> address = value(args, flag).filter(Address::is);
      if (address.isPresent()) {
        return address.map(
            found ->
                flag
                    + ": expected a path that all executors see, found "
                    + found
                    + "; write it to one, then copy it");
      }
    }
    boolean help = args.contains("--help") || args.contains("-h");
    if (command.equals("index") && !help) {
      for (String flag : List.of("--add", "--replace")) {
        if (value(args, flag).isPresent()) {
          return Optional.of(
              flag
                  + ": expected a set to be made, found "
                  + flag
                  + "; a cluster only makes new ones");
        }
      }
      if (value(args, "--shards").isEmpty()) {
        return Optional.of(
            "--shards: expected how many shards are to be built at once, found none; ask for a few"
                + " for each core of the cluster");
      }
    }
    return SEARCHING.contains(command) ? untimed(args) : Optional.empty();
  }

  /** What a machine finds in a time is never the same twice. */
  private static Optional<String> untimed(List<String> args) {
    return value(args, TIME_BUDGET)
        .map(
            found ->
                TIME_BUDGET
                    + ": expected --quality or an exact search, found "
                    + found
                    + " s; what is found in a time differs between executors, and a cluster gives"
                    + " what one machine gives");
  }

  /** The same of a whole command line, of which a settings file may be a part. */
  static Optional<String> inTime(List<String> whole) {
    boolean exact =
        value(whole, SEARCH).filter(search -> search.equalsIgnoreCase("exact")).isPresent();
    return exact ? Optional.empty() : untimed(whole);
  }

  /** What is typed behind a flag. */
  private static Optional<String> value(List<String> args, String flag) {
    for (int i = 1; i < args.size(); i++) {
      if (args.get(i).equals(flag)) {
        return Optional.of(i + 1 < args.size() ? args.get(i + 1) : "");
      }
      if (args.get(i).startsWith(flag + "=")) {
        return Optional.of(args.get(i).substring(flag.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** What was typed, and that searches are exact where nothing is said of them. */
  static String[] whole(List<String> args) {
    List<String> whole = new ArrayList<>(args);
    if (SEARCHING.contains(args.getFirst())
        && value(args, SEARCH).isEmpty()
        && value(args, QUALITY).isEmpty()) {
      whole.addAll(List.of(SEARCH, "exact"));
    }
    return whole.toArray(String[]::new);
  }
}
