package org.compnn.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;

/**
 * What people decided about the pictures of a data set, kept in a file of a line each ({@code
 * review.jsonl}) that is only ever added to, so that it can be committed, and those of several
 * people put together: of two decisions about the same region the later one stands. Used by many
 * threads and processes at once.
 */
public final class Review {
  /** The name of the file. */
  public static final String NAME = "review.jsonl";

  private static final Comparator<Decision> IN_TIME =
      Comparator.comparing(Decision::at).thenComparing(DecisionLine::text);

  private final Path file;
  private ReviewFile.Content content;

  private Review(Path file, ReviewFile.Content content) {
    this.file = file;
    this.content = content;
  }

  /** What two decisions share that are about the same. */
  private record About(String set, String picture, Optional<Mask> region) {
    static About of(Decision decision) {
      return new About(decision.set(), decision.picture(), decision.region());
    }
  }

  /** The folder beside a database that reviews of it are kept in; the database itself is sealed. */
  public static Path folderOf(Path database) {
    Path whole = database.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + ".review");
  }

  /** The review of a database, in the folder beside it. */
  public static Review of(Path database) {
    return read(folderOf(database).resolve(NAME));
  }

  /**
   * Reads a file; it need not be there yet.
   *
   * @throws UserError if a line of it is no decision; a last line that was broken off is left out
   */
  public static Review read(Path file) {
    return new Review(file, ReviewFile.read(file));
  }

  public Path file() {
    return file;
  }

  /** What was left out of the file, if anything was. */
  public synchronized Optional<String> note() {
    return content.note();
  }

  /** All decisions, in the order of the file. */
  public synchronized List<Decision> decisions() {
    return content.decisions();
  }

  /**
   * Adds a decision: it is on the disk when this returns, or not in the file at all.
   *
   * @return as it was added: made a little later, where it would not be the last one about its
   *     region
   * @throws UserError if the file cannot be written, or another program broke it
   */
  public synchronized Decision append(Decision decision) {
    Decision added = decision;
    for (Decision before : content.decisions()) {
      if (before.isAbout(decision) && !added.at().isAfter(before.at())) {
        added = added.madeAt(before.at().plusMillis(1));
      }
    }
    add(List.of(added));
    return added;
  }

  /**
   * Adds what other files say and this one does not.
   *
   * @return how many decisions
   * @throws UserError if one of the files is not there or a line of it is no decision; nothing is
   *     added then
   */
  public synchronized int merge(List<Path> others) {
    Set<String> there = new LinkedHashSet<>();
    content.decisions().forEach(decision -> there.add(DecisionLine.text(decision)));
    List<Decision> added = new ArrayList<>();
    for (Path other : others) {
      if (!Files.isRegularFile(other)) {
        throw new UserError(other + ": expected a file of decisions, found none; check the name");
      }
      for (Decision decision : ReviewFile.read(other).decisions()) {
        if (there.add(DecisionLine.text(decision))) {
          added.add(decision);
        }
      }
    }
    if (!added.isEmpty()) {
      added.sort(IN_TIME);
      add(added);
    }
    return added.size();
  }

  private void add(List<Decision> added) {
    ReviewFile.Added length = ReviewFile.append(file, added);
    if (length.before() == content.bytes() && content.note().isEmpty()) {
      List<Decision> all = new ArrayList<>(content.decisions());
      all.addAll(added);
      content = new ReviewFile.Content(List.copyOf(all), length.after(), Optional.empty());
    } else {
      content = ReviewFile.read(file);
    }
  }

  /** The decisions that stand, the first made first: none that was undone or changed later. */
  public List<Decision> standing() {
    List<Decision> all = new ArrayList<>(decisions());
    all.sort(IN_TIME);
    Map<About, Decision> standing = new LinkedHashMap<>();
    for (Decision decision : all) {
      standing.remove(About.of(decision));
      if (decision.decision() != Decision.Verdict.UNDO) {
        standing.put(About.of(decision), decision);
      }
    }
    return List.copyOf(standing.values());
  }

  /** The decisions of one kind that stand about the training pictures. */
  public List<Decision> standing(Decision.Verdict verdict) {
    return standing().stream()
        .filter(d -> d.set().equals(Decision.TRAINING) && d.decision() == verdict)
        .toList();
  }

  /** The ids of the training pictures that are to be excluded. */
  public List<String> excluded() {
    return standing(Decision.Verdict.EXCLUDE).stream().map(Decision::picture).distinct().toList();
  }

  /** The ids of the training pictures that have a label to be corrected. */
  public List<String> toCorrect() {
    return standing(Decision.Verdict.ACCEPT).stream().map(Decision::picture).distinct().toList();
  }

  /**
   * The labels of a training picture with the accepted regions relabelled, the first decided first.
   *
   * @param labels its labels, of any size that shows all of what the network saw
   * @throws UserError if a decision names a class that the palette has not
   */
  public LabelMap corrected(String picture, LabelMap labels, Palette palette) {
    return corrected(
        picture, labels, palette, region -> region.at(labels.height(), labels.width()));
  }

  /**
   * The same, where the labels show the picture otherwise than the network saw it.
   *
   * @param placed brings a region to the labels' pixels
   */
  public LabelMap corrected(
      String picture, LabelMap labels, Palette palette, UnaryOperator<Mask> placed) {
    byte[] classes = labels.classes().clone();
    for (Decision decision : standing(Decision.Verdict.ACCEPT)) {
      if (decision.picture().equals(picture)) {
        byte label = (byte) classOf(decision.label().orElseThrow(), palette);
        placed.apply(decision.region().orElseThrow()).pixels().stream()
            .forEach(pixel -> classes[pixel] = label);
      }
    }
    return new LabelMap(labels.height(), labels.width(), classes);
  }

  /**
   * The class of a name in this review.
   *
   * @throws UserError if the palette has none of that name
   */
  public int classOf(String name, Palette palette) {
    return palette
        .index(name)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: expected names of this database's classes, found '%s'; %s; is it the review of another data set?"
                        .formatted(
                            file,
                            name,
                            Nearest.line(name, palette.names(), "the database has no classes"))));
  }

  /** A time of now as the file has it, in thousandths of a second. */
  public static Instant now() {
    return Instant.ofEpochMilli(Instant.now().toEpochMilli());
  }
}
