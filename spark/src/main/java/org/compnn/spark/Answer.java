package org.compnn.spark;

import java.io.Serializable;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * What comes of a task. What a person has to mend is an answer, too: trying again would not mend
 * it, and the line is to reach the person as it is.
 */
sealed interface Answer<T> extends Serializable {
  /** What was worked out; it can be sent. */
  record Found<T>(T value) implements Answer<T> {}

  /** What has to be mended. */
  record Wrong<T>(UserError error) implements Answer<T> {}

  /** Does the work of a task. */
  static <T> Answer<T> of(Supplier<T> work) {
    try {
      return new Found<>(work.get());
    } catch (UserError e) {
      return new Wrong<>(light(e));
    }
  }

  /** The same line, without causes, which perhaps cannot be sent. */
  private static UserError light(UserError e) {
    List<Knob> knobs = e.knobs();
    String line = String.valueOf(e.getMessage());
    UserError light = new UserError(line);
    for (Knob knob : knobs) {
      light = light.and(knob);
    }
    return light;
  }

  /**
   * The value.
   *
   * @throws UserError if there is something to be mended
   */
  default T get() {
    return switch (this) {
      case Found<T>(T value) -> value;
      case Wrong<T>(UserError error) -> throw error;
    };
  }

  /** What two tasks found, brought together. */
  static <T> Answer<T> both(Answer<T> one, Answer<T> other, BinaryOperator<T> together) {
    return switch (one) {
      case Wrong<T> wrong -> wrong;
      case Found<T>(T mine) ->
          switch (other) {
            case Wrong<T> wrong -> wrong;
            case Found<T>(T theirs) -> new Found<>(together.apply(mine, theirs));
          };
    };
  }
}
