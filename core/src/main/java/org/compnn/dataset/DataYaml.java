package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A data set as Ultralytics' YAML describes it.
 *
 * @param root the folder that its paths are relative to
 * @param parts where the pictures of each part are: folders, or text files that list them
 * @param names the classes' names, by index
 * @see <a href="https://docs.ultralytics.com/datasets/segment/">Ultralytics, segmentation data</a>
 */
record DataYaml(Path root, Map<String, List<String>> parts, List<String> names) {
  private static final List<String> PARTS = List.of("train", "val", "valid", "test");
  private static final long MOST_BYTES = 4 << 20;

  /**
   * Reads a file.
   *
   * @throws UserError if it is no YAML, or says no classes or no pictures
   */
  static DataYaml read(Path file) {
    Map<?, ?> top = top(file);
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (String part : PARTS) {
      List<String> paths = texts(top.get(part));
      if (!paths.isEmpty()) {
        parts.put(part, paths);
      }
    }
    List<String> names = names(top.get("names"), file);
    if (parts.isEmpty() || names.isEmpty()) {
      throw new UserError(
          "%s: expected %s, found none; see Ultralytics' data.yaml"
              .formatted(file, names.isEmpty() ? "'names' of the classes" : "'train' or 'val'"));
    }
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    Path root = folder;
    if (top.get("path") instanceof String written && !written.isBlank()) {
      Path there = folder.resolve(written.strip().replace('\\', '/'));
      // Often it is where the data lay on another machine.
      root = Files.isDirectory(there) ? there : folder;
    }
    return new DataYaml(root, parts, names);
  }

  /** Whether a file looks like one. */
  static boolean is(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return false;
      }
      String text = Files.readString(file);
      return text.matches("(?s)(.*\\R)?names\\s*:.*")
          && text.matches("(?s)(.*\\R)?(train|val)\\s*:.*");
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<?, ?> top(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(file + ": expected a YAML file of a few kB, found one of over 4 MiB");
      }
      Object top =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (top instanceof Map<?, ?> map) {
        return map;
      }
      throw new UserError(file + ": expected names and values in YAML, found something else");
    } catch (IOException e) {
      throw new UserError(file + ": expected a YAML file in UTF-8, but it cannot be read", e);
    } catch (YamlEngineException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new UserError(file + ": expected YAML, found: " + why, e);
    }
  }

  private static List<String> names(@Nullable Object value, Path file) {
    if (!(value instanceof Map<?, ?> byIndex)) {
      return texts(value);
    }
    Map<Integer, String> sorted = new TreeMap<>();
    byIndex.forEach(
        (index, name) -> {
          try {
            sorted.put(Integer.valueOf(String.valueOf(index)), String.valueOf(name));
          } catch (NumberFormatException e) {
            throw new UserError(
                "%s: expected numbers before the classes' names, found '%s'".formatted(file, index),
                e);
          }
        });
    List<String> names = new ArrayList<>();
    sorted.forEach(
        (index, name) -> {
          if (index != names.size()) {
            throw new UserError(
                "%s: expected a name for class %d, found none".formatted(file, names.size()));
          }
          names.add(name);
        });
    return names;
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case String text when !text.isBlank() -> List.of(text.strip());
      case null, default -> List.of();
    };
  }
}
