package org.compnn.cli;

import java.util.List;
import java.util.Locale;
import org.compnn.problem.Knob;

/** What the command line calls the knobs that a message can point to. */
final class Flags {
  private static final String INDEX = "compnn index";

  private Flags() {}

  /** The flags and commands that can mend something, in brackets behind a message. */
  static String hint(List<Knob> knobs) {
    StringBuilder hint = new StringBuilder();
    String before = "";
    for (Knob knob : knobs) {
      String name = remedy(knob);
      // What is said after a bare command is a flag of it.
      String gap = before.equals(INDEX) && name.startsWith("--") ? " " : ", ";
      hint.append(hint.isEmpty() ? " (" : gap).append(name);
      before = name;
    }
    return hint.isEmpty() ? "" : hint.append(')').toString();
  }

  /** The flag of a setting, such as {@code --top-k}. */
  static String of(Knob knob) {
    return "--" + knob.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The flag or command that can mend what has to do with a knob. */
  static String remedy(Knob knob) {
    return switch (knob) {
      case SIZE -> "--size HEIGHTxWIDTH";
      case INPUT -> "--input NAME=FILE or NAME=NUMBER";
      case TILE -> "--tile HEIGHTxWIDTH";
      case TILE_OVERLAP -> "--tile-overlap PIXELS";
      case RANGE -> "--range LOW,HIGH";
      case NETWORK_TIMEOUT -> "--network-timeout SECONDS";
      case WITHOUT_SHARD -> "--without-shard NAME";
      case LABELS -> "--labels self";
      case WEIGH -> "--weigh none";
      case SEARCH -> "--search exact";
      case CHECK -> "--check N";
      case LIST_LAYERS -> "compnn layers";
      case INDEX -> INDEX;
      case REINDEX -> INDEX + " --force";
      case REPLACE -> INDEX + " --replace";
      case VERIFY -> "compnn verify";
      default -> of(knob);
    };
  }
}
