package org.compnn.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Where an option stands in a command's help. */
enum HelpGroup {
  /** What a command alone has. */
  OWN("Options"),
  SEARCH("What may match, and how"),
  DATA("Data"),
  NETWORK("Network"),
  OUTPUT("Output"),
  /** Shown by {@code --help-expert} alone. */
  EXPERT("Expert options"),
  COMMON("Common options");

  /** Options that mean the same wherever they are. */
  private static final Map<String, HelpGroup> OF = groups();

  private final String heading;

  HelpGroup(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }

  /** Where an option of a command belongs. */
  static HelpGroup of(String command, OptionSpec option) {
    String name = option.longestName();
    HelpGroup special = OF.get(command + " " + name);
    return special != null ? special : OF.getOrDefault(name, OWN);
  }

  private static Map<String, HelpGroup> groups() {
    Map<String, HelpGroup> of = new HashMap<>();
    put(
        of,
        SEARCH,
        List.of(
            "--layer",
            "--labels",
            "--distance",
            "--top-k",
            "--hyperpatch",
            "--quality",
            "--time-budget",
            "--only",
            "--without",
            "--leave-one-out",
            "--exclude-neighbours"));
    put(
        of,
        DATA,
        List.of("--layout", "--direction", "--skip-broken", "--limit", "--data", "--model"));
    put(of, NETWORK, List.of("--input", "--size", "--tile", "--scale", "--mean", "--std"));
    put(of, NETWORK, List.of("--task", "--classes", "--ignored", "--range", "--resample"));
    put(of, OUTPUT, List.of("--out", "--export", "--json", "--quiet", "--verbose"));
    put(
        of,
        EXPERT,
        List.of(
            "--search",
            "--check",
            "--overlap",
            "--wait",
            "--network-timeout",
            "--tile-overlap",
            "--padding",
            "--threshold",
            "--target-scale",
            "--output-size",
            "--output",
            "--threads",
            "--type",
            "--no-check",
            "--no-settings",
            "--repeats",
            "--base-path",
            "--proxy",
            "--no-token",
            "index --hyperpatch"));
    put(of, OWN, List.of("generate --size", "generate --direction", "index --out", "index --add"));
    put(of, COMMON, List.of("--help", "--help-expert", "--version"));
    return Map.copyOf(of);
  }

  private static void put(Map<String, HelpGroup> of, HelpGroup group, List<String> names) {
    names.forEach(name -> of.put(name, group));
  }

  /** Those that are shown, in their order. */
  static Stream<HelpGroup> shown(boolean expert) {
    return Stream.of(values()).filter(group -> expert || group != EXPERT);
  }
}
