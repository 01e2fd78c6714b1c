package org.compnn.study;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.files.Json;

/** A decision as a line of JSON. */
final class DecisionLine {
  private static final int LARGEST = 1 << 15;

  private DecisionLine() {}

  static String text(Decision decision) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("set", decision.set());
    line.put("picture", decision.picture());
    decision.region().ifPresent(region -> line.put("region", region(region)));
    decision.given().ifPresent(name -> line.put("given", name));
    decision.suggested().ifPresent(name -> line.put("suggested", name));
    decision.label().ifPresent(name -> line.put("label", name));
    line.put("decision", decision.decision().word());
    line.put("by", decision.by());
    line.put("at", decision.at().toString());
    line.put("source", decision.source());
    return Json.line(line);
  }

  private static Map<String, Object> region(Mask mask) {
    Mask.Box box = mask.bounds();
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("size", List.of(mask.height(), mask.width()));
    region.put("box", List.of(box.top(), box.left(), box.bottom(), box.right()));
    region.put("outline", OutlinePath.of(mask));
    return region;
  }

  /**
   * Reads a line; members that it does not know are passed over.
   *
   * @throws IllegalArgumentException if it is no decision, with what was expected and found
   */
  static Decision parse(String line) {
    Map<?, ?> tree = Json.members(line);
    Optional<String> suggested = optional(tree, "suggested");
    Decision.Verdict verdict = verdict(required(tree, "decision"));
    Optional<String> label = optional(tree, "label");
    if (label.isEmpty() && verdict == Decision.Verdict.ACCEPT) {
      label = suggested;
    }
    return new Decision(
        required(tree, "set"),
        required(tree, "picture"),
        region(tree),
        optional(tree, "given"),
        suggested,
        label,
        verdict,
        optional(tree, "by").orElse(""),
        time(required(tree, "at")),
        optional(tree, "source").orElse(""));
  }

  private static Decision.Verdict verdict(String word) {
    for (Decision.Verdict verdict : Decision.Verdict.values()) {
      if (verdict.word().equals(word.toLowerCase(Locale.ROOT))) {
        return verdict;
      }
    }
    throw new IllegalArgumentException(
        "expected a 'decision' of accept, reject, skip, exclude or undo, found '" + word + "'");
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected 'at' as a time like 2026-11-30T08:00:00Z, found '" + text + "'", e);
    }
  }

  private static Optional<Mask> region(Map<?, ?> tree) {
    Object found = tree.get("region");
    if (found == null) {
      return Optional.empty();
    }
    if (!(found instanceof Map<?, ?> region)) {
      throw new IllegalArgumentException("expected 'region' as an object, found " + found);
    }
    int height = 0;
    int width = 0;
    if (region.get("size") instanceof List<?> size
        && size.size() == 2
        && size.getFirst() instanceof Integer down
        && size.getLast() instanceof Integer across) {
      height = down;
      width = across;
    }
    if (height < 1 || width < 1 || height > LARGEST || width > LARGEST) {
      throw new IllegalArgumentException(
          "expected the region's 'size' as height and width, found " + region.get("size"));
    }
    Mask mask = OutlinePath.mask(required(region, "outline"), height, width);
    if (mask.pixels().isEmpty()) {
      throw new IllegalArgumentException("expected an 'outline' with pixels in it, found none");
    }
    return Optional.of(mask);
  }

  private static String required(Map<?, ?> tree, String name) {
    return optional(tree, name)
        .orElseThrow(() -> new IllegalArgumentException("expected '" + name + "', found none"));
  }

  private static Optional<String> optional(Map<?, ?> tree, String name) {
    Object value = tree.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException("expected '%s' as a text, found %s".formatted(name, value));
  }
}
