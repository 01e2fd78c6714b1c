package org.compnn.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/** For tests that run in a browser. */
public final class NeedsChromium {
  private NeedsChromium() {}

  /**
   * Where Chromium lies. Without one the calling test is skipped, except where {@code CI} is set:
   * there it fails, so that nobody takes a build for tested that was not.
   */
  public static Path here() {
    Optional<Path> found = Chromium.found();
    if (found.isEmpty()) {
      String needed = "needs Chromium on the PATH; Debian's package is chromium";
      if (System.getenv("CI") != null) {
        Assertions.fail(needed);
      }
      abort(needed);
    }
    return found.orElseThrow();
  }
}
