package org.compnn;

import java.nio.file.Files;
import java.nio.file.Path;
import org.compnn.browser.Needed;

/** Models and pictures that lie beside the project, in {@code ../shared}, where they do. */
public final class RealData {
  private static final Path FOLDER = Path.of("../../shared").toAbsolutePath().normalize();

  private RealData() {}

  /** A file or folder of it; the calling test is skipped, in CI too, where it is not there. */
  public static Path at(String name) {
    Path path = FOLDER.resolve(name);
    if (!Files.exists(path)) {
      Needed.skip("no real data at " + path);
    }
    return path;
  }
}
