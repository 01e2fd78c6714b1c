package org.compnn.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where files lie that can be made again at any time, shared by all runs of a user. */
public final class CacheFolder {
  private static final String NAME = "compnn";

  private CacheFolder() {}

  /**
   * Folders to try, the best first; they need not be there, nor be writable. None where the user
   * has no home.
   */
  public static List<Path> candidates() {
    return candidates(
        System.getenv(), System.getProperty("user.home", ""), System.getProperty("os.name", ""));
  }

  static List<Path> candidates(Map<String, String> environment, String home, String system) {
    List<Path> folders = new ArrayList<>();
    absolute(environment.getOrDefault("XDG_CACHE_HOME", "")).ifPresent(folders::add);
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("win")) {
      absolute(environment.getOrDefault("LOCALAPPDATA", "")).ifPresent(folders::add);
    }
    String within = name.contains("mac") ? "Library/Caches" : ".cache";
    absolute(home).map(folder -> folder.resolve(within)).ifPresent(folders::add);
    return folders.stream().map(folder -> folder.resolve(NAME)).distinct().toList();
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
