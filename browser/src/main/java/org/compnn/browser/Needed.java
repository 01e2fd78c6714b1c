package org.compnn.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Optional;

/** For tests that need something that not every machine has. */
public final class Needed {
  private Needed() {}

  /**
   * A program that was looked for. Without it the calling test is skipped, except where {@code CI}
   * is set: there it fails, so that nobody takes a build for tested that was not.
   *
   * @param what the program and where it comes from, as in "needs Node on the PATH; Debian's
   *     package is nodejs"
   */
  public static <T> T program(Optional<T> found, String what) {
    if (found.isEmpty()) {
      if (System.getenv("CI") != null) {
        fail(what);
      }
      skip(what);
    }
    return found.orElseThrow();
  }

  /** Skips the calling test and says so where the build is watched, not in its report alone. */
  public static void skip(String why) {
    System.out.println("skipped: " + why);
    abort(why);
  }
}
