package org.compnn.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that people give the parts of a data set. */
final class Splits {
  private static final String WORDS =
      "(?:trainval|training|train|validation|valid|val|testing|test|dev)\\d*";
  private static final Pattern SPLIT = Pattern.compile(WORDS);
  private static final Pattern WITHIN =
      Pattern.compile("(?:^|[^a-z0-9])(" + WORDS + ")(?:$|[^a-z0-9])");

  private Splits() {}

  static boolean is(String name) {
    return SPLIT.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** {@code split=train} for a folder of that name, else the name itself. */
  static String tag(String folder) {
    return is(folder) ? "split=" + folder : folder;
  }

  /** The part that a file's name speaks of, such as {@code instances_train2017}. */
  static Optional<String> within(String name) {
    var found = WITHIN.matcher(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
