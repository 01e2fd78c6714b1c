package org.compnn.network;

import java.util.Optional;
import org.compnn.problem.Knob;

/**
 * Something that nobody said about a network and that was taken for granted.
 *
 * @param what in plain words
 * @param knob what says otherwise, where there is such
 */
public record Assumption(String what, Optional<Knob> knob) {
  static Assumption of(String what) {
    return new Assumption(what, Optional.empty());
  }

  static Assumption about(Knob knob, String what) {
    return new Assumption(what, Optional.of(knob));
  }
}
