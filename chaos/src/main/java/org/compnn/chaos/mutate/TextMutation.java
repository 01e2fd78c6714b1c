package org.compnn.chaos.mutate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes words and lines of a text such as CSV, lists and YAML, or how it is written down. */
final class TextMutation {
  private TextMutation() {}

  /** The text with some changes. */
  static byte[] of(String text, Choices choices) {
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      // Words and what stands between them.
      lines.add(new ArrayList<>(Arrays.asList(line.split("(?<=[,:; ])|(?=[,:; ])", -1))));
    }
    for (int i = choices.below(4); i >= 0; i--) {
      if (choices.onceIn(4)) {
        choices.shuffle(lines);
      } else if (!lines.isEmpty()) {
        List<String> line = choices.of(lines);
        if (choices.onceIn(4)) {
          choices.shuffle(line);
        } else if (!line.isEmpty()) {
          int place = choices.below(line.size());
          line.set(place, choices.text(line.get(place)));
        }
      }
    }
    String all = String.join("\n", lines.stream().map(line -> String.join("", line)).toList());
    return switch (choices.below(12)) {
      case 9 -> all.getBytes(StandardCharsets.UTF_16);
      case 10 -> all.replace("\n", "\r").getBytes(StandardCharsets.ISO_8859_1);
      case 11 -> choices.bytes(all.getBytes(StandardCharsets.UTF_8));
      default -> all.getBytes(StandardCharsets.UTF_8);
    };
  }
}
