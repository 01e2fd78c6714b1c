package org.compnn.cli;

import java.util.Locale;
import org.compnn.problem.Knob;

/** What the command line calls the knobs of the library. */
final class Flags {
  private Flags() {}

  /** Such as {@code --top-k}. */
  static String of(Knob knob) {
    return "--" + knob.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
