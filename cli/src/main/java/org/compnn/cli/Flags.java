package org.compnn.cli;

import java.util.List;
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
      String name = of(knob);
      // What is said after a bare command is a flag of it.
      String gap = before.equals(INDEX) && name.startsWith("--") ? " " : ", ";
      hint.append(hint.isEmpty() ? " (" : gap).append(name);
      before = name;
    }
    return hint.isEmpty() ? "" : hint.append(')').toString();
  }

  static String of(Knob knob) {
    return switch (knob) {
      case SIZE -> "--size HEIGHTxWIDTH";
      case RESAMPLE -> "--resample";
      case SCALE -> "--scale";
      case MEAN -> "--mean";
      case STD -> "--std";
      case TASK -> "--task";
      case CLASSES -> "--classes";
      case IGNORED -> "--ignored";
      case THRESHOLD -> "--threshold";
      case RANGE -> "--range LOW,HIGH";
      case OUTPUT -> "--output";
      case LAYOUT -> "--layout";
      case DIRECTION -> "--direction";
      case SKIP_BROKEN -> "--skip-broken";
      case LAYERS -> "--layers";
      case LAYER -> "--layer";
      case LABELS -> "--labels self";
      case HYPERPATCH -> "--hyperpatch";
      case SEARCH -> "--search exact";
      case TIME_BUDGET -> "--time-budget";
      case CHECK -> "--check N";
      case ONLY -> "--only";
      case WITHOUT -> "--without";
      case VERIFY_BY_REMOVAL -> "--verify-by-removal";
      case FORCE -> "--force";
      case HOST -> "--host";
      case PORT -> "--port";
      case LIST_LAYERS -> "compnn layers";
      case INDEX -> INDEX;
      case REINDEX -> INDEX + " --force";
      case VERIFY -> "compnn verify";
    };
  }
}
