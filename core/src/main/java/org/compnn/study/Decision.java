package org.compnn.study;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.compnn.compose.Mask;

/**
 * What a person decided about a picture, or a region of it.
 *
 * @param set the pictures it is one of: {@link #TRAINING} or another name
 * @param picture its id
 * @param region its pixels, of the size of the network's output; none for the whole picture
 * @param given the name of the class that the region has, where it is known
 * @param suggested the name of the class that was suggested for it, where one was
 * @param label the name of the class that it should have; there for {@link Verdict#ACCEPT}
 * @param by who decided
 * @param at when
 * @param source what led there: suspects, blame, page
 */
public record Decision(
    String set,
    String picture,
    Optional<Mask> region,
    Optional<String> given,
    Optional<String> suggested,
    Optional<String> label,
    Verdict decision,
    String by,
    Instant at,
    String source) {
  /** The pictures of the database. */
  public static final String TRAINING = "training";

  /** What was decided. */
  public enum Verdict {
    /** The label is wrong: the region should have another. */
    ACCEPT,
    /** The label is right. */
    REJECT,
    /** Not decided, and not to be asked again. */
    SKIP,
    /** The picture should not be in the training set. */
    EXCLUDE,
    /** What was decided about it before does not stand. */
    UNDO;

    /** As the file has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Decision {
    if (set.isEmpty() || picture.isEmpty()) {
      throw new IllegalArgumentException("expected a set and a picture, found none");
    }
    if (decision == Verdict.ACCEPT && (region.isEmpty() || label.isEmpty())) {
      throw new IllegalArgumentException(
          "expected a region and its label for '%s', found none".formatted(decision.word()));
    }
  }

  /** Whether another one is about the same, so that only the later one stands. */
  public boolean isAbout(Decision other) {
    return set.equals(other.set) && picture.equals(other.picture) && region.equals(other.region);
  }

  /** The same, made at another time. */
  public Decision madeAt(Instant time) {
    return new Decision(set, picture, region, given, suggested, label, decision, by, time, source);
  }
}
