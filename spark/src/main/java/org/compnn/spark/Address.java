package org.compnn.spark;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies on another file system, in a state that it had. Written as a word it travels in the
 * place of a path.
 *
 * @param uri where it lies
 * @param state changes with each of its files
 * @param file what is meant of it, relative to it; empty for all of it
 */
record Address(String uri, String state, String file) implements Serializable {
  private static final Pattern WORD = Pattern.compile("fetched:([0-9a-f]+):([^:]*):(.*)");
  private static final Pattern URI = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");

  /** Whether a word of a command line is an address. */
  static boolean is(String word) {
    return URI.matcher(word).matches();
  }

  /** The address that travelled as a word; empty for all other words. */
  static Optional<Address> of(String word) {
    Matcher matcher = WORD.matcher(word);
    return matcher.matches()
        ? Optional.of(new Address(matcher.group(3), matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  String word() {
    return "fetched:" + state + ":" + file + ":" + uri;
  }

  /** A part of it. */
  Address at(String part) {
    return new Address(uri, state, part);
  }

  /**
   * A word of a command line, or its value where it is a flag with one, as another says it.
   *
   * @param other says it otherwise, or leaves it
   */
  static String in(String word, UnaryOperator<String> other) {
    int equals = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
    return word.substring(0, equals) + other.apply(word.substring(equals));
  }

  /** The last part of its path. */
  String name() {
    String path = uri.replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
