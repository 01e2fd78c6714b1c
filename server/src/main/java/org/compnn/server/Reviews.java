package org.compnn.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.image.Palette;
import org.compnn.study.Decision;
import org.compnn.study.Review;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people decide about the pictures of one database, as requests have it. */
final class Reviews {
  private static final int MOST_LETTERS = 200;
  private static final List<String> SOURCES = List.of("suspects", "blame", "page");
  private static final List<String> SETS = List.of("training", "data", "uploads");

  private final ServedDatabase served;
  private final Path file;
  private @Nullable Review read;
  private @Nullable FileTime changed;

  Reviews(ServedDatabase served) {
    this.served = served;
    this.file = served.review().resolve(Review.NAME);
  }

  /**
   * All decisions, in their order.
   *
   * @param file where they are kept
   * @param by whom new ones are said to be from
   * @param note what was left out of the file, if anything
   */
  record Whole(String file, String by, Optional<String> note, List<DecisionView> decisions) {}

  /**
   * A decision; classes are indices.
   *
   * @param region null for the whole picture
   * @param given null for a class that the palette does not have, as the two after it
   */
  record DecisionView(
      String set,
      String picture,
      Optional<RegionView> region,
      Optional<Integer> given,
      Optional<Integer> suggested,
      Optional<Integer> label,
      String decision,
      String by,
      String at,
      String source) {}

  /** A region in pixels of the network's output: top, left, bottom, right, and an SVG path. */
  record RegionView(List<Integer> box, String outline) {}

  /**
   * The review as it is on the disk now.
   *
   * @throws org.compnn.problem.UserError if a line of it is no decision
   */
  synchronized Review current() {
    try {
      FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
      if (read == null || (now != null && !now.equals(changed))) {
        changed = now;
        read = Review.read(file);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Whole whole() {
    Review review = current();
    return new Whole(
        served.review().getFileName() + "/" + Review.NAME,
        by(),
        review.note(),
        review.decisions().stream().map(this::view).toList());
  }

  private static String by() {
    return System.getProperty("user.name", "");
  }

  private DecisionView view(Decision decision) {
    return new DecisionView(
        decision.set(),
        decision.picture(),
        decision.region().map(Reviews::region),
        decision.given().flatMap(this::label),
        decision.suggested().flatMap(this::label),
        decision.label().flatMap(this::label),
        decision.decision().word(),
        decision.by(),
        decision.at().toString(),
        decision.source());
  }

  private static RegionView region(Mask mask) {
    Mask.Box box = mask.bounds();
    return new RegionView(
        List.of(box.top(), box.left(), box.bottom(), box.right()), OutlinePath.of(mask));
  }

  private Optional<Integer> label(String name) {
    OptionalInt index = served.compnn().palette().index(name);
    return index.isPresent() ? Optional.of(index.getAsInt()) : Optional.empty();
  }

  /**
   * Adds the decision of a request.
   *
   * @throws Refusal 400 where a member holds something else than it should, 404 for a picture that
   *     is not there
   */
  synchronized DecisionView add(JsonNode json) {
    if (!json.isObject()) {
      throw Refusal.malformed("expected a JSON object, found other JSON");
    }
    String set = Members.choice("set", json.path("set"), SETS);
    String picture = text("picture", json);
    if (!set.equals("uploads")) {
      // Refuses a picture that is not there.
      served.query(set, picture);
    }
    Decision.Verdict verdict = verdict(json.path("decision"));
    Optional<String> suggested = name("suggested", json);
    Optional<String> label = name("label", json);
    Optional<Mask> region = region(json.path("region"));
    if (verdict == Decision.Verdict.ACCEPT) {
      label = label.or(() -> suggested);
      if (region.isEmpty() || label.isEmpty()) {
        throw Refusal.malformed("accept: expected a region and its label, found none");
      }
    }
    String by = json.hasNonNull("by") ? text("by", json) : by();
    String source =
        json.hasNonNull("source") ? Members.choice("source", json.path("source"), SOURCES) : "page";
    Review review = current();
    Decision added =
        review.append(
            new Decision(
                set,
                picture,
                region,
                name("given", json),
                suggested,
                label,
                verdict,
                by,
                Review.now(),
                source));
    return view(added);
  }

  private static String text(String name, JsonNode json) {
    String text = Members.text(name, json.path(name));
    if (text.isEmpty() || text.length() > MOST_LETTERS || text.chars().anyMatch(c -> c < ' ')) {
      throw Refusal.malformed(
          "%s: expected 1 to %d letters, found %d".formatted(name, MOST_LETTERS, text.length()));
    }
    return text;
  }

  private static Decision.Verdict verdict(JsonNode json) {
    String word =
        Members.choice(
            "decision",
            json,
            Arrays.stream(Decision.Verdict.values()).map(Decision.Verdict::word).toList());
    return Arrays.stream(Decision.Verdict.values())
        .filter(verdict -> verdict.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** The name of a class, which a request has as its index. */
  private Optional<String> name(String member, JsonNode json) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    Palette palette = served.compnn().palette();
    if (palette.size() == 0) {
      throw Refusal.malformed(member + ": expected no class, the network gives none");
    }
    return Optional.of(
        palette.name(Members.whole(member, value, 0, Math.max(0, palette.size() - 1))));
  }

  private Optional<Mask> region(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return Optional.empty();
    }
    String outline = Members.text("region.outline", json.path("outline"));
    int height = served.compnn().network().outputHeight();
    int width = served.compnn().network().outputWidth();
    try {
      Mask mask = OutlinePath.mask(outline, height, width);
      if (mask.pixels().isEmpty()) {
        throw Refusal.malformed("region.outline: expected pixels in it, found none");
      }
      return Optional.of(mask);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("region.outline: " + e.getMessage());
    }
  }
}
