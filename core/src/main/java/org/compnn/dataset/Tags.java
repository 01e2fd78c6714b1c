package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tags of a folder's pairs: from {@code tags.csv} beside them (columns id, tags) and from folder
 * names; a folder named as a part of a data set gives {@code split=train}.
 */
record Tags(Map<String, List<String>> byId) {
  static Tags beside(Path folder) {
    Map<String, List<String>> tags = new HashMap<>();
    Path file = folder.resolve("tags.csv");
    if (Files.isRegularFile(file)) {
      for (Map<String, String> line : CsvFile.lines(file, List.of("id", "tags"))) {
        tags.put(line.getOrDefault("id", ""), split(line.getOrDefault("tags", "")));
      }
    }
    return new Tags(tags);
  }

  List<String> of(String id, List<String> folders) {
    List<String> all = new ArrayList<>(folders.stream().map(Splits::tag).toList());
    all.addAll(byId.getOrDefault(id, List.of()));
    return all.stream().distinct().toList();
  }

  /** Tags in one text, separated by semicolons or white space. */
  static List<String> split(String text) {
    List<String> tags = new ArrayList<>();
    for (String tag : text.split("[;\\s]+", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag);
      }
    }
    return tags;
  }
}
