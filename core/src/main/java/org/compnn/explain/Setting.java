package org.compnn.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.compnn.problem.Knob;

/**
 * One thing that {@link Options} hold, said once: a command line makes its flag of it, JSON its
 * member, a page its control.
 *
 * @param knob which one it is
 * @param title what people call it, in a word or two
 * @param help what it does, in a sentence
 * @param kind which values it takes
 * @param get what options hold
 * @param set options with another value
 */
public record Setting<T>(
    Knob knob,
    String title,
    String help,
    Kind<T> kind,
    Function<Options, T> get,
    BiFunction<Options, T, Options> set) {
  /** Which values a setting takes. */
  public sealed interface Kind<T> {
    /** One of a few names. */
    record Choice<E extends Enum<E>>(Class<E> type) implements Kind<E> {
      /** The names, in lower case. */
      public List<String> names() {
        return Arrays.stream(type.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
      }
    }

    /** A whole number that is not less than this. */
    record Whole(int least) implements Kind<Integer> {}

    /** Seconds, more than 0. */
    record Seconds() implements Kind<Double> {}

    /** The name of an indexed layer; empty for the default one. */
    record LayerName() implements Kind<String> {}

    /** Terms that choose exemplars. */
    record Terms() implements Kind<List<String>> {}

    /** Yes or no. */
    record Flag() implements Kind<Boolean> {}
  }

  /** Its name in JSON, such as {@code top_k}. */
  public String name() {
    return knob.name().toLowerCase(Locale.ROOT);
  }

  /** The same options with this value. */
  public Options in(Options options, T value) {
    return set.apply(options, value);
  }

  /** What these options hold. */
  public T of(Options options) {
    return get.apply(options);
  }
}
