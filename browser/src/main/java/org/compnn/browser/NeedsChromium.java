package org.compnn.browser;

import java.nio.file.Path;

/** For tests that run in a browser. */
public final class NeedsChromium {
  private NeedsChromium() {}

  /** Where Chromium lies; {@link Needed#program} says what happens without one. */
  public static Path here() {
    return Needed.program(
        Chromium.found(), "needs Chromium on the PATH; Debian's package is chromium");
  }
}
