package org.compnn.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Shards of a set that a command does without. */
final class ShardsLeftOut {
  @Option(
      names = "--without-shard",
      paramLabel = "NAME",
      description =
          "Leave out this shard of a set, such as one that is missing; see 'compnn set list'."
              + " Repeatable.")
  private List<String> names = List.of();

  /** What the set calls them. */
  List<String> names() {
    return names;
  }
}
