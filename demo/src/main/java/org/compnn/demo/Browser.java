package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens a page in the person's own browser, where there is a screen. */
final class Browser {
  private Browser() {}

  /**
   * Opens a page.
   *
   * @return whether there was a way to
   */
  static boolean open(Path page) {
    List<String> command = command(System.getProperty("os.name", ""), System.getenv());
    if (command.isEmpty()) {
      return false;
    }
    try {
      List<String> whole = new ArrayList<>(command);
      whole.add(page.toUri().toString());
      new ProcessBuilder(whole)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      // No such program: the person finds the page by its name, which was printed.
      return false;
    }
  }

  /** The program that opens addresses on a system; empty where no screen is. */
  static List<String> command(String system, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (environment.containsKey("CI")) {
      return List.of();
    }
    if (name.startsWith("mac")) {
      return List.of("open");
    }
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    boolean screen =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return screen ? List.of("xdg-open") : List.of();
  }
}
