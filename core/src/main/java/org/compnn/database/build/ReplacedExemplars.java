package org.compnn.database.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.files.FileNames;
import org.compnn.problem.UserError;

/** Finds the exemplars that replacements are for, by their ids. */
final class ReplacedExemplars {
  private ReplacedExemplars() {}

  /**
   * Which exemplars they are for.
   *
   * @param folder the database's
   * @param exemplars the ids of its exemplars
   * @return by index
   * @throws UserError if one is for none of them, or two are for the same
   */
  static Map<Integer, Replacement> of(Path folder, List<String> exemplars, List<Replacement> all) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < exemplars.size(); i++) {
      ids.putIfAbsent(safe(exemplars.get(i)), i);
    }
    for (int i = 0; i < exemplars.size(); i++) {
      ids.put(exemplars.get(i), i);
    }
    Map<Integer, Replacement> found = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    for (Replacement each : all) {
      Integer exemplar = ids.get(each.id());
      if (exemplar == null) {
        unknown.add(each.id());
      } else if (found.put(exemplar, each) != null) {
        throw new UserError(
            "%s: expected one picture for '%s', found two; remove one"
                .formatted(folder, each.id()));
      }
    }
    if (!unknown.isEmpty()) {
      throw new UserError(
          "%s: expected names of its training pictures, such as '%s', found '%s'%s; rename the files, or add new pictures instead"
              .formatted(
                  folder,
                  exemplars.getFirst(),
                  unknown.getFirst(),
                  unknown.size() == 1
                      ? ""
                      : String.format(Locale.ROOT, " and %d others", unknown.size() - 1)));
    }
    return found;
  }

  /** An id as a path of safe names, as labels that were corrected are written. */
  private static String safe(String id) {
    StringBuilder safe = new StringBuilder();
    for (String part : id.split("/", -1)) {
      safe.append(safe.isEmpty() ? "" : "/").append(FileNames.safe(part));
    }
    return safe.toString();
  }
}
