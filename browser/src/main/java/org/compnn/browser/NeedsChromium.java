package org.compnn.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** For tests that run in a browser. */
public final class NeedsChromium {
  private static Optional<Chromium> shared = Optional.empty();

  private NeedsChromium() {}

  /** Where Chromium lies; {@link Needed#program} says what happens without one. */
  public static Path here() {
    return Needed.program(
        Chromium.found(), "needs Chromium on the PATH; Debian's package is chromium");
  }

  /** The one that all tests of this JVM share. It ends with the JVM; nobody else closes it. */
  public static synchronized Chromium shared() {
    if (shared.isEmpty()) {
      Path browser = here();
      try {
        Path profile = Files.createTempDirectory("compnn-browser");
        Chromium started = Chromium.start(browser, profile);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      started.close();
                      ScratchFolder.remove(profile);
                    }));
        shared = Optional.of(started);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared.get();
  }
}
