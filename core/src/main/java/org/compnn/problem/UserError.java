package org.compnn.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user can mend. The message is one line for a person: which file or setting,
 * what was expected, what was found, what to do. It names no flag and no command; where one would
 * help, the error carries a {@link Knob}, and the front end adds its own name for that. The command
 * line prints both and exits with code 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 2L;

  private final Knob[] knobs;

  public UserError(String message) {
    super(line(message));
    this.knobs = new Knob[0];
  }

  public UserError(String message, Throwable cause) {
    super(line(message), cause);
    this.knobs = new Knob[0];
  }

  private UserError(@Nullable String message, @Nullable Throwable cause, Knob... knobs) {
    super(message == null ? null : line(message), cause);
    this.knobs = knobs;
  }

  /** What a file holds is cited as it is, and must not break the line or steer a terminal. */
  private static String line(String message) {
    return message.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]", "\ufffd");
  }

  /** An error that a knob can mend. */
  public static UserError about(Knob knob, String message) {
    return new UserError(message, null, knob);
  }

  /** An error that a knob can mend. */
  public static UserError about(Knob knob, String message, Throwable cause) {
    return new UserError(message, cause, knob);
  }

  /** The same error, which another knob can mend too or takes part in mending. */
  public UserError and(Knob further) {
    Knob[] more = Arrays.copyOf(knobs, knobs.length + 1);
    more[knobs.length] = further;
    return new UserError(getMessage(), getCause(), more);
  }

  /** The first knob that can mend it, where one can. */
  public Optional<Knob> knob() {
    return Arrays.stream(knobs).findFirst();
  }

  /** All that can mend it, the first first. */
  public List<Knob> knobs() {
    return List.of(knobs);
  }
}
