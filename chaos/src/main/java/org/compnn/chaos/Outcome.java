package org.compnn.chaos;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of a try.
 *
 * @param kind what was tried, a row of the table
 * @param wrong what is not as promised, in one line; empty if it was survived
 */
record Outcome(String kind, Optional<String> wrong) {
  static Outcome survived(String kind) {
    return new Outcome(kind, Optional.empty());
  }

  static Outcome failed(String kind, String wrong) {
    return new Outcome(kind, Optional.of(wrong.replaceAll("\\s*\\R\\s*", " | ")));
  }

  /** A fault with the first places of its trace, in one line. */
  static String text(Throwable fault) {
    return fault
        + Arrays.stream(fault.getStackTrace())
            .limit(6)
            .map(
                place ->
                    " < "
                        + place.getClassName()
                        + "."
                        + place.getMethodName()
                        + ":"
                        + place.getLineNumber())
            .collect(Collectors.joining());
  }
}
