package org.compnn.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code compnn-cluster} command, which Spark starts: the commands of {@code compnn} that have
 * much to do, with the same flags, done by a cluster.
 */
public final class Main {
  private static final String NAME = "compnn-cluster";
  private static final Set<String> SEARCHING = Set.of("explain", "evaluate", "blame", "suspects");
  private static final String COMMANDS = "index, explain, evaluate, blame, suspects, verify";
  private static final String SEARCH = "--search";

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
      code = org.compnn.cli.Main.run(NAME, cluster, whole(List.of(args)));
    }
    System.exit(code);
  }

  /** What cannot be asked of a cluster; empty for all else. */
  static Optional<String> mistake(List<String> args) {
    String command = args.isEmpty() ? "none" : args.getFirst();
    if (!List.of(COMMANDS.split(", ")).contains(command)) {
      return Optional.of(
          "expected one of %s, found %s; all other commands are compnn's"
              .formatted(COMMANDS, args.isEmpty() ? "none" : "'" + command + "'"));
    }
    for (String arg : args) {
      if (arg.matches("(?i)(.*=)?[a-z][a-z0-9+.-]+://.*") && !arg.contains("file://")) {
        return Optional.of(
            arg
                + ": expected a path that all executors see, found an address; mount what it"
                + " names");
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
    if (SEARCHING.contains(command)) {
      for (String flag : List.of("--quality", "--time-budget")) {
        if (value(args, flag).isPresent()) {
          return Optional.of(
              flag
                  + ": expected exact searches, which is what a cluster does, found "
                  + flag
                  + "; field searches are compnn's");
        }
      }
      return value(args, SEARCH)
          .filter(search -> !search.equalsIgnoreCase("exact"))
          .map(
              search ->
                  SEARCH
                      + ": expected exact, which is what a cluster does, found '"
                      + search
                      + "'; field searches are compnn's");
    }
    return Optional.empty();
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

  /** What was typed, and that searches are exact. */
  static String[] whole(List<String> args) {
    List<String> whole = new ArrayList<>(args);
    if (SEARCHING.contains(args.getFirst()) && value(args, SEARCH).isEmpty()) {
      whole.addAll(List.of(SEARCH, "exact"));
    }
    return whole.toArray(String[]::new);
  }
}
